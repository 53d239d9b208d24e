import type { Problem } from "../problem";
import type { VmsSpec } from "../spec/vms";

/** Disks of one host that are one another's. */
export function checkVmsDisks({ hosts }: VmsSpec): Problem[] {
    return Object.entries(hosts).flatMap(([name, { disks }]) =>
        disks.flatMap(({ device, mount }, at): Problem[] => {
            const earlier = disks.slice(0, at);
            const path = `steward:vms.hosts.${name}.disks[${String(at)}]`;
            if (earlier.some((each) => each.device === device)) {
                const message = `is the disk of ${earlier.find((each) => each.device === device)?.mount ?? ""} too`;
                return [
                    { path: `${path}.device`, message, fix: "give each folder a disk of its own" },
                ];
            }
            const other = earlier.find(
                (each) => within(each.mount, mount) || within(mount, each.mount),
            );
            if (other === undefined) return [];
            const message = `and ${other.mount} lie in one another`;
            return [{ path: `${path}.mount`, message, fix: "take folders side by side" }];
        }),
    );
}

const within = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}/`);
