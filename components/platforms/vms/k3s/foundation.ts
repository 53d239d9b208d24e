import { Provider as Commands } from "@pulumi/command/provider";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import { layerArgs } from "../../../layer-args";
import { nodesOf } from "../../../model/k3s-nodes";
import { k3sBackups } from "../../../model/k3s-backups";
import type { VmsClusterSpec } from "../../../model/spec";
import type { Secrets } from "../../../secrets";
import type { BuildFoundation, Entrance } from "../../foundation";
import type { BuiltHost } from "../base-layers";
import { buildBaseLayers } from "../base-layers";
import { dueNode } from "../due-hosts";
import { buildHostData } from "../host-data";
import { Identities } from "../identities";
import { Names } from "../names";
import { Access } from "./access";
import { buildHub } from "./hub";
import { HostMonitoring } from "./host-monitoring";
import { insideOf } from "./inside";
import { Monitoring } from "./monitoring";
import { nobody } from "./nobody";
import { Node } from "./node";
import type { Tokens } from "./token";
import { Token } from "./token";

/** A cluster of k3s on hosts that stand, and what a workload needs below it. */
export const vmsKubernetes: BuildFoundation<VmsClusterSpec> = (spec, cluster, secrets) => {
    const commands = new Commands("command", {}, { parent: cluster });
    const randoms = new random.Provider("random", {}, { parent: cluster });
    const opts = { parent: cluster, providers: [commands, randoms] };
    const { vms } = spec.platform;
    const { hubs, monitoring: watched } = spec.workload.jupyterhub;
    const hosts = buildHosts(spec, secrets, opts);
    const [first = ""] = nodesOf(vms).servers;
    const { host } = hostOf(hosts, first);
    const controls = layerArgs(spec, "control-plane");
    const { tokens } = new Token("control-plane", controls, opts);
    const nodes = buildNodes(spec, hosts, tokens, opts);
    const { kubernetes, kubeconfig } = new Access(
        "control-plane",
        { ...controls, host, vms, after: nodes.slice(0, 1).map(({ joined }) => joined) },
        opts,
    );
    const built = hubs.map((hub) => [hub.name, buildHub(spec, hub, hosts, opts)] as const);
    const monitoring = new Monitoring(
        "monitoring-alerts",
        {
            ...layerArgs(spec, "monitoring-alerts"),
            matrix: spec.matrix,
            vms,
            hubs,
            smtpPassword: alertSecret(secrets, "smtpPassword"),
            heartbeatUrl: vms.k3s.heartbeat ? alertSecret(secrets, "heartbeatUrl") : undefined,
            volumeGiB: watched.volumeGiB,
            ...hostOf(hosts, first),
        },
        { ...opts, providers: [commands, kubernetes] },
    );
    return Promise.resolve({
        kubernetes,
        ready: [...nodes, ...built.flatMap(([, { ready }]) => ready)],
        hubs: Object.fromEntries(built.map(([name, { foundation }]) => [name, foundation])),
        inside: insideOf(vms),
        entrance: entranceOf(vms.hosts[first]?.address ?? ""),
        monitoring: monitoring.foundation,
        outputs: {
            cluster: spec.name,
            kubeconfig,
            dns: Object.fromEntries(hubs.map(({ domain }) => [domain, wayIn(spec)])),
        },
    });
};

/** Addresses that the hubs' domains have to point at: the gateway's pods run on servers. */
const wayIn = ({ platform: { vms } }: VmsClusterSpec): string[] =>
    nodesOf(vms).servers.flatMap((name) => vms.hosts[name]?.address ?? []);

function hostOf(hosts: Readonly<Record<string, BuiltHost>>, name: string): BuiltHost {
    const found = hosts[name];
    if (found === undefined) throw new Error(`${name} is no host of the stack file`);
    return found;
}

/** Each host with what every host has. */
function buildHosts(
    spec: VmsClusterSpec,
    secrets: Secrets,
    opts: pulumi.ComponentResourceOptions,
): Record<string, BuiltHost> {
    const { vms } = spec.platform;
    return Object.fromEntries(
        Object.keys(vms.hosts).map((name): [string, BuiltHost] => {
            const built = buildBaseLayers(spec, dueNode(spec, name), secrets, opts);
            buildPeopleAndNames(spec, built, opts);
            const watched = { ...layerArgs(spec, "monitoring-alerts"), ...built };
            new HostMonitoring(`monitoring-alerts-${name}`, watched, opts);
            const sources = k3sBackups(name, vms, spec.workload.jupyterhub.hubs);
            const data = { layer: "node-pools", sources } as const;
            // Nothing of Kubernetes is there before the disks that it may lie on.
            return [name, { ...built, after: buildHostData(spec, built, data, secrets, opts) }];
        }),
    );
}

/** Who signs in to a host, and by which names the hosts know each other. */
function buildPeopleAndNames(
    spec: VmsClusterSpec,
    { host, after }: BuiltHost,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { hosts, operators = [] } = spec.platform.vms;
    const on = (layer: string) => ({ ...layerArgs(spec, layer), host, after });
    if (operators.length > 0) {
        const args = { ...on("operating-system"), operators };
        new Identities(`operating-system-${host.name}-people`, args, opts);
    }
    const args = { ...on("dns-domain"), clusterName: spec.name, hosts };
    new Names(`dns-domain-${host.name}`, args, opts);
}

/** One after the other: a server that is made anew leaves the others to agree, and an agent moves its pods. */
function buildNodes(
    spec: VmsClusterSpec,
    hosts: Readonly<Record<string, BuiltHost>>,
    tokens: Tokens,
    opts: pulumi.ComponentResourceOptions,
): Node[] {
    const { vms } = spec.platform;
    const { servers, agents } = nodesOf(vms);
    const firstServer = hostOf(hosts, servers[0] ?? "").host;
    return [...servers, ...agents].reduce<Node[]>((nodes, name) => {
        const isServer = servers.includes(name);
        const layer = isServer ? "control-plane" : "node-pools";
        const { host, after, firewall } = hostOf(hosts, name);
        const before = nodes.at(-1);
        const node = new Node(
            `${layer}-${name}`,
            {
                ...layerArgs(spec, layer),
                kind: isServer ? "server" : "agent",
                host,
                vms,
                tokens,
                firstServer,
                after: [...after, firewall, ...(before === undefined ? [] : [before.joined])],
            },
            opts,
        );
        return [...nodes, node];
    }, []);
}

/** The balancer of k3s gives the gateway's Service the addresses of the hosts that the gateway runs on. */
function entranceOf(address: string): Entrance {
    return {
        service: { type: "LoadBalancer", annotations: {} },
        address: pulumi.output(address),
        reachable: true,
        identity: nobody,
    };
}

/** Of the relay that alerts go through, or of whoever hears their sign of life. */
function alertSecret(
    secrets: Secrets,
    name: "smtpPassword" | "heartbeatUrl",
): pulumi.Output<string> {
    const given = secrets["alerts"]?.[name];
    if (given !== undefined) return given;
    const key = `steward:secrets.alerts.${name}`;
    throw new pulumi.RunError(
        `${key}: is missing; run \`pulumi config set --secret --path '${key}'\``,
    );
}
