import * as compute from "@pulumi/azure-native/compute";
import * as keyvault from "@pulumi/azure-native/keyvault";
import type { PrivateZone } from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import { secret } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { identity } from "../identity";
import type { Place } from "../place";
import { privateEndpoint } from "../private-link";
import { grant } from "../role-assignment";
import { keyVault } from "../vault";
import { proxyCertificate } from "./proxy-certificate";
import type { Where } from "./where";

export interface IdentitiesArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly domain: string;
    /** Whether a machine runs an object store, which takes a key. */
    readonly objectStore: boolean;
    /** Where the vault has its address, by which the control machine finds it. */
    readonly subnetId: pulumi.Input<string>;
    readonly groupId: pulumi.Input<string>;
    readonly zone: PrivateZone;
}

/** A key with who may use it. */
export interface SealingKey {
    readonly name: pulumi.Output<string>;
    /** Without a version: a new one is taken by itself. */
    readonly uri: pulumi.Output<string>;
    /** Of the version there is now. */
    readonly versionUri: pulumi.Output<string>;
    readonly identityId: pulumi.Output<string>;
    /** What must stand before anything is sealed. */
    readonly ready: pulumi.Resource;
}

/** The keys that seal disks and data, who may use them, and what nginx shows to the gateway. */
export class Identities extends Layer {
    /** The cluster's own: its keys, and the secrets that its machines are installed with. */
    readonly vault: keyvault.Vault;
    /** Seals root disks, and disks of data. */
    readonly disks: compute.DiskEncryptionSet;
    readonly dataDisks: compute.DiskEncryptionSet;
    /** Of whatever data services keep, but for disks. */
    readonly data: SealingKey;
    readonly proxies: ReturnType<typeof proxyCertificate>;
    /** What lets the control machine in for the first time: a line for `authorized_keys`, and its private half. */
    readonly firstKey: {
        readonly line: pulumi.Output<string>;
        readonly key: pulumi.Output<string>;
    };

    /** What HQ signs its requests to the object store with. */
    readonly objectStoreKey: pulumi.Output<string> | undefined;

    readonly #name: string;
    readonly #args: IdentitiesArgs;

    constructor(name: string, args: IdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Identities", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { place, where } = args;
        const { resourceGroupName } = where;
        this.vault = keyVault(
            name,
            { place, resourceGroupName, what: "machines", tags: this.tags() },
            this,
        );
        privateEndpoint(
            `${name}-vault`,
            {
                place,
                resourceGroupName,
                noun: "vault",
                service: "vault",
                target: this.vault.id,
                subnetId: args.subnetId,
                groupId: args.groupId,
                zone: args.zone,
                tags: this.tags(),
            },
            this,
        );
        this.disks = this.#encryptionSet("disks");
        this.dataDisks = this.#encryptionSet("data-disks");
        this.data = this.#key("data");
        this.proxies = proxyCertificate(name, args.domain, this);
        const first = new PrivateKey(
            `${name}-first-key`,
            { algorithm: "ED25519" },
            { parent: this },
        );
        this.firstKey = {
            line: first.publicKeyOpenssh.apply((line) => line.trim()),
            key: first.privateKeyOpenssh,
        };
        if (args.objectStore) {
            const made = new RandomPassword(
                `${name}-object-store`,
                { length: 40, special: false },
                { parent: this },
            );
            this.objectStoreKey = secret(made.result);
        }
        this.registerOutputs();
    }

    /** @see https://learn.microsoft.com/azure/virtual-machines/disk-encryption#customer-managed-keys */
    #encryptionSet(noun: string): compute.DiskEncryptionSet {
        const { place, where } = this.#args;
        const { versionUri, identityId, ready } = this.#key(noun);
        return new compute.DiskEncryptionSet(
            `${this.#name}-${noun}`,
            {
                ...where,
                diskEncryptionSetName: `${place.clusterName}-${noun}`,
                encryptionType: "EncryptionAtRestWithCustomerKey",
                identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
                // Azure wants a version here, and follows newer ones by itself.
                activeKey: { keyUrl: versionUri },
                rotationToLatestKeyVersionEnabled: true,
                tags: this.tags(),
            },
            // Without it the disks that it seals cannot be read.
            { parent: this, protect: true, dependsOn: [ready] },
        );
    }

    #key(noun: string): SealingKey {
        const { place, where } = this.#args;
        const { resourceGroupName } = where;
        const user = identity(
            `${this.#name}-${noun}`,
            { place, resourceGroupName, noun, tags: this.tags() },
            this,
        );
        const key = new keyvault.Key(
            `${this.#name}-${noun}`,
            {
                resourceGroupName,
                vaultName: this.vault.name,
                keyName: noun,
                properties: {
                    kty: "RSA",
                    keySize: 4096,
                    keyOps: ["wrapKey", "unwrapKey"],
                    rotationPolicy: {
                        attributes: { expiryTime: "P2Y" },
                        lifetimeActions: [
                            {
                                action: { type: "rotate" },
                                trigger: { timeAfterCreate: "P1Y" },
                            },
                        ],
                    },
                },
            },
            // The vault takes it along; at its own address the deployer could not delete it.
            { parent: this, protect: true, retainOnDelete: true },
        );
        const ready = grant(
            `${this.#name}-${noun}`,
            {
                subscriptionId: place.subscriptionId,
                role: "Key Vault Crypto Service Encryption User",
                scope: this.vault.id,
                principalId: user.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        return {
            name: key.name,
            uri: key.keyUri,
            versionUri: key.keyUriWithVersion,
            identityId: user.id,
            ready,
        };
    }
}
