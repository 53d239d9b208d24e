import { Provider } from "@pulumi/command/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { hostRules, monitoringMachine } from "../../model/commcare/host-rules";
import { machineLayer } from "../../model/commcare/machine-layer";
import type { Machine } from "../../model/commcare/plan";
import type { VmsCommcareSpec } from "../../model/spec";
import type { VmSpec } from "../../model/spec/vms";
import type { Secrets } from "../../secrets";
import type { Outputs } from "../../workloads";
import { firewallText } from "./firewall-rules";
import { Hosting } from "./hosting";
import { Identities } from "./identities";
import { IntrusionDetection } from "./intrusion-detection";
import { Monitoring } from "./monitoring/monitoring";
import { Names } from "./names";
import { Network } from "./network";
import { OperatingSystem } from "./operating-system";
import { hostOwners } from "./owner-file";
import { Patching } from "./patching";
import { remoteHost } from "./remote-host";
import { isolationRules } from "./response/isolation";
import { ThreatResponse } from "./response/threat-response";

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
    const host = remoteHost(name, vms, secrets["hosts"]?.["privateKey"]);
    const place = (layer: string) => ({ ...layerArgs(spec, layer), host });

    const hosting = new Hosting(
        `hosting-${name}`,
        { ...place("hosting"), systems: vms.systems },
        opts,
    );
    const after = [hosting.entered];
    const on = (layer: string) => ({ ...place(layer), after });

    new OperatingSystem(
        `operating-system-${name}`,
        {
            ...on("operating-system"),
            owners: hostOwners(pulumi.getStack(), machine, spec.matrix),
            timeServers: vms.timeServers,
        },
        opts,
    );
    const { operators } = spec.workload.commcare;
    new Identities(`identity-secrets-${name}`, { ...on("identity-secrets"), operators }, opts);
    const { clusterName, hosts } = { clusterName: spec.name, hosts: vms.hosts };
    new Names(`dns-tls-${name}`, { ...on("dns-tls"), clusterName, hosts }, opts);
    const { plan } = spec.workload;
    const watcher = monitoringMachine(plan, vms.monitoring.host);
    const rules = firewallText(name, hostRules(plan, watcher)[name] ?? [], vms);
    new Network(`network-${name}`, { ...on("network"), rules }, opts);
    const { reboot, dataHourUtc, otherHourUtc } = vms.patching;
    const keepsData = machineLayer(machine) === "data-services";
    const hourUtc = keepsData ? dataHourUtc : otherHourUtc;
    new Patching(`patching-${name}`, { ...on("patching"), reboot, hourUtc }, opts);
    new IntrusionDetection(
        `intrusion-detection-${name}`,
        {
            ...on("intrusion-detection"),
            sshPort: hosts[name]?.port ?? 22,
            trusted: [...vms.administrators, ...addressesOf(vms.hosts)],
        },
        opts,
    );
    const watchers = addressesOf({ [watcher]: hosts[watcher] });
    const isolated = isolationRules(hosts[name]?.port ?? 22, vms, watchers);
    new ThreatResponse(
        `threat-response-${name}`,
        { ...on("threat-response"), rules: isolated },
        opts,
    );
    const { smtpPassword, heartbeatUrl } = secrets["hosts"] ?? {};
    new Monitoring(
        `service-monitoring-${name}`,
        { ...on("service-monitoring"), spec, secrets: { smtpPassword, heartbeatUrl } },
        opts,
    );
}

function addressesOf(hosts: Readonly<Record<string, VmSpec | undefined>>): string[] {
    const all = Object.values(hosts).flatMap((host) => [host?.address, host?.address6]);
    return all.filter((each) => each !== undefined);
}
