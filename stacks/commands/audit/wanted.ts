import { ansibleAccount, controlAccount } from "../../../components/model/commcare/control-machine";
import type { Machine } from "../../../components/model/commcare/plan";
import { serviceSlugs, services } from "../../../components/model/commcare/services";
import type { VmsCommcareSpec } from "../../../components/model/spec";
import type { HostFile } from "../../../components/platforms/vms/host-files";
import { hostFirewall, hostFiles, letIn } from "../../../components/platforms/vms/host-files";
import type { HostUnit } from "../../../components/platforms/vms/host-units";
import { hostUnits } from "../../../components/platforms/vms/host-units";
import { hostsBlock } from "../../../components/platforms/vms/hosts-block";
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
    /** The block of /etc/hosts. */
    readonly names: string;
    /** For nftables. */
    readonly firewall: string;
    /** Where something may listen for others, as in `tcp 443`. */
    readonly ports: readonly string[];
    readonly operators: readonly string[];
    /** Accounts that are somebody else's, whose keys Steward keeps. */
    readonly keysOnly: readonly string[];
    readonly units: readonly HostUnit[];
    /** Mounts that are filled by somebody else than the operating system, with their layer. */
    readonly dataMounts: Readonly<Record<string, string>>;
    readonly metrics: readonly WantedMetric[];
}

/** Every host of a stack. */
export function wantedHosts(spec: VmsCommcareSpec, stack: string): WantedHost[] {
    return spec.workload.plan.machines.map((machine) => wantedHost(spec, machine, stack));
}

function wantedHost(spec: VmsCommcareSpec, machine: Machine, stack: string): WantedHost {
    const { name } = machine;
    const { hosts } = spec.platform.vms;
    const owners = hostOwners(stack, machine, spec.matrix);
    const files = hostFiles(spec, machine, stack);
    return {
        name,
        user: hosts[name]?.user ?? "root",
        owners,
        ownersText: ownerFiles(owners).owners.content,
        files,
        names: hostsBlock(spec.name, hosts),
        firewall: hostFirewall(spec, name),
        ports: listeningPorts(spec, machine),
        operators: [...spec.workload.commcare.operators.map((each) => each.name), controlAccount],
        keysOnly: [ansibleAccount],
        units: hostUnits(files),
        dataMounts: {},
        metrics: wantedMetrics,
    };
}

/**
 * The ports of a machine's services, whether or not another machine connects to them, and of what the firewall lets
 * in besides.
 */
function listeningPorts(spec: VmsCommcareSpec, machine: Machine): string[] {
    const { port: ssh = 22 } = spec.platform.vms.hosts[machine.name] ?? {};
    const everywhere = serviceSlugs.filter((slug) =>
        services[slug].homes.includes("every-machine"),
    );
    const all = [
        ...[...machine.services, ...everywhere].flatMap((slug) => services[slug].ports),
        ...letIn(spec, machine.name),
    ];
    const words = all.map(({ protocol, port }) => {
        return `${protocol} ${String(port === 22 ? ssh : port)}`;
    });
    return [...new Set([`tcp ${String(ssh)}`, ...words])];
}
