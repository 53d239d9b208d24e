import * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

export interface ContainersArgs {
    readonly resourceGroupName: pulumi.Input<string>;
    readonly account: storage.StorageAccount;
    readonly containers: readonly Container[];
}

/** A container of blobs, and for how long what is in it is kept. */
export interface Container {
    readonly name: string;
    /** Days after which what nobody changed is deleted; never without. */
    readonly deleteAfterDays?: number | undefined;
    /** Days for which what was deleted or overwritten can be had back; not at all without. */
    readonly keepVersionsDays?: number;
}

/** Containers of one account, what it gives back, and what it forgets by itself. */
export function containers(
    name: string,
    { resourceGroupName, account, containers: wanted }: ContainersArgs,
    parent: pulumi.Resource,
): { service: storage.BlobServiceProperties; made: storage.BlobContainer[] } {
    const accountName = account.name;
    const versions = wanted.flatMap(({ keepVersionsDays }) => keepVersionsDays ?? []);
    const kept = versions.length > 0;
    const service = new storage.BlobServiceProperties(
        `${name}-service`,
        {
            resourceGroupName,
            accountName,
            blobServicesName: "default",
            isVersioningEnabled: kept,
            deleteRetentionPolicy: kept
                ? { enabled: true, days: Math.max(...versions) }
                : { enabled: false },
            // A container that somebody deleted by hand comes back.
            containerDeleteRetentionPolicy: { enabled: true, days: 14 },
        },
        { parent },
    );
    const rules = wanted.flatMap(rulesOf);
    if (rules.length > 0) {
        new storage.ManagementPolicy(
            `${name}-lifecycle`,
            {
                resourceGroupName,
                accountName,
                managementPolicyName: "default",
                policy: { rules },
            },
            { parent, dependsOn: [service] },
        );
    }
    const made = wanted.map(
        ({ name: containerName }) =>
            new storage.BlobContainer(
                `${name}-${containerName}`,
                { resourceGroupName, accountName, containerName, publicAccess: "None" },
                { parent, protect: true, dependsOn: [service] },
            ),
    );
    return { service, made };
}

/** @see https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview */
function rulesOf({ name, deleteAfterDays, keepVersionsDays }: Container) {
    const actions = {
        ...(deleteAfterDays === undefined
            ? {}
            : { baseBlob: { delete: { daysAfterModificationGreaterThan: deleteAfterDays } } }),
        ...(deleteAfterDays === undefined && keepVersionsDays === undefined
            ? {}
            : { version: { delete: { daysAfterCreationGreaterThan: keepVersionsDays ?? 1 } } }),
    };
    if (Object.keys(actions).length === 0) return [];
    const filters = { blobTypes: ["blockBlob"], prefixMatch: [`${name}/`] };
    return [{ name, enabled: true, type: "Lifecycle", definition: { actions, filters } }];
}
