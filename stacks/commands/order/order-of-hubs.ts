import { serverOfK3s, agentOfK3s } from "../../../components/model/core-nodes";
import { k3sBackups } from "../../../components/model/k3s-backups";
import { nodesOf } from "../../../components/model/k3s-nodes";
import { k3sRules } from "../../../components/model/k3s-rules";
import { assumptions } from "../../../components/model/sizing";
import type { VmsClusterSpec } from "../../../components/model/spec";
import type { HubSpec } from "../../../components/model/spec/jupyterhub";
import { doors } from "../../../components/platforms/vms/firewall-rules";
import type { Exit, Opening, Order, OrderedMachine } from "./order";
import { contactOf, fromEveryHost, systemTitles, toRepository } from "./order";

/**
 * The order of the machines of hubs: what k3s and all hubs ask for of each server, so that any one may carry them
 * all, and of an agent what k3s does. How many users come nobody knows, so what each takes more stands beside it.
 *
 * @param hosted Machines whose address the stack file has.
 */
export function orderOfHubs(spec: VmsClusterSpec, hosted: ReadonlySet<string>): Order {
    const { matrix, platform, workload } = spec;
    const { vms } = platform;
    const { hubs } = workload.jupyterhub;
    const { servers, users } = nodesOf(vms);
    const rules = k3sRules(vms);
    const machines = Object.keys(vms.hosts)
        .sort()
        .map((name): OrderedMachine => {
            const host = vms.hosts[name];
            const isServer = servers.includes(name);
            const { milliCpu, mebibytes } = isServer ? serverOfK3s(hubs) : agentOfK3s;
            const dataGiB = disksOf(spec, name).reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
            return {
                name,
                runs: runsOf(spec, name),
                zone: host?.zone ?? vms.zones[0] ?? "",
                vcpus: Math.ceil(milliCpu / 1_000),
                memoryGiB: Math.ceil(mebibytes / 1_024),
                rootGiB: assumptions.system.value + (name === servers[0] ? measured(spec) : 0),
                dataGiB: dataGiB === 0 ? null : dataGiB,
                address: hosted.has(name) ? (host?.address ?? null) : null,
                address6: hosted.has(name) ? (host?.address6 ?? null) : null,
                lets: [
                    {
                        port: host?.port ?? 22,
                        protocol: "tcp",
                        from: doors(vms),
                        why: "SSH of whoever deploys",
                    },
                    ...(isServer ? wayIn : []),
                    ...(rules[name] ?? []).map(({ port, protocol, from, carries }): Opening => {
                        const whom = from === "administrators" ? vms.administrators : from;
                        return {
                            port,
                            protocol,
                            from: whom === "public" ? ["everybody"] : whom,
                            why: carries,
                        };
                    }),
                ],
                asks: asksOf(spec, name),
            };
        });
    return {
        cluster: spec.name,
        environment: spec.environment,
        to: contactOf(matrix, "hosting"),
        repairs: contactOf(matrix, "hosting"),
        from: contactOf(matrix, "node-pools"),
        systems: vms.systems.map((each) => systemTitles[each] ?? each),
        machines,
        more: [
            `Processors and memory are the least. What users take comes on top, of ${users.join(", ")} together, for each at work at once:`,
            ...hubs.map((hub) => `on ${hub.name} ${taken(hub)};`),
            `and ${String(assumptions.temporary.value)} GiB of the system disk for what lies in /tmp.`,
        ].join(" "),
    };
}

/** What one user takes while at work: what is kept for the server, to what it may use. */
function taken({ server, profiles }: HubSpec): string {
    if (profiles.length > 0) return "what the profile asks for";
    const { cpuGuarantee, cpuLimit, memoryGuaranteeGiB, memoryLimitGiB } = server;
    const range = (from: number, to = from) =>
        from === to ? String(from) : `${String(from)} to ${String(to)}`;
    return `${range(memoryGuaranteeGiB, memoryLimitGiB)} GiB of memory and ${range(cpuGuarantee, cpuLimit)} vCPUs`;
}

/** Measurements and what Alertmanager remembers, in directories of the first server. */
const measured = ({ workload }: VmsClusterSpec): number =>
    workload.jupyterhub.monitoring.volumeGiB + 1;

/** Browsers, and whoever asks whether a domain is the hub's before it gives a certificate. */
const wayIn: readonly Opening[] = [443, 80].map((port) => {
    return { port, protocol: "tcp", from: ["everybody"], why: "browsers of the hubs" };
});

/** Disks of homes that a machine has, one for each hub. */
function disksOf({ platform, workload }: VmsClusterSpec, machine: string) {
    return workload.jupyterhub.hubs.flatMap(({ name, homes }) => {
        const place = platform.vms.k3s.volumes[name]?.homes;
        if (homes.storage !== "nfs" || place?.host !== machine) return [];
        return [{ hub: name, sizeGiB: homes.sizeGiB }];
    });
}

/** Homes in a directory there, whose size nobody says. */
function directoriesOf({ platform, workload }: VmsClusterSpec, machine: string): string[] {
    return workload.jupyterhub.hubs
        .filter(({ name, homes }) => {
            const place = platform.vms.k3s.volumes[name]?.homes;
            return homes.storage === "local-path" && place?.host === machine;
        })
        .map(
            ({ name }) =>
                `the homes of ${name}, in a directory: its size on top of the system disk`,
        );
}

function runsOf(spec: VmsClusterSpec, machine: string): string[] {
    const { vms } = spec.platform;
    const { servers, users } = nodesOf(vms);
    return [
        ...(servers.includes(machine) ? ["Kubernetes, hubs and what they share"] : []),
        ...(users.includes(machine) ? ["users' servers"] : []),
        ...directoriesOf(spec, machine),
        ...disksOf(spec, machine).map(({ hub, sizeGiB }) => {
            return `a disk of ${sizeGiB.toLocaleString("en-US")} GiB for the homes of ${hub}`;
        }),
    ];
}

function asksOf({ platform, workload }: VmsClusterSpec, machine: string): Exit[] {
    const { vms } = platform;
    const { backups, k3s } = vms;
    const copied = k3sBackups(machine, vms, workload.jupyterhub.hubs).length > 0;
    const tcp = (port: number, why: string): Exit => ({ port, protocol: "tcp", why });
    return [
        tcp(443, "packages, k3s, images, charts, the sign-in of users, and what users ask for"),
        tcp(80, "packages"),
        ...(k3s.servers.includes(machine) ? [tcp(k3s.mail.port, "alerts, by mail")] : []),
        ...(backups !== undefined && copied ? [toRepository(backups.repository)] : []),
        ...fromEveryHost,
    ];
}
