import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { measuring } from "../monitoring/measuring";
import { textfiles } from "../monitoring/names";
import { patchMeasures } from "../monitoring/patch-measures";
import { unitStates } from "../monitoring/unit-states";
import type { Done, RemoteHost } from "../remote-host";
import { allOf, onHost } from "../remote-host";

export interface HostMonitoringArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly after: readonly Done[];
}

/** Made by the package of the exporter elsewhere; here that runs in a pod, and only reads. */
const folder = {
    bring: `
if [ "$(stat -c '%a %U' ${textfiles} 2>/dev/null)" = '755 root' ]; then echo unchanged; exit; fi
install -d -m 755 ${textfiles}
echo changed`,
    undo: ":",
};

/** The part of the monitoring layer on each host: what it says of itself, for the exporter in the cluster. */
export class HostMonitoring extends Layer {
    constructor(name: string, args: HostMonitoringArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:HostMonitoring", name, args, opts);
        const { host, after } = args;
        const room = onHost(`${name}-folder`, host, folder, {
            parent: this,
            dependsOn: allOf(after),
        });
        const waiting = { parent: this, dependsOn: allOf([room]) };
        for (const each of [patchMeasures, unitStates]) measuring(name, host, each, waiting);
        this.registerOutputs();
    }
}
