import { ask } from "../laboratory";
import type { Config } from "../stack";
import { up } from "../stack";
import { waitFor } from "../waiting";

export const all = ["vm1", "vm2", "vm3"] as const;

const inForce = "systemctl is-active steward-firewall fail2ban; steward-owner backups | cut -f 2";

/** Files of a step that was cut short and left them; packages half installed; changes that wait to be rolled back. */
const leftovers = `
find /etc /usr/local /var/lib/steward -name '.steward.*' -o -name '*.part'
dpkg --audit
systemctl list-timers --all --no-legend 'steward-roll-back-*'`;

/** These hosts are as the stack file says, and nothing half-made lies about on them. */
export async function expectInForce(...hosts: string[]): Promise<void> {
    for (const host of hosts) {
        const found = [host, await ask(host, inForce), await ask(host, leftovers)];
        expect(found).toEqual([host, "active\nactive\ncluster-management", ""]);
    }
}

/** All hosts are, and nothing is left to do. */
export async function expectWhole(folder: string, config: Config): Promise<void> {
    await expectInForce(...all);
    expect((await up(folder, config)).result.result).toBe("unchanged");
}

/** Waits until a host has its owner file, and dpkg is at work on it: in the middle of its steps. */
export async function busy(host: string): Promise<void> {
    await waitFor(host, "test -e /etc/steward/owners.json && pgrep -x dpkg", 60);
}
