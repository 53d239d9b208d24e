import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { BackupSource } from "../../model/commcare/host-backups";
import type { OnlyVms } from "../../model/spec";
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
        const told = { clusterName: spec.name, sources, backups: vms.backups, secrets: own };
        // Its drill may have a folder on a data disk.
        new Backups(copies, { ...place("backups"), after: there, ...told }, opts);
    }
    return there;
}
