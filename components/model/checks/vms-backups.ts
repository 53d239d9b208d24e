import type { Problem } from "../problem";
import type { VmsSpec } from "../spec/vms";

/** What of `steward:vms.backups` would make copies that are lost together with what they copy. */
export function checkVmsBackups({ backups, hosts, jump }: VmsSpec): Problem[] {
    if (backups === undefined) return [];
    const { repository } = backups;
    const sftp = repository.kind === "sftp";
    const path = `steward:vms.backups.repository.${sftp ? "address" : "url"}`;
    const where = sftp
        ? repository.address
        : new URL(repository.url).hostname.replace(/^\[(.*)\]$/, "$1");
    const fix = "name a machine or a store that is none of the cluster's";
    if (/^(localhost|127\..*|::1|0\.0\.0\.0|::)$/.test(where)) {
        return [{ path, message: `${where} is each host itself, whose disk it protects`, fix }];
    }
    const name = Object.keys(hosts).find((each) => {
        const { address, address6, reachedAt } = hosts[each] ?? {};
        return [each, address, address6, reachedAt].includes(where);
    });
    if (name !== undefined) {
        const message = `is ${name}, a host of this cluster: what takes the cluster takes its copies`;
        return [{ path, message, fix }];
    }
    if ([jump?.address, jump?.address6, jump?.reachedAt].includes(where)) {
        const message = "is the jump host, by which every host can be entered";
        return [{ path, message, fix }];
    }
    return [];
}
