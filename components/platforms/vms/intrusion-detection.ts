import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { remoteFile } from "./remote-file";
import type { RemoteHost } from "./remote-host";
import { remotePackages } from "./remote-packages";

export interface IntrusionDetectionArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly sshPort: number;
    /** Addresses that are never shut out: administrators and the hosts themselves. */
    readonly trusted: readonly string[];
    readonly after: readonly pulumi.Resource[];
}

/** Shuts out whoever guesses at SSH; its rules are a table of its own in nftables. */
export class IntrusionDetection extends Layer {
    constructor(name: string, args: IntrusionDetectionArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:IntrusionDetection", name, args, opts);
        const { host, sshPort, trusted, after } = args;
        const packages = ["fail2ban", "nftables", "python3-systemd"];
        const tool = remotePackages(`${name}-fail2ban`, host, packages, {
            parent: this,
            dependsOn: [...after],
        });
        const content = `# Kept by Steward: changes by hand are undone.
[DEFAULT]
banaction = nftables-multiport
banaction_allports = nftables-allports
ignoreip = 127.0.0.0/8 ::1 ${trusted.join(" ")}

[sshd]
enabled = true
backend = systemd
port = ${String(sshPort)}
maxretry = 5
findtime = 10m
bantime = 1h
`;
        remoteFile(
            `${name}-jail`,
            host,
            {
                path: "/etc/fail2ban/jail.d/steward.local",
                content,
                reload: "systemctl --quiet enable fail2ban; systemctl restart fail2ban",
            },
            { parent: this, dependsOn: [tool] },
        );
        this.registerOutputs();
    }
}
