import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../../layer-args";
import { nodesOf } from "../../../model/k3s-nodes";
import type { VmsClusterSpec } from "../../../model/spec";
import type { HubSpec } from "../../../model/spec/jupyterhub";
import type { HubFoundation, HubHomes } from "../../foundation";
import type { BuiltHost } from "../base-layers";
import { nobody } from "./nobody";
import { HomeStorage, HubDatabase } from "./volumes";

export interface BuiltHub {
    readonly foundation: HubFoundation;
    readonly ready: readonly pulumi.Resource[];
}

/** The service account of users' pods, in the namespace of each hub. */
const serviceAccount = "user-sa";

/** What one hub has for itself on the hosts. */
export function buildHub(
    spec: VmsClusterSpec,
    hub: HubSpec,
    hosts: Readonly<Record<string, BuiltHost>>,
    opts: pulumi.ComponentResourceOptions,
): BuiltHub {
    const { vms } = spec.platform;
    const { agents, servers } = nodesOf(vms);
    const on = (layer: string, name: string) => {
        const built = hosts[name];
        if (built === undefined) throw new Error(`${name} is no host of the stack file`);
        return { ...layerArgs(spec, layer, hub.name), hub: hub.name, ...built };
    };
    const placed = vms.k3s.volumes[hub.name];
    const homes =
        placed?.homes && homesOf(hub, on("home-storage", placed.homes.host), placed.homes, opts);
    const database = new HubDatabase(
        `hub-database-${hub.name}`,
        on("hub-database", placed?.database?.host ?? servers[0] ?? ""),
        opts,
    );
    return {
        foundation: {
            homes: homes?.homes ?? { driver: "none" },
            database: { kind: "directory", local: database.local, sizeGiB: 1 },
            buckets: {},
            serviceAccount,
            identity: nobody,
            spotTolerations: [],
            nodeSelector: {},
            ...(agents.length === 0 && { sharesNodes: true }),
        },
        ready: [database, ...(homes === undefined ? [] : [homes.storage])],
    };
}

function homesOf(
    { name, homes }: HubSpec,
    args: ConstructorParameters<typeof HomeStorage>[1],
    { device }: { readonly device?: string | undefined },
    opts: pulumi.ComponentResourceOptions,
): { readonly storage: HomeStorage; readonly homes: HubHomes } {
    const disk =
        homes.storage === "nfs" && device !== undefined
            ? { device, sizeGiB: homes.sizeGiB }
            : undefined;
    const storage = new HomeStorage(`home-storage-${name}`, { ...args, disk }, opts);
    const { local } = storage;
    return disk === undefined
        ? { storage, homes: { driver: "directory", suffix: "local", local } }
        : {
              storage,
              // The chart writes a volume for a disk of EKS, and the workload gives that the place of this one.
              homes: {
                  driver: "disk",
                  disk: { eks: { enabled: true, volumeId: disk.device } },
                  local,
              },
          };
}
