import { overlap, parseCidr } from "../cidr";
import type { Problem } from "../problem";
import type { K3sVmsSpec } from "../spec/vms";
import { slugPattern } from "../tags";

/** What does not fit together in `steward:vms.k3s`. */
export function checkK3s({ hosts, jump, k3s }: K3sVmsSpec): Problem[] {
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:vms.${path}`, message, fix });

    for (const name of Object.keys(hosts).filter((each) => !slugPattern.test(each))) {
        const fix = "use up to 63 of a-z, 0-9 and -, as of a host's name";
        say(`hosts.${name}`, "is no name of a node", fix);
    }
    const { servers } = k3s;
    // https://docs.k3s.io/datastore/ha-embedded
    if (servers.length !== 1 && servers.length !== 3) {
        const message = `names ${String(servers.length)}: etcd needs more than half of them to agree`;
        say("k3s.servers", message, "name one, or three of which one may fail");
    }
    servers.forEach((name, at) => {
        const path = `k3s.servers[${String(at)}]`;
        if (!Object.hasOwn(hosts, name)) {
            const fix = `take some of: ${Object.keys(hosts).join(", ")}`;
            say(path, `${name} is no host`, fix);
        }
        if (servers.indexOf(name) !== at) say(path, `names ${name} twice`, "name it once");
    });
    if (k3s.checksums.images !== undefined && k3s.mirror === undefined) {
        const fix = "name the mirror that has them, or remove it";
        say("k3s.checksums.images", "are images that come from a mirror", fix);
    }
    if (jump !== undefined && k3s.apiServer === undefined) {
        const message = "is missing, and nobody reaches port 6443 but through the jump host";
        const fix = `open a tunnel (ssh -L 6443:<first server>:6443 ${jump.user}@${jump.reachedAt ?? jump.address}) and write https://127.0.0.1:6443`;
        say("k3s.apiServer", message, fix);
    }
    const ranges = [
        ["k3s.podCidr", parseCidr(k3s.podCidr)],
        ["k3s.serviceCidr", parseCidr(k3s.serviceCidr)],
    ] as const;
    for (const [path, range] of ranges) {
        if (range === undefined) continue;
        const inside = Object.entries(hosts).find(([, { address }]) => {
            const own = parseCidr(`${address}/32`);
            return own !== undefined && overlap(range, own);
        });
        if (inside === undefined) continue;
        const message = `holds the address of ${inside[0]}, which pods would reach no more`;
        say(path, message, "take a range that nothing else has");
    }
    const [[, pods], [, services]] = ranges;
    if (pods !== undefined && services !== undefined && overlap(pods, services)) {
        say("k3s.serviceCidr", `overlaps with ${k3s.podCidr}`, "keep pods and services apart");
    }
    return problems;
}
