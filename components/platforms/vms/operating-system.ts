import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { guarded } from "./guarded";
import type { HostOwners } from "./owner-file";
import { ownerFiles } from "./owner-file";
import { remoteFile } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf } from "./remote-host";
import { remotePackages } from "./remote-packages";
import { sshSettings } from "./ssh-settings";
import { timeSources } from "./time-sources";

export interface OperatingSystemArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly owners: HostOwners;
    readonly timeServers: readonly string[];
    readonly after: readonly Done[];
}

/** What is on a host before any service is: who answers for it, who comes in how, and what time it is. */
export class OperatingSystem extends Layer {
    constructor(name: string, args: OperatingSystemArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:OperatingSystem", name, args, opts);
        const { host, owners, timeServers, after } = args;
        const waiting = { parent: this, dependsOn: allOf(after) };
        for (const [noun, file] of Object.entries(ownerFiles(owners))) {
            remoteFile(`${name}-${noun}`, host, file, waiting);
        }
        guarded(`${name}-ssh`, host, sshSettings(host.user), waiting);
        const clock = remotePackages(`${name}-clock`, host, ["chrony"], waiting);
        remoteFile(`${name}-time-servers`, host, timeSources(timeServers), {
            parent: this,
            dependsOn: allOf([clock]),
        });
        this.registerOutputs();
    }
}
