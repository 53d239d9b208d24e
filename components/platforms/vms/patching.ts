import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { PatchingTimes } from "./patching-settings";
import { patchingSettings, upgradesInUtc } from "./patching-settings";
import { remoteFile } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf } from "./remote-host";
import { remotePackages } from "./remote-packages";

export interface PatchingArgs extends LayerArgs, PatchingTimes {
    readonly host: RemoteHost;
    readonly after: readonly Done[];
}

/**
 * Security fixes, each day and by themselves; other updates are for whoever answers for the services.
 *
 * @see https://wiki.debian.org/UnattendedUpgrades
 */
export class Patching extends Layer {
    constructor(name: string, args: PatchingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Patching", name, args, opts);
        const { host, after, owner } = args;
        const tool = remotePackages(`${name}-upgrades`, host, ["unattended-upgrades"], {
            parent: this,
            dependsOn: allOf(after),
        });
        const clock = remoteFile(`${name}-utc`, host, upgradesInUtc, {
            parent: this,
            dependsOn: allOf(after),
        });
        remoteFile(`${name}-settings`, host, patchingSettings(args, owner.contact), {
            parent: this,
            dependsOn: allOf([tool, clock]),
        });
        this.registerOutputs();
    }
}
