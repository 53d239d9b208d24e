import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { BackupSource } from "../../model/commcare/host-backups";
import type { OnlyVms } from "../../model/spec";
import type { DiskSpec } from "../../model/spec/vms-disks";
import type { Secrets } from "../../secrets";
import { Backups } from "./backups/backups";
import { NoBackups } from "./backups/no-backups";
import type { BuiltHost } from "./base-layers";
import { Disks } from "./disks/disks";
import type { Done } from "./remote-host";

export interface DueData {
    /** Whom the host's disks for data belong to, by the workload's book. */
    readonly layer: "data-services" | "node-pools";
    /** What lies on this host and nowhere else. */
    readonly sources: readonly BackupSource[];
}

/**
 * A host's disks for data, and the copies of what lies on them.
 *
 * @returns what everything that keeps data on the host waits for.
 */
export function buildHostData(
    spec: OnlyVms,
    { host, after }: BuiltHost,
    { layer, sources }: DueData,
    secrets: Secrets,
    opts: pulumi.ComponentResourceOptions,
): readonly Done[] {
    const { vms } = spec.platform;
    const { name } = host;
    const own = secrets["hosts"] ?? {};
    const disks = vms.hosts[name]?.disks ?? [];
    const place = (of: string) => ({ ...layerArgs(spec, of), host });
    const there =
        disks.length === 0
            ? after
            : [
                  new Disks(
                      `${layer}-${name}`,
                      { ...place(layer), after, disks, key: own["disksKey"] },
                      opts,
                  ).mounted,
              ];
    const copies = `backups-${name}`;
    if (sources.length > 0 && vms.backups === undefined) {
        new NoBackups(copies, layerArgs(spec, "backups"), opts);
    } else if (sources.length > 0 && vms.backups !== undefined) {
        const told = { clusterName: spec.name, backups: vms.backups, secrets: own };
        // Its drill may have a folder on a data disk.
        const args = { ...place("backups"), after: there, ...told };
        new Backups(copies, { ...args, sources: sources.map(lyingOn(disks)) }, opts);
    }
    return there;
}

/** Says of what is copied which of the host's disks hold it, or a part of it. */
const lyingOn =
    (disks: readonly DiskSpec[]) =>
    (source: BackupSource): BackupSource => {
        const within = (inner: string, outer: string) => `${inner}/`.startsWith(`${outer}/`);
        const holding = disks.flatMap(({ mount }) =>
            source.paths.some((path) => within(path, mount) || within(mount, path)) ? [mount] : [],
        );
        return { ...source, mounts: [...source.mounts, ...holding] };
    };
