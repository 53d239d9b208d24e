import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { remoteFile } from "../remote-file";
import type { Done, RemoteHost } from "../remote-host";
import { allOf, onHost } from "../remote-host";
import type { VaultSecrets } from "./install-step";
import { installStep } from "./install-step";
import { installUnitFile } from "./install-unit";
import { progressPlugin } from "./progress-plugin";

export interface InstallationArgs extends LayerArgs {
    /** The control machine. */
    readonly host: RemoteHost;
    /** Name of the environment. */
    readonly environment: string;
    readonly secrets: VaultSecrets;
    /** Everything on every host. */
    readonly after: readonly Done[];
}

/** CommCare itself, by commcare-cloud: started by `up` once the hosts are as they should be, and followed to its end. */
export class Installation extends Layer {
    constructor(name: string, args: InstallationArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Installation", name, args, opts);
        const { host, environment, secrets, after } = args;
        const waiting = { parent: this, dependsOn: allOf(after) };
        const files = [
            remoteFile(`${name}-unit`, host, installUnitFile, waiting),
            remoteFile(`${name}-progress`, host, progressPlugin, waiting),
        ];
        onHost(`${name}-run`, host, installStep(environment, secrets), {
            parent: this,
            dependsOn: allOf([...after, ...files]),
        });
        this.registerOutputs();
    }
}
