import type { Machine } from "../../model/commcare/plan";
import { ownerOf } from "../../model/matrix";
import type { OnlyVms, VmsCommcareSpec } from "../../model/spec";
import { controlFiles } from "./control/control-files";
import { installUnitFile } from "./control/install-unit";
import { progressPlugin } from "./control/progress-plugin";
import type { DueHost } from "./due-hosts";
import { dueMachine } from "./due-hosts";
import { firewallService, rulesPath } from "./firewall-service";
import { maySudo, operatorKey } from "./operators";
import { hostOwners, ownerFiles } from "./owner-file";
import { patchingSettings } from "./patching-settings";
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
        network: [firewallService, { path: rulesPath, content: host.rules }],
        patching: [patchingSettings(host, contact)],
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
