import { ownerOf } from "../../model/matrix";
import type { OnlyVms } from "../../model/spec";
import type { DueHost } from "./due-hosts";
import { firewallService, rulesPath } from "./firewall-service";
import type { Operator } from "./operators";
import { operatorKey, operatorsMaySudo } from "./operators";
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

/**
 * Files that Steward keeps on a host whatever it is for, and those of its operators: what `up` would write there,
 * without asking anybody. What other layers write is noted on the host itself; see `noted`.
 */
export function hostFiles(
    spec: OnlyVms,
    host: DueHost,
    operators: readonly Operator[],
    stack: string,
): HostFile[] {
    const { vms } = spec.platform;
    const { user = "root", port = 22 } = vms.hosts[host.name] ?? {};
    const { contact = "" } = ownerOf(spec.matrix, "patching") ?? {};
    const times = { reboot: vms.patching.reboot, hourUtc: host.hourUtc };
    const byLayer: Record<string, Pick<KeptFile, "path" | "content" | "mode">[]> = {
        "operating-system": [
            ...Object.values(ownerFiles(hostOwners(stack, host, spec.matrix))),
            sshSettings(user),
            timeSources(vms.timeServers),
        ],
        "identity-secrets":
            operators.length === 0 ? [] : [operatorsMaySudo, ...operators.map(operatorKey)],
        network: [firewallService, { path: rulesPath, content: host.rules }],
        patching: [patchingSettings(times, contact)],
        [host.detection]: [sshJail(port, trustedAddresses(vms))],
    };
    return Object.entries(byLayer).flatMap(([layer, files]) =>
        files.map(({ path, content, mode = "644" }) => ({ layer, path, content, mode })),
    );
}
