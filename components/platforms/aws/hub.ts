import type { Provider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { hubLabel } from "../../model/machines";
import type { AwsClusterSpec } from "../../model/spec";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { HubFoundation } from "../foundation";
import { AccessLogs } from "./access-logs";
import { agentIdentity } from "./agent-identity";
import type { DueAlarm } from "./alarms";
import { homeAlarms } from "./alarms";
import type { ClusterAddOns } from "./cluster-add-ons";
import type { ControlPlane } from "./control-plane";
import { Datasets } from "./datasets";
import type { FileSystemSite } from "./file-system";
import { HomeStorage } from "./homes";
import { HubDatabase } from "./hub-database";
import { ImageBuilds } from "./image-builds";
import type { Network } from "./network";
import type { NodePools } from "./node-pools";
import { ObjectStorage } from "./object-storage";
import { placeOf } from "./place";
import type { DatabaseSite } from "./hub-database";
import { databaseAlarms, fileSystemAlarms } from "./storage-alarms";
import { UserImage } from "./user-image";

/** The service account of users' pods, in the namespace of each hub. */
const serviceAccount = "user-sa";

export type Opts = pulumi.ComponentResourceOptions & { parent: Cluster; providers: Provider[] };

/** What all hubs of a cluster share. */
export interface Base {
    readonly network: Network;
    readonly controlPlane: ControlPlane;
    readonly nodePools: NodePools;
    readonly addOns: ClusterAddOns;
    /** Of everything that a hub may need. */
    readonly providers: pulumi.ProviderResource[];
    readonly databases: DatabaseSite;
    /** There where any hub keeps its homes in a file system. */
    readonly fileSystems: FileSystemSite | undefined;
    readonly alarms: readonly DueAlarm[];
}

export interface BuiltHub {
    readonly name: string;
    readonly foundation: HubFoundation;
    /** The id of the disk, or the file system, of its homes. */
    readonly homes: pulumi.Output<string> | undefined;
    /** Where the community pushes its images. */
    readonly images: pulumi.Output<string> | undefined;
    readonly ready: readonly pulumi.Resource[];
    readonly alarms: readonly DueAlarm[];
}

/** What one hub has for itself. */
export function buildHub(spec: AwsClusterSpec, hub: HubSpec, base: Base, opts: Opts): BuiltHub {
    const of = (layer: string) => ofHub(spec, layer, hub.name);
    const driverRole = base.addOns.diskDriverRole;
    const homes = buildHomes(spec, hub, base, opts);
    const database = new HubDatabase(
        `hub-database-${hub.name}`,
        { ...of("hub-database"), database: hub.database, driverRole, site: base.databases },
        { ...opts, providers: base.providers },
    );
    const logs =
        hub.accessLogs &&
        new AccessLogs(
            `object-storage-${hub.name}`,
            { ...of("object-storage"), accessLogs: hub.accessLogs },
            opts,
        );
    const { datasets: wanted } = hub;
    const datasets =
        wanted.length === 0
            ? undefined
            : new Datasets(
                  `datasets-${hub.name}`,
                  { ...of("datasets"), datasets: wanted, logsTo: logs?.bucket },
                  opts,
              );
    const objects = new ObjectStorage(
        `object-storage-${hub.name}`,
        {
            ...of("object-storage"),
            hub,
            cluster: base.controlPlane.cluster.name,
            serviceAccount,
            logsTo: logs?.bucket,
            datasets: datasets?.data ?? [],
        },
        opts,
    );
    const images =
        hub.images &&
        new UserImage(
            `user-image-${hub.name}`,
            { ...of("user-image"), images: hub.images, nodeRoleArn: base.nodePools.role.arn },
            opts,
        );
    const builds =
        hub.builds &&
        new ImageBuilds(
            `user-image-${hub.name}-builds`,
            {
                ...of("user-image"),
                builds: hub.builds,
                cluster: base.controlPlane.cluster.name,
                nodeRoleArn: base.nodePools.role.arn,
            },
            opts,
        );
    return {
        name: hub.name,
        foundation: {
            homes: homes?.homes ?? { driver: "none" },
            database: database.store,
            buckets: {
                ...(hub.scratch && { scratch: `s3://${hub.scratch.bucket}` }),
                ...(hub.persistent && { persistent: `s3://${hub.persistent.bucket}` }),
            },
            serviceAccount,
            identity: agentIdentity,
            spotTolerations: [],
            nodeSelector: { [hubLabel]: hub.name },
            ...(builds === undefined ? {} : { builds: builds.foundation }),
        },
        homes: homes?.kept,
        images: images?.repositoryUrl,
        ready: [...(homes?.ready ?? []), ...database.ready, ...objects.ready],
        alarms: [
            ...alarmsOfHomes(hub.name, homes),
            ...(database.instance === undefined ? [] : databaseAlarms(hub.name, database.instance)),
        ],
    };
}

/** What the layers of one hub are made from: its owner, its cluster and its place. */
function ofHub(spec: AwsClusterSpec, layer: string, hub: string) {
    const place = placeOf(spec);
    return { ...layerArgs(spec, layer, hub), clusterName: spec.name, place, hub };
}

/** A hub that keeps no homes has nothing to own there. */
function buildHomes(
    spec: AwsClusterSpec,
    { name, homes }: HubSpec,
    base: Base,
    opts: Opts,
): HomeStorage | undefined {
    if (homes.storage === "none") return undefined;
    if (homes.storage === "azure-files" || homes.storage === "local-path") {
        throw new Error(`the homes of ${name} are not of AWS`);
    }
    return new HomeStorage(
        `home-storage-${name}`,
        {
            ...ofHub(spec, "home-storage", name),
            homes,
            zone: spec.platform.aws.nodes.core.zone,
            driverRole: base.addOns.diskDriverRole,
            fileSystems: base.fileSystems,
        },
        opts,
    );
}

function alarmsOfHomes(hub: string, built: HomeStorage | undefined): readonly DueAlarm[] {
    switch (built?.homes.driver) {
        case "disk":
            return homeAlarms(hub, built.kept);
        case "file-system":
            return fileSystemAlarms(hub, built.kept);
        default:
            return [];
    }
}
