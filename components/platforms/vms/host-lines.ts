import { hostName, internalName } from "../../model/commcare/internal-names";
import type { VmSpec } from "../../model/spec/vms";

/**
 * The lines of /etc/hosts by which hosts know one another: their names inside the cluster, and the host name that
 * commcare-cloud gives each. Steward's block and commcare-cloud's `etc_hosts_lines` are the same lines, so that neither
 * undoes the other's.
 */
export function hostLines(
    cluster: string,
    hosts: Readonly<Record<string, Pick<VmSpec, "address" | "address6">>>,
): string[] {
    return Object.entries(hosts).flatMap(([name, { address, address6 }]) =>
        [address, address6]
            .filter((each) => each !== undefined)
            .map((each) =>
                [each, internalName(cluster, name), name, hostName(cluster, name)].join(" "),
            ),
    );
}
