import type { HostRule } from "../../model/commcare/host-rules";
import { hostRules, monitoringMachine } from "../../model/commcare/host-rules";
import type { Machine } from "../../model/commcare/plan";
import { ownerOf } from "../../model/matrix";
import type { VmsCommcareSpec } from "../../model/spec";
import { controlFiles } from "./control/control-files";
import { firewallText } from "./firewall-rules";
import { firewallService, rulesPath } from "./firewall-service";
import { maySudo, operatorKey } from "./operators";
import { hostOwners, ownerFiles } from "./owner-file";
import { patchingSettings, patchingTimes } from "./patching-settings";
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

/** What a machine lets in. */
export function letIn({ workload, platform }: VmsCommcareSpec, machine: string): HostRule[] {
    const { plan } = workload;
    const watcher = monitoringMachine(plan, platform.vms.monitoring.host);
    return hostRules(plan, watcher)[machine] ?? [];
}

/** The same, for nftables. */
export const hostFirewall = (spec: VmsCommcareSpec, machine: string): string =>
    firewallText(machine, letIn(spec, machine), spec.platform.vms);

/** Every file that Steward keeps on a machine, without asking anybody: what `up` would write there. */
export function hostFiles(spec: VmsCommcareSpec, machine: Machine, stack: string): HostFile[] {
    const { vms } = spec.platform;
    const { user = "root", port = 22 } = vms.hosts[machine.name] ?? {};
    const { operators, commcareCloud } = spec.workload.commcare;
    const controls = machine.services.includes("control");
    const { contact = "" } = ownerOf(spec.matrix, "patching") ?? {};
    const byLayer: Record<string, Pick<KeptFile, "path" | "content" | "mode">[]> = {
        "operating-system": [
            ...Object.values(ownerFiles(hostOwners(stack, machine, spec.matrix))),
            sshSettings(user),
            timeSources(vms.timeServers),
        ],
        "identity-secrets": [maySudo(user), ...operators.map(operatorKey)],
        network: [firewallService, { path: rulesPath, content: hostFirewall(spec, machine.name) }],
        patching: [patchingSettings(patchingTimes(machine, vms), contact)],
        "app-services": controls ? Object.values(controlFiles(spec.name, commcareCloud)) : [],
        "intrusion-detection": [sshJail(port, trustedAddresses(vms))],
    };
    return Object.entries(byLayer).flatMap(([layer, files]) =>
        files.map(({ path, content, mode = "644" }) => ({ layer, path, content, mode })),
    );
}
