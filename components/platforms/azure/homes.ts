import * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AzureFilesHomes, NfsHomes } from "../../model/spec/jupyterhub-homes";
import type { HubHomes } from "../foundation";
import type { DueAlarm } from "./alarms";
import { shareAlarms } from "./alarms";
import type { DueDisk } from "./backup-vault";
import type { DueShare } from "./backups";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { ownDisk } from "./own-disk";
import { closedAccount } from "./storage-account";

export interface HomeStorageArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly homes: AzureFilesHomes | NfsHomes;
}

const share = "homes";

/**
 * The home storage layer on Azure: the share of all home directories of one hub, in an account of its own, or the disk
 * that a server in the cluster exports.
 */
export class HomeStorage extends Layer {
    readonly homes: HubHomes;
    /** The id of the account or of the disk. */
    readonly kept: pulumi.Output<string>;
    /** What must stand before the homes can be mounted. */
    readonly ready: readonly pulumi.Resource[];
    readonly alarms: readonly DueAlarm[];
    readonly share: DueShare | undefined;
    readonly disk: DueDisk | undefined;

    readonly #name: string;
    readonly #args: HomeStorageArgs;

    constructor(name: string, args: HomeStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:HomeStorage", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { hub, homes } = args;
        const noun = `homes-${hub}`;
        if (homes.storage === "nfs") {
            const { disk, ready } = this.#disk(homes);
            this.kept = disk.id;
            this.homes = {
                driver: "disk",
                // The chart writes a volume for a disk of EKS, and the workload gives that the driver of this one.
                disk: { eks: { enabled: true, volumeId: disk.id } },
                csi: { driver: "disk.csi.azure.com", volumeHandle: disk.id },
            };
            this.ready = ready;
            this.alarms = [];
            this.disk = { noun, layer: "home-storage", id: disk.id, name: disk.name };
        } else {
            const { account, service, made, ready } = this.#share(homes);
            this.kept = account.id;
            this.homes = mountedShare(args, account.name, made.name);
            this.ready = ready;
            this.alarms = shareAlarms(hub, homes.sizeGiB, service.id);
            this.share = { noun, layer: "home-storage", accountId: account.id, share };
        }
        this.registerOutputs({ kept: this.kept });
    }

    #share(homes: AzureFilesHomes) {
        const { site, hub } = this.#args;
        const { place, zonal } = site;
        const name = this.#name;
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
        return { account, service, made, ready: [made, ...endpoint] };
    }

    #disk({ sizeGiB, iops = 3000, throughputMiBps = 125 }: NfsHomes) {
        const { site, hub } = this.#args;
        return ownDisk(
            this.#name,
            {
                site,
                resourceGroupName: site.groupOf("home-storage"),
                noun: `${hub}-homes`,
                sizeGiB,
                speed: { iops, throughputMiBps },
                tags: this.tags(),
            },
            this,
        );
    }
}

function mountedShare(
    { site, hub }: HomeStorageArgs,
    storageAccount: pulumi.Output<string>,
    shareName: pulumi.Output<string>,
): HubHomes {
    return {
        driver: "file-system",
        suffix: "files",
        mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
        csi: {
            driver: "file.csi.azure.com",
            volumeHandle: `${site.place.clusterName}-${hub}-homes`,
            volumeAttributes: {
                protocol: "nfs",
                resourceGroup: site.groupOf("home-storage"),
                storageAccount,
                shareName,
                // Directories that the kubelet makes for users take the mode of what they are in.
                mountPermissions: "0777",
            },
        },
    };
}
