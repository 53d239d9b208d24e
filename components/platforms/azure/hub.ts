import type { Provider } from "@pulumi/azure-native/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { hubLabel } from "../../model/machines";
import type { AzureClusterSpec } from "../../model/spec";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { HubFoundation } from "../foundation";
import { AccessArchive } from "./access-archive";
import type { DueAlarm } from "./alarms";
import type { DueDisk } from "./backup-vault";
import type { DueDatabase, DueShare } from "./backups";
import { Datasets } from "./datasets";
import { workloadIdentity } from "./dns-domain";
import { HomeStorage } from "./homes";
import { HubDatabase } from "./hub-database";
import type { HubSite } from "./hub-site";
import { ImageBuilds } from "./image-builds";
import { withoutLogs } from "./monitoring";
import { ObjectStorage } from "./object-storage";
import { UserImage } from "./user-image";

/** The service account of users' pods, in the namespace of each hub. */
const serviceAccount = "user-sa";

export type Opts = pulumi.ComponentResourceOptions & { parent: Cluster; providers: Provider[] };

export interface BuiltHub {
    readonly name: string;
    readonly foundation: HubFoundation;
    /** The id of the account, or of the disk, of its homes. */
    readonly homes: pulumi.Output<string> | undefined;
    /** Where the community pushes its images. */
    readonly images: pulumi.Output<string> | undefined;
    /** The account that tells who read and wrote what. */
    readonly accessLogs: pulumi.Output<string> | undefined;
    readonly ready: readonly pulumi.Resource[];
    readonly alarms: readonly DueAlarm[];
    readonly disks: readonly DueDisk[];
    readonly shares: readonly DueShare[];
    readonly databases: readonly DueDatabase[];
}

/** What one hub has for itself. */
export function buildHub(
    spec: AzureClusterSpec,
    hub: HubSpec,
    site: HubSite,
    opts: pulumi.ComponentResourceOptions,
): BuiltHub {
    const of = (layer: string) => ({ ...layerArgs(spec, layer, hub.name), site });
    const homes = homesOf(hub, of("home-storage"), opts);
    const database = new HubDatabase(
        `hub-database-${hub.name}`,
        { ...of("hub-database"), hub: hub.name, database: hub.database },
        opts,
    );
    const archive = archiveOf(spec, hub, of("object-storage"), opts)?.account;
    const { datasets: wanted, images: repository } = hub;
    const datasets =
        wanted.length === 0
            ? undefined
            : new Datasets(
                  `datasets-${hub.name}`,
                  { ...of("datasets"), hub: hub.name, datasets: wanted, archive },
                  opts,
              );
    const objects = new ObjectStorage(
        `object-storage-${hub.name}`,
        {
            ...of("object-storage"),
            hub,
            serviceAccount,
            datasets: datasets?.containers ?? [],
            archive,
        },
        opts,
    );
    const images =
        repository &&
        new UserImage(
            `user-image-${hub.name}`,
            { ...of("user-image"), hub: hub.name, images: repository },
            opts,
        );
    const builds =
        hub.builds &&
        new ImageBuilds(
            `user-image-${hub.name}-builds`,
            { ...of("user-image"), hub: hub.name, builds: hub.builds },
            opts,
        );
    const { userServers } = spec.workload.jupyterhub.monitoring.logs;
    const identity = workloadIdentity(objects.clientId);
    return {
        name: hub.name,
        foundation: {
            homes: homes?.homes ?? { driver: "none" },
            database: database.store,
            buckets: objects.buckets,
            serviceAccount,
            identity: {
                ...identity,
                podAnnotations: userServers ? {} : withoutLogs,
                // Their containers have addresses in the network, which users' pods reach no other of.
                egress: [toEndpoints(site.network.ranges["endpoints"] ?? "")],
            },
            spotTolerations: [
                {
                    key: "kubernetes.azure.com/scalesetpriority",
                    operator: "Equal",
                    value: "spot",
                    effect: "NoSchedule",
                },
            ],
            nodeSelector: { [hubLabel]: hub.name },
            ...(builds === undefined ? {} : { builds: builds.foundation }),
        },
        homes: homes?.kept,
        images: images?.loginServer,
        accessLogs: archive?.name,
        ready: [
            ...(homes?.ready ?? []),
            ...database.ready,
            ...(datasets?.ready ?? []),
            ...objects.ready,
        ],
        alarms: [...(homes?.alarms ?? []), ...database.alarms],
        disks: [homes?.disk, database.disk].filter((disk) => disk !== undefined),
        shares: [homes?.share].filter((share) => share !== undefined),
        databases: database.server === undefined ? [] : [database.server],
    };
}

const toEndpoints = (cidr: string) => ({
    to: [{ ipBlock: { cidr } }],
    ports: [{ port: 443, protocol: "TCP" }],
});

/** Read by whoever answers for it, from where the API of the cluster is reached. */
function archiveOf(
    { access, platform }: AzureClusterSpec,
    { name, accessLogs }: HubSpec,
    args: { readonly site: HubSite } & ReturnType<typeof layerArgs>,
    opts: pulumi.ComponentResourceOptions,
): AccessArchive | undefined {
    if (accessLogs === undefined) return undefined;
    const { role } = args.owner;
    return new AccessArchive(
        `object-storage-${name}`,
        {
            ...args,
            hub: name,
            accessLogs,
            reader: Object.entries(access).find(([slug]) => slug === role)?.[1],
            ranges: platform.azure.kubernetes.authorizedRanges,
        },
        opts,
    );
}

/** A hub that keeps no homes has nothing to own there. */
function homesOf(
    { name, homes }: HubSpec,
    args: { readonly site: HubSite } & ReturnType<typeof layerArgs>,
    opts: pulumi.ComponentResourceOptions,
): HomeStorage | undefined {
    if (homes.storage === "none") return undefined;
    if (homes.storage === "efs" || homes.storage === "local-path") {
        throw new Error(`the homes of ${name} are not of Azure`);
    }
    return new HomeStorage(`home-storage-${name}`, { ...args, hub: name, homes }, opts);
}
