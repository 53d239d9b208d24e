import { Provider } from "@pulumi/command/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { backupSources } from "../../model/commcare/host-backups";
import type { Machine } from "../../model/commcare/plan";
import type { VmsCommcareSpec } from "../../model/spec";
import type { Secrets } from "../../secrets";
import type { Outputs } from "../../workloads";
import { buildBaseLayers } from "./base-layers";
import { dueMachine } from "./due-hosts";
import { buildHostData } from "./host-data";
import { Identities } from "./identities";
import { Monitoring } from "./monitoring/monitoring";
import { Names } from "./names";

/** Builds what a cluster has on machines that somebody else racked. */
export type BuildHosts = (spec: VmsCommcareSpec, cluster: Cluster, secrets: Secrets) => Outputs;

/** Every host with its layers, each the cluster's own child; nothing of one host waits for another. */
export const vmsHosts: BuildHosts = (spec, cluster, secrets) => {
    const provider = new Provider("command", {}, { parent: cluster });
    const opts = { parent: cluster, providers: [provider] };
    const { plan, commcare } = spec.workload;
    for (const machine of plan.machines) buildHost(spec, machine, secrets, opts);
    const { hosts } = spec.platform.vms;
    const machines = Object.entries(hosts).map(([name, { address }]) => [name, address] as const);
    return {
        site: { url: `https://${commcare.domain}/` },
        addresses: { machines: Object.fromEntries(machines) },
    };
};

function buildHost(
    spec: VmsCommcareSpec,
    machine: Machine,
    secrets: Secrets,
    opts: pulumi.ComponentResourceOptions,
): void {
    const { vms } = spec.platform;
    const { name } = machine;
    const built = buildBaseLayers(spec, dueMachine(spec, machine), secrets, opts);
    const { host, after } = built;
    const on = (layer: string) => ({ ...layerArgs(spec, layer), host, after });
    const { operators } = spec.workload.commcare;
    new Identities(`identity-secrets-${name}`, { ...on("identity-secrets"), operators }, opts);
    const { clusterName, hosts } = { clusterName: spec.name, hosts: vms.hosts };
    new Names(`dns-tls-${name}`, { ...on("dns-tls"), clusterName, hosts }, opts);
    const sources = backupSources(machine, spec.name);
    buildHostData(spec, built, { layer: "data-services", sources }, secrets, opts);
    const { smtpPassword, heartbeatUrl } = secrets["hosts"] ?? {};
    new Monitoring(
        `service-monitoring-${name}`,
        { ...on("service-monitoring"), spec, secrets: { smtpPassword, heartbeatUrl } },
        opts,
    );
}
