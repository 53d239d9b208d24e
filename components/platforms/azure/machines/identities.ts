import * as compute from "@pulumi/azure-native/compute";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { Place } from "../place";
import { grant } from "../role-assignment";
import { proxyCertificate } from "./proxy-certificate";
import type { Where } from "./where";

export interface IdentitiesArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    /** The cluster's, with roles instead of access policies, and protected against purging. */
    readonly vault: keyvault.Vault;
    readonly domain: string;
}

/** A key with who may use it. */
export interface SealingKey {
    readonly name: pulumi.Output<string>;
    /** Without a version: a new one is taken by itself. */
    readonly uri: pulumi.Output<string>;
    readonly identityId: pulumi.Output<string>;
    /** What must stand before anything is sealed. */
    readonly ready: pulumi.Resource;
}

/** The keys that seal disks and data, who may use them, and what nginx shows to the gateway. */
export class Identities extends Layer {
    /** Seals root disks, and disks of data. */
    readonly disks: compute.DiskEncryptionSet;
    readonly dataDisks: compute.DiskEncryptionSet;
    /** Of whatever data services keep, but for disks. */
    readonly data: SealingKey;
    readonly proxies: ReturnType<typeof proxyCertificate>;

    readonly #name: string;
    readonly #args: IdentitiesArgs;

    constructor(name: string, args: IdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Identities", name, args, opts);
        this.#name = name;
        this.#args = args;
        this.disks = this.#encryptionSet("disks");
        this.dataDisks = this.#encryptionSet("data-disks");
        this.data = this.#key("data");
        this.proxies = proxyCertificate(name, args.domain, this);
        this.registerOutputs();
    }

    /** @see https://learn.microsoft.com/azure/virtual-machines/disk-encryption#customer-managed-keys */
    #encryptionSet(noun: string): compute.DiskEncryptionSet {
        const { place, where } = this.#args;
        const { uri, identityId, ready } = this.#key(noun);
        return new compute.DiskEncryptionSet(
            `${this.#name}-${noun}`,
            {
                ...where,
                diskEncryptionSetName: `${place.clusterName}-${noun}`,
                encryptionType: "EncryptionAtRestWithCustomerKey",
                identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
                activeKey: { keyUrl: uri },
                rotationToLatestKeyVersionEnabled: true,
                tags: this.tags(),
            },
            // Without it the disks that it seals cannot be read.
            { parent: this, protect: true, dependsOn: [ready] },
        );
    }

    #key(noun: string): SealingKey {
        const { place, where, vault } = this.#args;
        const { clusterName, subscriptionId } = place;
        const identity = new managedidentity.UserAssignedIdentity(
            `${this.#name}-${noun}`,
            { ...where, resourceName: `${clusterName}-${noun}`, tags: this.tags() },
            { parent: this },
        );
        const key = new keyvault.Key(
            `${this.#name}-${noun}`,
            {
                resourceGroupName: where.resourceGroupName,
                vaultName: vault.name,
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
                tags: this.tags(),
            },
            { parent: this, protect: true },
        );
        const ready = grant(
            `${this.#name}-${noun}`,
            {
                subscriptionId,
                role: "Key Vault Crypto Service Encryption User",
                scope: vault.id,
                principalId: identity.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        return { name: key.name, uri: key.keyUri, identityId: identity.id, ready };
    }
}
