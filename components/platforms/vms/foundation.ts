import { Provider } from "@pulumi/command/provider";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls/provider";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { backupSources } from "../../model/commcare/host-backups";
import { controlAccount } from "../../model/commcare/control-machine";
import type { Machine } from "../../model/commcare/plan";
import { machinesWith } from "../../model/commcare/plan";
import type { VmsCommcareSpec } from "../../model/spec";
import type { Secrets } from "../../secrets";
import type { Outputs } from "../../workloads";
import { environmentOf } from "../../workloads/commcare/environment/environment";
import { filesOf } from "../../workloads/commcare/environment/files";
import { handOverOf } from "../hand-overs";
import { Backups } from "./backups/backups";
import { NoBackups } from "./backups/no-backups";
import { ControlKey } from "./control/control-key";
import { ControlMachine } from "./control/control-machine";
import { addressesOf } from "./firewall-rules";
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
    const keys = new tls.Provider("command-tls", {}, { parent: cluster });
    const key = new ControlKey("identity-secrets-control", layerArgs(spec, "identity-secrets"), {
        parent: cluster,
        providers: [keys],
    });
    for (const machine of plan.machines) buildHost(spec, machine, { secrets, key }, opts);
    return {
        site: { url: `https://${commcare.domain}/` },
        addresses: handOverOf(spec).addresses,
        control: controlEntry(spec),
    };
};

/** How an operator comes to where commcare-cloud is. */
function controlEntry({ platform, workload }: VmsCommcareSpec): string {
    const [control] = machinesWith(workload.plan, "control");
    const { reachedAt, address, port } = platform.vms.hosts[control?.name ?? ""] ?? {};
    const words = port === 22 || port === undefined ? [] : ["-p", String(port)];
    return ["ssh", ...words, `${controlAccount}@${reachedAt ?? address ?? ""}`].join(" ");
}

function buildHost(
    spec: VmsCommcareSpec,
    machine: Machine,
    { secrets, key }: { readonly secrets: Secrets; readonly key: ControlKey },
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
    const { plan, commcare } = spec.workload;
    const here = machine.services.includes("control");
    const [control] = machinesWith(plan, "control");
    const addresses = addressesOf([control?.name ?? ""], vms.hosts);
    const identities = new Identities(
        `identity-secrets-${name}`,
        {
            ...on("identity-secrets"),
            operators: commcare.operators,
            control: { publicKey: key.publicKey, addresses, here },
        },
        opts,
    );
    if (here) {
        const files = filesOf(environmentOf({ spec, ...handOverOf(spec) }));
        const told = { environment: spec.name, files, commit: commcare.commcareCloud };
        const { privateKey } = key;
        const account = { after: [identities.controlAccount], privateKey };
        const args = { ...place("app-services"), ...told, ...account };
        new ControlMachine(`app-services-${name}`, args, opts);
    }
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
