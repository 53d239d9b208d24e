import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { monitoringMachine } from "../../../model/commcare/host-rules";
import type { VmsCommcareSpec } from "../../../model/spec";
import type { Done, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import type { WatchSecrets } from "./alert-mail";
import { alertMail } from "./alert-mail";
import { exporter } from "./exporter";
import { watch } from "./watch";

export interface MonitoringArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly spec: VmsCommcareSpec;
    readonly secrets: WatchSecrets;
    readonly after: readonly Done[];
}

/** Each host is measured; one of them asks all others, and tells whoever answers for what is wrong. */
export class Monitoring extends Layer {
    constructor(name: string, args: MonitoringArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Monitoring", name, args, opts);
        const { host, spec, secrets, after } = args;
        const { vms } = spec.platform;
        const watcher = monitoringMachine(spec.workload.plan, vms.monitoring.host);
        const { address, address6 } = vms.hosts[watcher] ?? {};
        const watchers = [address, address6].filter((each) => each !== undefined);
        const waiting = { parent: this, dependsOn: allOf(after) };
        const measured = exporter(name, host, watchers, waiting);
        if (host.name === watcher) {
            const routes = alertMail(spec, this.owner, secrets);
            watch(name, host, spec, routes, { parent: this, dependsOn: allOf([measured]) });
        }
        this.registerOutputs();
    }
}
