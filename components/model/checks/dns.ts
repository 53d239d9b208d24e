import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import { zoneName } from "../spec/aws-dns";

/** What does not fit together in the cloud's `dns`, and between it and the domains of hubs or site. */
export function checkDns({ cluster, aws, azure, jupyterhub, commcare }: StackInput): Problem[] {
    const dns = { aws: aws?.dns, azure: azure?.dns, vms: undefined }[cluster.platform];
    if (dns === undefined) return [];
    const problems: Problem[] = [];
    const path = `steward:${cluster.platform}.dns`;
    if (dns.zone !== undefined && dns.create !== undefined) {
        const message = "names a zone that stands and one to make";
        problems.push({ path, message, fix: "keep zone or create, not both" });
    }
    if (dns.delegated && dns.create === undefined) {
        const message = "belongs to a zone that Steward makes";
        problems.push({ path: `${path}.delegated`, message, fix: "remove it, or write create" });
    }
    const zone = zoneName(dns);
    if (zone === undefined && commcare !== undefined) {
        const message = "names no zone, and the certificate of the site is proven in one";
        problems.push({ path, message, fix: "write zone for one that stands, or create" });
    }
    if (zone === undefined) return problems;
    const domains = (jupyterhub?.hubs ?? []).map(({ domain }, at) => ({
        domain,
        path: `steward:jupyterhub.hubs[${String(at)}].domain`,
    }));
    if (commcare !== undefined) {
        domains.push({ domain: commcare.domain, path: "steward:commcare.domain" });
    }
    domains.forEach(({ domain, path: where }) => {
        if (domain === zone || domain.endsWith(`.${zone}`)) return;
        problems.push({
            path: where,
            message: `${domain} is not in ${zone}, the zone of ${path}`,
            fix: `take a name below ${zone}, or the zone of this domain`,
        });
    });
    return problems;
}
