import { Key } from "@pulumi/azure-native/keyvault";
import type * as pulumi from "@pulumi/pulumi";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { grant } from "./role-assignment";
import { keyVault } from "./vault";

export interface EtcdKeyArgs {
    readonly site: Pick<HubSite, "place" | "network">;
    readonly resourceGroupName: pulumi.Input<string>;
    /** The control plane, which seals and opens by it. */
    readonly principalId: pulumi.Input<string>;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * What seals the Secrets in the store of the Kubernetes API. The engine leaves the key in its vault, which takes it along:
 * a key is deleted by the vault's own address, where the deployer does not get.
 *
 * @returns the key, its vault, and what must stand before a cluster uses it.
 * @see https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
 */
export function etcdKey(
    name: string,
    { site, resourceGroupName, principalId, tags }: EtcdKeyArgs,
    parent: pulumi.Resource,
): { key: Key; vaultId: pulumi.Output<string>; ready: pulumi.Resource[] } {
    const { place } = site;
    const vault = keyVault(name, { place, resourceGroupName, what: "control-plane", tags }, parent);
    const endpoint = endpointIn(site, `${name}-vault`, {
        resourceGroupName,
        noun: "vault",
        service: "vault",
        target: vault.id,
        tags,
        parent,
    });
    const key = new Key(
        `${name}-key`,
        {
            resourceGroupName,
            vaultName: vault.name,
            keyName: "etcd",
            // AKS is told of a version: another one has to be named to it, so it turns by no clock.
            properties: { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] },
        },
        { parent, protect: true, retainOnDelete: true },
    );
    const granted = {
        subscriptionId: place.subscriptionId,
        scope: vault.id,
        principalId,
        principalType: "ServicePrincipal",
    } as const;
    const uses = grant(`${name}-key`, { ...granted, role: "Key Vault Crypto User" }, { parent });
    // To have an endpoint of its own let in.
    const joins = grant(`${name}-vault`, { ...granted, role: "Key Vault Contributor" }, { parent });
    return { key, vaultId: vault.id, ready: [uses, joins, ...endpoint] };
}
