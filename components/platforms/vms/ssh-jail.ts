import type { VmsSpec } from "../../model/spec/vms";
import { doors } from "./firewall-rules";
import { byName } from "./hosts-block";
import type { KeptFile } from "./remote-file";

/** Addresses that are never shut out: administrators, where Steward comes from, and the hosts themselves. */
export function trustedAddresses(vms: VmsSpec): string[] {
    const { administrators, hosts } = vms;
    const own = byName(hosts).flatMap(([, { address, address6 }]) => [address, address6]);
    const all = [...administrators, ...doors(vms), ...own.filter((each) => each !== undefined)];
    return [...new Set(all)];
}

/** What fail2ban does about whoever guesses at SSH. */
export function sshJail(sshPort: number, trusted: readonly string[]): KeptFile {
    const content = `# Kept by Steward: changes by hand are undone.
[DEFAULT]
banaction = nftables-multiport
banaction_allports = nftables-allports
ignoreip = 127.0.0.0/8 ::1 ${trusted.join(" ")}

[sshd]
enabled = true
backend = systemd
port = ${String(sshPort)}
maxretry = 5
findtime = 10m
bantime = 1h
`;
    return {
        path: "/etc/fail2ban/jail.d/steward.local",
        content,
        reload: "systemctl --quiet enable fail2ban; systemctl restart fail2ban",
    };
}
