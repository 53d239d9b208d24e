import { Provider } from "@pulumi/command/provider";
import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls/provider";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import { controlAccount } from "../../model/commcare/control-machine";
import { backupSources } from "../../model/commcare/host-backups";
import { monitoringMachine } from "../../model/commcare/host-rules";
import type { Machine } from "../../model/commcare/plan";
import { machinesWith } from "../../model/commcare/plan";
import type { VmsCommcareSpec } from "../../model/spec";
import type { Secrets } from "../../secrets";
import type { Outputs } from "../../workloads";
import { environmentOf } from "../../workloads/commcare/environment/environment";
import { filesOf } from "../../workloads/commcare/environment/files";
import { handOverOf } from "../hand-overs";
import { buildBaseLayers } from "./base-layers";
import { ControlKey } from "./control/control-key";
import { ControlMachine } from "./control/control-machine";
import { Installation } from "./control/installation";
import { dueMachine } from "./due-hosts";
import { addressesOf } from "./firewall-rules";
import { buildHostData } from "./host-data";
import { Identities } from "./identities";
import { Monitoring } from "./monitoring/monitoring";
import { Names } from "./names";
import type { RemoteHost } from "./remote-host";
import { isolationRules } from "./response/isolation";
import { ThreatResponse } from "./response/threat-response";

/** Builds what a cluster has on machines that somebody else racked. */
export type BuildHosts = (spec: VmsCommcareSpec, cluster: Cluster, secrets: Secrets) => Outputs;

/**
 * Every host with its layers, each the cluster's own child; nothing of one host waits for another, but for the install
 * of CommCare where the stack file asks for that.
 */
export const vmsHosts: BuildHosts = (spec, cluster, secrets) => {
    const provider = new Provider("command", {}, { parent: cluster });
    const opts = { parent: cluster, providers: [provider] };
    const { plan, commcare } = spec.workload;
    const keys = new tls.Provider("command-tls", {}, { parent: cluster });
    const key = new ControlKey("identity-secrets-control", layerArgs(spec, "identity-secrets"), {
        parent: cluster,
        providers: [keys],
    });
    const hosts = plan.machines.map((machine) => buildHost(spec, machine, { secrets, key }, opts));
    if (commcare.deploy) installCommcare(spec, hosts, secrets, opts);
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
): RemoteHost {
    const { vms } = spec.platform;
    const { name, services } = machine;
    const built = buildBaseLayers(spec, dueMachine(spec, machine), secrets, opts);
    const { host, after } = built;
    const place = (layer: string) => ({ ...layerArgs(spec, layer), host });
    const on = (layer: string) => ({ ...place(layer), after });
    const { plan, commcare } = spec.workload;
    const here = services.includes("control");
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
        const account = { after: identities.accounts, privateKey };
        const args = { ...layerArgs(spec, "app-services"), host, ...told, ...account };
        new ControlMachine(`app-services-${name}`, args, opts);
    }
    const { clusterName, hosts } = { clusterName: spec.name, hosts: vms.hosts };
    new Names(`dns-tls-${name}`, { ...on("dns-tls"), clusterName, hosts }, opts);
    const sources = backupSources(machine, spec.name);
    buildHostData(spec, built, { layer: "data-services", sources }, secrets, opts);
    const watchers = addressesOf([monitoringMachine(plan, vms.monitoring.host)], hosts);
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
    return host;
}

/** CommCare on the hosts, once everything of every host is there. */
function installCommcare(
    spec: VmsCommcareSpec,
    hosts: readonly RemoteHost[],
    { hosts: own = {} }: Secrets,
    opts: pulumi.ComponentResourceOptions,
): void {
    const [control] = machinesWith(spec.workload.plan, "control");
    const host = hosts.find(({ name }) => name === control?.name);
    const { vaultPassword, vault } = own;
    if (host === undefined || vaultPassword === undefined || vault === undefined) {
        throw new Error("an install without a control machine, or without its vault");
    }
    new Installation(
        `app-services-${host.name}-installation`,
        {
            ...layerArgs(spec, "app-services"),
            host,
            environment: spec.name,
            secrets: { vaultPassword, vault },
            after: hosts.flatMap(({ steps }) => steps),
        },
        opts,
    );
}
