import * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AzureFilesHomes } from "../../model/spec/storage";
import type { HubHomes } from "../foundation";
import type { DueAlarm } from "./alarms";
import { shareAlarms } from "./alarms";
import type { DueShare } from "./backups";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { closedAccount } from "./storage-account";

export interface HomeStorageArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly homes: AzureFilesHomes;
}

const share = "homes";

/** The home storage layer on Azure: the share of all home directories of one hub, in an account of its own. */
export class HomeStorage extends Layer {
    readonly homes: HubHomes;
    readonly accountId: pulumi.Output<string>;
    /** What must stand before the homes can be mounted. */
    readonly ready: readonly pulumi.Resource[];
    readonly alarms: readonly DueAlarm[];
    readonly due: DueShare;

    constructor(name: string, args: HomeStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:HomeStorage", name, args, opts);
        const { site, hub, homes } = args;
        const { place, zonal } = site;
        const resourceGroupName = site.groupOf("home-storage");
        const tags = this.tags();

        const account = closedAccount(
            name,
            { place, resourceGroupName, what: `homes-${hub}`, keeps: "shares", zonal, tags },
            this,
        );
        const service = new storage.FileServiceProperties(
            `${name}-service`,
            {
                resourceGroupName,
                accountName: account.name,
                fileServicesName: "default",
                // A share that somebody deleted by hand comes back.
                shareDeleteRetentionPolicy: { enabled: true, days: 30 },
            },
            { parent: this },
        );
        const made = new storage.FileShare(
            `${name}-share`,
            {
                resourceGroupName,
                accountName: account.name,
                shareName: share,
                enabledProtocols: "NFS",
                shareQuota: homes.sizeGiB,
                // The kubelet makes each user's directory, as root of its machine.
                rootSquash: "NoRootSquash",
            },
            { parent: this, protect: true, dependsOn: [service] },
        );
        const endpoint = endpointIn(site, `${name}-file`, {
            resourceGroupName,
            noun: `homes-${hub}`,
            service: "file",
            target: account.id,
            tags,
            parent: this,
        });
        const { clusterName } = place;
        this.accountId = account.id;
        this.homes = {
            driver: "file-system",
            suffix: "files",
            mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
            csi: {
                driver: "file.csi.azure.com",
                volumeHandle: `${clusterName}-${hub}-homes`,
                volumeAttributes: {
                    protocol: "nfs",
                    resourceGroup: resourceGroupName,
                    storageAccount: account.name,
                    shareName: made.name,
                    // Directories that the kubelet makes for users take the mode of what they are in.
                    mountPermissions: "0777",
                },
            },
        };
        this.ready = [made, ...endpoint];
        this.alarms = shareAlarms(hub, homes.sizeGiB, service.id);
        this.due = {
            noun: `homes-${hub}`,
            layer: "home-storage",
            accountId: account.id,
            share,
        };
        this.registerOutputs({ accountId: account.id });
    }
}
