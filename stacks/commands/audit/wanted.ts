import { ansibleAccount, controlAccount } from "../../../components/model/commcare/control-machine";
import { backupSources } from "../../../components/model/commcare/host-backups";
import { exporterPort, hostRules } from "../../../components/model/commcare/host-rules";
import type { Machine } from "../../../components/model/commcare/plan";
import type { Port } from "../../../components/model/commcare/service";
import { serviceSlugs, services } from "../../../components/model/commcare/services";
import { k3sBackups } from "../../../components/model/k3s-backups";
import { nodesOf } from "../../../components/model/k3s-nodes";
import { k3sPorts } from "../../../components/model/k3s-rules";
import type { OnlyVms, VmsClusterSpec, VmsCommcareSpec } from "../../../components/model/spec";
import { isVmsMachines } from "../../../components/model/spec";
import type { DueHost } from "../../../components/platforms/vms/due-hosts";
import { dueMachine, dueNode } from "../../../components/platforms/vms/due-hosts";
import type { HostFile } from "../../../components/platforms/vms/host-files";
import { kubernetesFiles, machineFiles } from "../../../components/platforms/vms/host-files";
import type { HostUnit } from "../../../components/platforms/vms/host-units";
import { hostUnits } from "../../../components/platforms/vms/host-units";
import { hostsBlock } from "../../../components/platforms/vms/hosts-block";
import { unitOf } from "../../../components/platforms/vms/k3s/settings";
import type { HostOwners } from "../../../components/platforms/vms/owner-file";
import { hostOwners, ownerFiles } from "../../../components/platforms/vms/owner-file";
import type { WantedMetric } from "./wanted-metrics";
import { wantedMetrics } from "./wanted-metrics";

/** What has to be so on one host, by the stack file alone. */
export interface WantedHost {
    readonly name: string;
    /** Whoever comes in. */
    readonly user: string;
    readonly owners: HostOwners;
    readonly ownersText: string;
    readonly files: readonly HostFile[];
    /** The block of /etc/hosts, and whose it is. */
    readonly names: { readonly layer: string; readonly block: string };
    /** For nftables. */
    readonly firewall: string;
    /** Where something may listen for others, as in `tcp 443`. */
    readonly ports: readonly string[];
    readonly operators: readonly string[];
    /** Where the stack file names them. */
    readonly operatorsAt: "steward:commcare.operators" | "steward:vms.operators";
    /** Accounts that are somebody else's, whose keys Steward keeps. */
    readonly keysOnly: readonly string[];
    readonly units: readonly HostUnit[];
    /** Mounts that are filled by somebody else than the operating system, with their layer. */
    readonly dataMounts: Readonly<Record<string, string>>;
    readonly metrics: readonly WantedMetric[];
    /** Absent where no Kubernetes is. */
    readonly k3s?: WantedNode;
}

/** What has to be so of Kubernetes on a host. */
export interface WantedNode {
    readonly layer: "control-plane" | "node-pools";
    readonly version: string;
    /** SHA-256 of the program. */
    readonly binary: string;
    /** Every node of the cluster with its layer; asked of the first server alone. */
    readonly nodes?: Readonly<Record<string, WantedNode["layer"]>>;
}

/** Every host of a stack. */
export const wantedHosts = (spec: OnlyVms, stack: string): WantedHost[] =>
    isVmsMachines(spec)
        ? spec.workload.plan.machines.map((machine) => wantedMachine(spec, machine, stack))
        : Object.keys(spec.platform.vms.hosts).map((name) => wantedNode(spec, name, stack));

function wantedMachine(spec: VmsCommcareSpec, machine: Machine, stack: string): WantedHost {
    const { vms } = spec.platform;
    const everywhere = serviceSlugs.filter((slug) =>
        services[slug].homes.includes("every-machine"),
    );
    return wantedHost(spec, stack, dueMachine(spec, machine), {
        operators: [...spec.workload.commcare.operators.map((each) => each.name), controlAccount],
        operatorsAt: "steward:commcare.operators",
        keysOnly: [ansibleAccount],
        files: machineFiles(spec, machine, stack),
        names: { layer: "dns-tls", block: hostsBlock(spec.name, vms.hosts) },
        // Of a machine's services, whether or not another machine connects to them.
        ports: [
            ...[...machine.services, ...everywhere].flatMap((slug) => services[slug].ports),
            ...(hostRules(spec.workload.plan)[machine.name] ?? []),
            { port: exporterPort, protocol: "tcp" },
        ],
        units: [],
        dataLayer: "data-services",
        copied: backupSources(machine, spec.name).length > 0,
    });
}

function wantedNode(spec: VmsClusterSpec, name: string, stack: string): WantedHost {
    const { vms } = spec.platform;
    const { servers } = nodesOf(vms);
    const layerOf = (node: string) => (servers.includes(node) ? "control-plane" : "node-pools");
    const layer = layerOf(name);
    const unit = `${unitOf(layer === "control-plane" ? "server" : "agent")}.service`;
    const nodes = Object.fromEntries(
        Object.keys(vms.hosts).map((node) => [node, layerOf(node)] as const),
    );
    const { version, checksums } = vms.k3s;
    return wantedHost(spec, stack, dueNode(spec, name), {
        operators: (vms.operators ?? []).map((each) => each.name),
        operatorsAt: "steward:vms.operators",
        keysOnly: [],
        files: kubernetesFiles(spec, name, stack),
        names: { layer: "dns-domain", block: hostsBlock(spec.name, vms.hosts) },
        // kube-proxy says on all addresses whether it is well, and the firewall lets nobody ask.
        ports: [...k3sPorts(name, vms), { port: 10_256, protocol: "tcp" }],
        units: [{ unit, layer }],
        dataLayer: "node-pools",
        copied: k3sBackups(name, vms, spec.workload.jupyterhub.hubs).length > 0,
        k3s: {
            layer,
            version,
            binary: checksums.binary,
            ...(name === servers[0] && { nodes }),
        },
    });
}

/** What is otherwise on hosts of another workload. */
interface OfWorkload extends Pick<
    WantedHost,
    "operators" | "operatorsAt" | "keysOnly" | "files" | "names" | "units" | "k3s"
> {
    readonly ports: readonly Pick<Port, "port" | "protocol">[];
    readonly dataLayer: string;
    /** Whether something lies on it that has to be copied off it. */
    readonly copied: boolean;
}

function wantedHost(
    spec: OnlyVms,
    stack: string,
    due: DueHost,
    { ports, units, dataLayer, copied, ...rest }: OfWorkload,
): WantedHost {
    const { vms } = spec.platform;
    const { user = "root", port: ssh = 22, disks = [] } = vms.hosts[due.name] ?? {};
    const owners = hostOwners(stack, due, spec.matrix);
    const words = ports.map(({ protocol, port }) => {
        return `${protocol} ${String(port === 22 ? ssh : port)}`;
    });
    return {
        ...rest,
        name: due.name,
        user,
        owners,
        ownersText: ownerFiles(owners).owners.content,
        firewall: due.rules,
        ports: [...new Set([`tcp ${String(ssh)}`, ...words])],
        units: [...hostUnits(rest.files, due.detection), ...units],
        dataMounts: Object.fromEntries(disks.map(({ mount }) => [mount, dataLayer])),
        metrics: wantedMetrics(copied && vms.backups !== undefined, due.detection),
    };
}
