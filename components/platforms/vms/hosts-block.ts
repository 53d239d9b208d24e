import { hostName, internalName } from "../../model/commcare/internal-names";
import type { VmSpec } from "../../model/spec/vms";

/** The lines between which /etc/hosts is Steward's. */
export const [begin, end] = ["# Kept by Steward: begin", "# Kept by Steward: end"] as const;

/** The engine hands them to the program by name, whatever the stack file's order: so does this to everybody. */
export function byName(hosts: Readonly<Record<string, VmSpec>>): [string, VmSpec][] {
    return Object.entries(hosts).sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * The lines of /etc/hosts by which hosts know one another: their names inside the cluster, and the host name that
 * commcare-cloud gives each. Steward's block and commcare-cloud's `etc_hosts_lines` are the same lines, so that neither
 * undoes the other's.
 */
export function hostLines(cluster: string, hosts: Readonly<Record<string, VmSpec>>): string[] {
    return byName(hosts).flatMap(([name, { address, address6 }]) =>
        [address, address6]
            .filter((each) => each !== undefined)
            .map((each) =>
                [each, internalName(cluster, name), name, hostName(cluster, name)].join(" "),
            ),
    );
}

/** The names of all hosts of a cluster, as a block of /etc/hosts. */
export const hostsBlock = (cluster: string, hosts: Readonly<Record<string, VmSpec>>): string =>
    [begin, ...hostLines(cluster, hosts), end, ""].join("\n");
