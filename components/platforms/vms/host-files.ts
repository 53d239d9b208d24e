import type { Machine } from "../../model/commcare/plan";
import { ownerOf } from "../../model/matrix";
import { nodesOf } from "../../model/k3s-nodes";
import type { OnlyVms, VmsClusterSpec, VmsCommcareSpec } from "../../model/spec";
import { controlFiles } from "./control/control-files";
import { installUnitFile } from "./control/install-unit";
import { progressPlugin } from "./control/progress-plugin";
import type { DueHost } from "./due-hosts";
import { dueMachine, dueNode } from "./due-hosts";
import { firewallService, rulesPath, standingFirewall } from "./firewall-service";
import { kernelFile, nodeFiles } from "./k3s/settings";
import { maySudo, operatorKey } from "./operators";
import { hostOwners, ownerFiles } from "./owner-file";
import { patchingSettings, upgradesInUtc } from "./patching-settings";
import type { KeptFile } from "./remote-file";
import { sshJail, trustedAddresses } from "./ssh-jail";
import { sshSettings } from "./ssh-settings";
import { timeSources } from "./time-sources";

/** A file that is Steward's alone, with the layer that it is part of. */
export interface HostFile {
    readonly layer: string;
    readonly path: string;
    readonly content: string;
    /** Octal. */
    readonly mode: string;
}

type ByLayer = Readonly<Record<string, readonly Pick<KeptFile, "path" | "content" | "mode">[]>>;

const placed = (byLayer: ByLayer): HostFile[] =>
    Object.entries(byLayer).flatMap(([layer, files]) =>
        files.map(({ path, content, mode = "644" }) => ({ layer, path, content, mode })),
    );

const userOf = ({ platform }: OnlyVms, name: string): string =>
    platform.vms.hosts[name]?.user ?? "root";

/**
 * Files that Steward keeps on a host whatever it is for: what `up` would write there, without asking anybody. What other
 * layers write is noted on the host itself; see `noted`.
 */
export function hostFiles(spec: OnlyVms, host: DueHost, stack: string): HostFile[] {
    const { vms } = spec.platform;
    const { contact = "" } = ownerOf(spec.matrix, "patching") ?? {};
    return placed({
        "operating-system": [
            ...Object.values(ownerFiles(hostOwners(stack, host, spec.matrix))),
            sshSettings(userOf(spec, host.name)),
            timeSources(vms.timeServers),
        ],
        network: [firewallService, standingFirewall, { path: rulesPath, content: host.rules }],
        patching: [patchingSettings(host, contact), upgradesInUtc],
        [host.detection]: [sshJail(vms.hosts[host.name]?.port ?? 22, trustedAddresses(vms))],
    });
}

/** The same of a machine of CommCare, with its operators' files and the control machine's. */
export function machineFiles(spec: VmsCommcareSpec, machine: Machine, stack: string): HostFile[] {
    const { operators, commcareCloud, deploy } = spec.workload.commcare;
    const controls = machine.services.includes("control");
    return [
        ...hostFiles(spec, dueMachine(spec, machine), stack),
        ...placed({
            "identity-secrets": [
                maySudo(userOf(spec, machine.name)),
                ...operators.map(operatorKey),
            ],
            "app-services": controls
                ? [
                      ...Object.values(controlFiles(spec.name, commcareCloud)),
                      ...(deploy ? [installUnitFile, progressPlugin] : []),
                  ]
                : [],
        }),
    ];
}

/** The same of a node of k3s, with its operators' files and its settings. */
export function kubernetesFiles(spec: VmsClusterSpec, name: string, stack: string): HostFile[] {
    const { vms } = spec.platform;
    const { operators = [] } = vms;
    const isServer = nodesOf(vms).servers.includes(name);
    const settings = nodeFiles(name, isServer ? "server" : "agent", vms);
    return [
        ...hostFiles(spec, dueNode(spec, name), stack),
        ...placed({
            "operating-system":
                operators.length === 0
                    ? []
                    : [maySudo(userOf(spec, name)), ...operators.map(operatorKey)],
            [isServer ? "control-plane" : "node-pools"]: [...Object.values(settings), kernelFile],
        }),
    ];
}
