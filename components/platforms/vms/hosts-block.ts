import { internalName } from "../../model/commcare/internal-names";
import type { VmSpec } from "../../model/spec/vms";

/** The lines between which /etc/hosts is Steward's. */
export const [begin, end] = ["# Kept by Steward: begin", "# Kept by Steward: end"] as const;

/** The engine hands them to the program by name, whatever the stack file's order: so does this to everybody. */
export function byName(hosts: Readonly<Record<string, VmSpec>>): [string, VmSpec][] {
    return Object.entries(hosts).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The names of all hosts of a cluster, as a block of /etc/hosts. */
export function hostsBlock(clusterName: string, hosts: Readonly<Record<string, VmSpec>>): string {
    const lines = byName(hosts).flatMap(([each, { address, address6 }]) =>
        [address, address6]
            .filter((one) => one !== undefined)
            .map((one) => `${one} ${internalName(clusterName, each)} ${each}`),
    );
    return [begin, ...lines, end, ""].join("\n");
}
