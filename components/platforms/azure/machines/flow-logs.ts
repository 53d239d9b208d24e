import { FlowLog } from "@pulumi/azure-native/network";
import { StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { identity } from "../identity";
import { globalName } from "../names";
import type { Place } from "../place";
import { grant } from "../role-assignment";
import type { Where } from "./where";

export interface FlowLogsArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly networkId: pulumi.Input<string>;
    readonly keepDays: number;
    readonly zonal: boolean;
}

/**
 * Who spoke to whom in the network, refused or not. Azure keeps a watcher for each region in a group of its own, made
 * with the first network; the log is a part of that. It writes by an identity: the account takes no keys.
 *
 * @see https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
 */
export class FlowLogs extends Layer {
    constructor(name: string, args: FlowLogsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:FlowLogs", name, args, opts);
        const { place, where, zonal } = args;
        const { resourceGroupName, location } = where;
        const account = new StorageAccount(
            `${name}-flows`,
            {
                ...where,
                accountName: globalName("storageAccount", { ...place, what: "flows" }),
                kind: "StorageV2",
                sku: { name: zonal ? "Standard_ZRS" : "Standard_LRS" },
                allowBlobPublicAccess: false,
                allowCrossTenantReplication: false,
                allowSharedKeyAccess: false,
                enableHttpsTrafficOnly: true,
                minimumTlsVersion: "TLS1_2",
                // Network Watcher is one of the services that the exception is for.
                networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
                encryption: {
                    keySource: "Microsoft.Storage",
                    requireInfrastructureEncryption: true,
                },
                tags: this.tags(),
            },
            { parent: this },
        );
        const writer = identity(
            `${name}-flows`,
            { place, resourceGroupName, noun: "flows", tags: this.tags() },
            this,
        );
        const writes = grant(
            `${name}-flows`,
            {
                subscriptionId: place.subscriptionId,
                role: "Storage Blob Data Contributor",
                scope: account.id,
                principalId: writer.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        new FlowLog(
            `${name}-flows`,
            {
                resourceGroupName: "NetworkWatcherRG",
                networkWatcherName: `NetworkWatcher_${location}`,
                flowLogName: place.clusterName,
                location,
                targetResourceId: args.networkId,
                storageId: account.id,
                enabled: true,
                format: { type: "JSON", version: 2 },
                retentionPolicy: { enabled: true, days: args.keepDays },
                identity: { type: "UserAssigned", userAssignedIdentities: [writer.id] },
                tags: this.tags(),
            },
            { parent: this, dependsOn: [writes] },
        );
        this.registerOutputs();
    }
}
