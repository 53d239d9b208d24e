import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { remoteFile } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf } from "./remote-host";
import { remotePackages } from "./remote-packages";
import { sshJail } from "./ssh-jail";

export interface IntrusionDetectionArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly sshPort: number;
    /** Addresses that are never shut out: administrators and the hosts themselves. */
    readonly trusted: readonly string[];
    readonly after: readonly Done[];
}

/** Shuts out whoever guesses at SSH; its rules are a table of its own in nftables. */
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
        this.registerOutputs();
    }
}
