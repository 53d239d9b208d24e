import type { Problem } from "../problem";
import type { VmsSpec } from "../spec/vms";

/** Two hosts of one address would be one host with the firewall of the other. */
export function checkAddresses(hosts: VmsSpec["hosts"]): Problem[] {
    const taken = new Map<string, string>();
    return Object.entries(hosts).flatMap(([name, { address, address6 }]) =>
        [address, address6].flatMap((each): Problem[] => {
            if (each === undefined) return [];
            const other = taken.get(each);
            taken.set(each, name);
            if (other === undefined) return [];
            const message = `has the address ${each} of ${other}`;
            return [{ path: `steward:vms.hosts.${name}`, message, fix: "give each host its own" }];
        }),
    );
}
