import { Provider } from "@pulumi/command/provider";
import * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { backupSources } from "../../model/commcare/host-backups";
import type { Machine } from "../../model/commcare/plan";
import type { VmsCommcareSpec } from "../../model/spec";
import type { Secrets } from "../../secrets";
import type { Outputs } from "../../workloads";
import { Backups } from "./backups/backups";
import { NoBackups } from "./backups/no-backups";
import { hostFirewall } from "./host-files";
import { Hosting } from "./hosting";
import { Identities } from "./identities";
import { IntrusionDetection } from "./intrusion-detection";
import { Names } from "./names";
import { Network } from "./network";
import { OperatingSystem } from "./operating-system";
import { hostOwners } from "./owner-file";
import { Patching } from "./patching";
import { patchingTimes } from "./patching-settings";
import { remoteHost } from "./remote-host";
import { trustedAddresses } from "./ssh-jail";

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
    const rules = hostFirewall(spec, name);
    new Network(`network-${name}`, { ...on("network"), rules }, opts);
    const sources = backupSources(machine, spec.name);
    const copies = `backups-${name}`;
    if (sources.length > 0 && vms.backups === undefined) {
        new NoBackups(copies, layerArgs(spec, "backups"), opts);
    } else if (sources.length > 0 && vms.backups !== undefined) {
        const told = { clusterName: spec.name, sources, backups: vms.backups };
        new Backups(copies, { ...on("backups"), ...told, secrets: secrets["hosts"] ?? {} }, opts);
    }
    const times = patchingTimes(machine, vms);
    new Patching(`patching-${name}`, { ...on("patching"), ...times }, opts);
    new IntrusionDetection(
        `intrusion-detection-${name}`,
        {
            ...on("intrusion-detection"),
            sshPort: hosts[name]?.port ?? 22,
            trusted: trustedAddresses(vms),
        },
        opts,
    );
}
