import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../../layer-args";
import type { ClusterSpec } from "../../../model/spec";
import type { Foundation } from "../../../platforms/foundation";
import { Grafana } from "./grafana";
import { Logs } from "./logs";
import type { WatchedHub } from "./measurements";
import { Measurements } from "./measurements";
import { MonitoringSecurity } from "./security";

/** What is watched besides nodes and the monitoring itself. */
export interface Watched {
    readonly gateway: pulumi.Input<string>;
    readonly certificates: pulumi.Input<string>;
    readonly hubs: readonly WatchedHub[];
}

/** All parts of the monitoring, and the policies around them. */
export function watch(
    spec: ClusterSpec,
    { monitoring: platform, inside, ready }: Foundation,
    { gateway, certificates, hubs }: Watched,
    opts: pulumi.ComponentResourceOptions,
): void {
    const owned = layerArgs(spec, "monitoring-alerts");
    const name = "monitoring-alerts";
    const { namespace, agents } = new Measurements(
        name,
        { ...owned, spec, platform, gateway, hubs, ready },
        opts,
    );
    const { grafanaChartVersion: chartVersion } = spec.workload.jupyterhub.monitoring;
    new Grafana(name, { ...owned, namespace, chartVersion, ready }, opts);
    const { logs } = platform;
    if (logs !== undefined) {
        new Logs(
            name,
            { ...owned, spec, logs, agents, ready: [...platform.ready, ...ready] },
            opts,
        );
    }
    new MonitoringSecurity(
        "security-abuse",
        {
            ...layerArgs(spec, "security-abuse"),
            monitoring: namespace,
            agents,
            gateway,
            certificates,
            hubs: hubs.map(({ hub, namespace, homes }) => ({ hub, namespace, homes })),
            inside,
            identityEgress: platform.identity.egress,
            collects: logs !== undefined,
        },
        opts,
    );
}
