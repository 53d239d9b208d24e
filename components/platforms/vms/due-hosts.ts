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

/** A machine of CommCare: hosts that keep data and the others do not start again in the same hour. */
export function dueMachine({ workload, platform }: VmsCommcareSpec, machine: Machine): DueHost {
    const { vms } = platform;
    const { name, services } = machine;
    const { reboot, dataHourUtc, otherHourUtc } = vms.patching;
    const watcher = monitoringMachine(workload.plan, vms.monitoring.host);
    return {
        name,
        services,
        rules: firewallText(name, hostRules(workload.plan, watcher)[name] ?? [], vms),
        reboot,
        hourUtc: machineLayer(machine) === "data-services" ? dataHourUtc : otherHourUtc,
        detection: "intrusion-detection",
    };
}

/** A node of k3s. */
export function dueNode({ platform: { vms } }: VmsClusterSpec, name: string): DueHost {
    const isServer = nodesOf(vms).servers.includes(name);
    const { reboot, dataHourUtc, otherHourUtc } = vms.patching;
    const pods = { input: fromPods(vms.k3s.podCidr), forward: forwardChain };
    return {
        name,
        services: [isServer ? "k3s server" : "k3s agent"],
        rules: firewallText(name, k3sRules(vms)[name] ?? [], vms, pods),
        reboot,
        hourUtc: isServer ? dataHourUtc : otherHourUtc,
        detection: "security-abuse",
    };
}
