import type { Check } from "../check";
import { linesOf } from "../check";

/** Ports on which a host waits for its own address, and the programs that do. */
const dhcp = {
    ports: ["udp 68", "udp 546"],
    programs: ["dhclient", "dhcpcd", "NetworkManager", "systemd-network"],
};

/** What listens for others, against the catalogue: whatever a host's firewall lets through or not. */
export const listeners: Check = {
    id: "listeners",
    layer: "operating-system",
    asRoot: true, // else nobody is told which program it is
    ask: () => "ss -Hlntup",
    judge(said, wanted) {
        const found = new Map<string, { address: string; program: string }>();
        for (const line of linesOf(said)) {
            const [protocol = "", , , , local = "", , ...users] = line.trim().split(/\s+/);
            const at = local.lastIndexOf(":");
            const address = local.slice(0, at).replace(/%.*$|[[\]]/g, "");
            if (/^(127\.|::1$|::ffff:127\.)/.test(address)) continue;
            const port = `${protocol} ${local.slice(at + 1)}`;
            const program = /"([^"]+)"/.exec(users.join(" "))?.[1] ?? "the kernel";
            if (wanted.ports.includes(port)) continue;
            if (dhcp.ports.includes(port) && dhcp.programs.includes(program)) continue;
            found.set(port, { address, program });
        }
        return [...found].map(([port, { address, program }]) => ({
            layer: listeners.layer,
            is: `${program} listens on ${port} (${address})`,
            should: "no service of the catalogue is there",
            fix: "stop it, bind it to 127.0.0.1, or place its service in the stack file",
        }));
    },
};
