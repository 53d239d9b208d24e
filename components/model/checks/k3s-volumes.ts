import { nodesOf } from "../k3s-nodes";
import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";
import type { K3sVmsSpec } from "../spec/vms";

/** Whether everything that hubs keep has a host that the pods which need it can run on. */
export function checkK3sVolumes(vms: K3sVmsSpec, hubs: readonly HubSpec[]): Problem[] {
    const { volumes } = vms.k3s;
    const { servers, users } = nodesOf(vms);
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:vms.k3s.volumes.${path}`, message, fix });
    const mustBe = (path: string, host: string, some: readonly string[], why: string) => {
        if (!some.includes(host)) say(path, `${host} is ${why}`, `take one of: ${some.join(", ")}`);
    };

    for (const name of Object.keys(volumes).filter((each) => !hubs.some((h) => h.name === each))) {
        say(name, "is no hub", `take some of: ${hubs.map((hub) => hub.name).join(", ")}`);
    }
    const taken = new Map<string, string>();
    for (const { name, homes: wanted } of hubs) {
        const { homes, database } = volumes[name] ?? {};
        if (database !== undefined) {
            const why = "no server, where the hub runs";
            mustBe(`${name}.database.host`, database.host, servers, why);
        }
        const { storage } = wanted;
        if (storage !== "nfs" && storage !== "local-path") {
            if (homes === undefined) continue;
            say(`${name}.homes`, `are not kept by storage: ${storage}`, "remove it");
            continue;
        }
        if (homes === undefined) {
            const fix = storage === "nfs" ? "write host and device" : "write the host";
            say(`${name}.homes`, "is missing", fix);
            continue;
        }
        const { host, device } = homes;
        if (storage === "local-path") {
            mustBe(`${name}.homes.host`, host, users, "no host that users' servers run on");
            if (device === undefined) continue;
            const message = "is a disk, and local-path takes a directory";
            say(`${name}.homes.device`, message, "remove it, or take storage: nfs");
            continue;
        }
        mustBe(`${name}.homes.host`, host, servers, "no server, where homes are exported");
        if (device === undefined) {
            const fix = "name a disk of the host that is for these homes alone";
            say(`${name}.homes.device`, "is missing", fix);
            continue;
        }
        const place = `${host} ${device}`;
        const other = taken.get(place);
        taken.set(place, name);
        if (other === undefined) continue;
        const message = `${device} of ${host} has the homes of ${other}`;
        say(`${name}.homes.device`, message, "give each hub its own");
    }
    return problems;
}
