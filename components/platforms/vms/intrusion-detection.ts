import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { auditCheck, auditCheckPath, auditCheckTimer } from "./detection/audit-check";
import { auditRules, auditRulesPath, loadAuditRules } from "./detection/audit-rules";
import {
    integrityCommand,
    integrityPaths,
    integritySettings,
    integrityTimer,
} from "./detection/file-integrity";
import { remoteFile } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf } from "./remote-host";
import { remotePackages } from "./remote-packages";
import { remoteTimer } from "./remote-timer";
import { sshJail } from "./ssh-jail";

export interface IntrusionDetectionArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly sshPort: number;
    /** Addresses that are never shut out: administrators and the hosts themselves. */
    readonly trusted: readonly string[];
    readonly after: readonly Done[];
}

/**
 * Shuts out whoever guesses at SSH, by a table of its own in nftables; writes down what intruders have to do; and looks
 * each night for files that are not as they were.
 */
export class IntrusionDetection extends Layer {
    constructor(name: string, args: IntrusionDetectionArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:IntrusionDetection", name, args, opts);
        const { host, sshPort, trusted, after } = args;
        const packages = ["fail2ban", "nftables", "python3-systemd"];
        const tool = remotePackages(`${name}-fail2ban`, host, packages, {
            parent: this,
            dependsOn: allOf(after),
        });
        remoteFile(`${name}-jail`, host, sshJail(sshPort, trusted), {
            parent: this,
            dependsOn: allOf([tool]),
        });
        this.#audit(name, host, after);
        this.#files(name, host, after);
        this.registerOutputs();
    }

    #audit(name: string, host: RemoteHost, after: readonly Done[]): void {
        const tool = remotePackages(`${name}-auditd`, host, ["auditd"], {
            parent: this,
            dependsOn: allOf(after),
        });
        const waiting = { parent: this, dependsOn: allOf([tool]) };
        const rules = remoteFile(
            `${name}-audit-rules`,
            host,
            { path: auditRulesPath, content: auditRules, mode: "640", reload: loadAuditRules },
            waiting,
        );
        const check = remoteFile(
            `${name}-audit-check`,
            host,
            { path: auditCheckPath, content: auditCheck, mode: "755" },
            waiting,
        );
        remoteTimer(`${name}-audit-check`, host, auditCheckTimer, {
            parent: this,
            dependsOn: allOf([rules, check]),
        });
    }

    #files(name: string, host: RemoteHost, after: readonly Done[]): void {
        const tool = remotePackages(`${name}-aide`, host, ["aide"], {
            parent: this,
            dependsOn: allOf(after),
        });
        const { settings, command } = integrityPaths;
        const files = [
            ["aide-settings", settings, integritySettings, "600"],
            ["aide-command", command, integrityCommand, "755"],
        ] as const;
        const there = files.map(([noun, path, content, mode]) =>
            remoteFile(
                `${name}-${noun}`,
                host,
                { path, content, mode },
                { parent: this, dependsOn: allOf([tool]) },
            ),
        );
        remoteTimer(`${name}-aide`, host, integrityTimer, {
            parent: this,
            dependsOn: allOf(there),
        });
    }
}
