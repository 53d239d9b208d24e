import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../../in-turn";
import { labelChildren } from "../../../label-children";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { ClusterSpec } from "../../../model/spec";
import type { MonitoringFoundation } from "../../../platforms/monitoring-foundation";
import { sealSecrets } from "../../../seal-secrets";
import { logValues } from "./chart-values";
import { logCollection } from "./log-collection";
import { monitoringNames } from "./names";

export interface LogsArgs extends LayerArgs {
    readonly spec: ClusterSpec;
    readonly logs: NonNullable<MonitoringFoundation["logs"]>;
    /** The namespace of what runs on every node. */
    readonly agents: pulumi.Input<string>;
    /** What must stand before a pod can run. */
    readonly ready: readonly pulumi.Resource[];
}

/** The part of the monitoring layer that carries logs away from each node: Fluent Bit. */
export class Logs extends Layer {
    constructor(name: string, args: LogsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Logs", name, args, opts);
        const { spec, logs, agents } = args;

        const config = new core.ConfigMap(
            `${name}-logs-config`,
            {
                metadata: this.metadata(monitoringNames.configs.logs, agents),
                data: {
                    "fluent-bit.yaml": JSON.stringify(logCollection(spec, logs), undefined, 2),
                },
            },
            { parent: this },
        );
        new helm.Chart(
            `${name}-logs`,
            {
                name: "fluent-bit",
                chart: "fluent-bit",
                version: spec.workload.jupyterhub.monitoring.logsChartVersion,
                repositoryOpts: { repo: "https://fluent.github.io/helm-charts" },
                namespace: agents,
                values: logValues(),
            },
            {
                parent: this,
                transforms: [inTurn(labelChildren(this.owner), sealSecrets)],
                dependsOn: [config, ...args.ready],
            },
        );
        this.registerOutputs();
    }
}
