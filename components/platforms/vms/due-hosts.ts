import { hostRules, monitoringMachine } from "../../model/commcare/host-rules";
import { machineLayer } from "../../model/commcare/machine-layer";
import type { Machine } from "../../model/commcare/plan";
import { nodesOf } from "../../model/k3s-nodes";
import { k3sRules } from "../../model/k3s-rules";
import type { VmsClusterSpec, VmsCommcareSpec } from "../../model/spec";
import { firewallText } from "./firewall-rules";
import type { PatchingTimes } from "./patching-settings";
import { forwardChain, fromPods } from "./k3s/pod-chains";

/** What is known of a host before it is entered. */
export interface DueHost extends PatchingTimes {
    readonly name: string;
    /** What it runs, for whoever reads its owner file. */
    readonly services: readonly string[];
    /** For nftables. */
    readonly rules: string;
    /** The layer of what watches for intruders, by the workload's book. */
    readonly detection: "intrusion-detection" | "security-abuse";
}

/**
 * Minutes between restarts: a server is back in etcd's count before the next one leaves, since two of three at once are
 * too many; of other hosts most of their kind are up. Nobody looks whether the one before came back.
 */
const apart = { server: 20, other: 5 } as const;

/** The minute at which a host may start again, by its place among its kind; after an hour they begin anew. */
const minuteOf = (name: string, kind: readonly string[], each: number): number =>
    (Math.max(kind.indexOf(name), 0) * each) % 60;

/** Whether a machine waits for the hour of data. */
const keepsData = (machine: Machine) => machineLayer(machine) === "data-services";

/** A machine of CommCare: hosts that keep data and the others do not start again in the same hour. */
export function dueMachine({ workload, platform }: VmsCommcareSpec, machine: Machine): DueHost {
    const { vms } = platform;
    const { name, services } = machine;
    const { reboot, dataHourUtc, otherHourUtc } = vms.patching;
    const watcher = monitoringMachine(workload.plan, vms.monitoring.host);
    const kind = workload.plan.machines
        .filter((each) => keepsData(each) === keepsData(machine))
        .map((each) => each.name)
        .sort();
    return {
        name,
        services,
        rules: firewallText(name, hostRules(workload.plan, watcher)[name] ?? [], vms),
        reboot,
        hourUtc: keepsData(machine) ? dataHourUtc : otherHourUtc,
        minute: minuteOf(name, kind, apart.other),
        detection: "intrusion-detection",
    };
}

/** A node of k3s. */
export function dueNode({ platform: { vms } }: VmsClusterSpec, name: string): DueHost {
    const { servers, agents } = nodesOf(vms);
    const isServer = servers.includes(name);
    const { reboot, dataHourUtc, otherHourUtc } = vms.patching;
    const pods = { input: fromPods(vms.k3s.podCidr), forward: forwardChain };
    return {
        name,
        services: [isServer ? "k3s server" : "k3s agent"],
        rules: firewallText(name, k3sRules(vms)[name] ?? [], vms, pods),
        reboot,
        hourUtc: isServer ? dataHourUtc : otherHourUtc,
        minute: isServer
            ? minuteOf(name, servers, apart.server)
            : minuteOf(name, agents, apart.other),
        detection: "security-abuse",
    };
}
