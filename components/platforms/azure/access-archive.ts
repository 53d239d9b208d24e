import type { StorageAccount } from "@pulumi/azure-native/storage";
import { ManagementPolicy } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { containers } from "./containers";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { grant } from "./role-assignment";
import { closedAccount } from "./storage-account";

export interface AccessArchiveArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly accessLogs: NonNullable<HubSpec["accessLogs"]>;
    /** The object id of whoever answers for the layer, who reads it; nobody does where the stack file names none. */
    readonly reader: string | undefined;
    /** Networks outside that it is read from. */
    readonly ranges: readonly string[];
}

/**
 * The part of the object storage layer in which Azure writes down who read and wrote what: an account of its own, since
 * none may be told of itself, and a component of its own, because the datasets are logged there too. Its containers,
 * `insights-logs-storageread` and two more, Azure makes with their first line; lines are appended, for an hour to a blob.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings#destinations
 */
export class AccessArchive extends Layer {
    readonly account: StorageAccount;

    constructor(name: string, args: AccessArchiveArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:AccessArchive", name, args, opts);
        const { site, hub, accessLogs, reader, ranges } = args;
        const { place, zonal } = site;
        const resourceGroupName = site.groupOf("object-storage");
        const tags = this.tags();
        this.account = closedAccount(
            `${name}-logs`,
            {
                place,
                resourceGroupName,
                what: `logs-${accessLogs.bucket}`,
                keeps: "blobs",
                zonal,
                besideServices: ranges,
                tags,
            },
            this,
        );
        const accountName = this.account.name;
        const { service } = containers(
            `${name}-logs`,
            { resourceGroupName, account: this.account, containers: [] },
            this,
        );
        new ManagementPolicy(
            `${name}-logs-lifecycle`,
            {
                resourceGroupName,
                accountName,
                managementPolicyName: "default",
                policy: { rules: [forgets(accessLogs.deleteAfterDays)] },
            },
            { parent: this, dependsOn: [service] },
        );
        if (reader !== undefined) {
            grant(
                `${name}-logs-${reader}`,
                {
                    subscriptionId: place.subscriptionId,
                    role: "Storage Blob Data Reader",
                    scope: this.account.id,
                    principalId: reader,
                },
                { parent: this },
            );
        }
        endpointIn(site, `${name}-logs-blob`, {
            resourceGroupName,
            noun: `${hub}-logs-blob`,
            service: "blob",
            target: this.account.id,
            tags,
            parent: this,
        });
        this.registerOutputs();
    }
}

/** @see https://learn.microsoft.com/azure/azure-monitor/platform/migrate-to-azure-storage-lifecycle-policy */
const forgets = (days: number) => ({
    name: "delete-logs",
    enabled: true,
    type: "Lifecycle",
    definition: {
        actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } },
        filters: { blobTypes: ["appendBlob", "blockBlob"], prefixMatch: ["insights-logs-"] },
    },
});
