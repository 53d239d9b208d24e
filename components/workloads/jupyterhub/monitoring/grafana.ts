import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../../in-turn";
import { labelChildren } from "../../../label-children";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { randomKey } from "../../../random-key";
import { sealSecrets } from "../../../seal-secrets";
import { grafanaValues } from "./chart-values";
import { dashboardFiles } from "./dashboards";
import { monitoringNames } from "./names";

export interface GrafanaArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    /** Release of https://github.com/grafana-community/helm-charts */
    readonly chartVersion: string;
    /** What must stand before a pod can run. */
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The part of the monitoring layer that shows: Grafana with our dashboards, mounted and not looked for, so that it
 * may ask nothing of Kubernetes. It has no way in from outside: `kubectl port-forward`, and a password.
 */
export class Grafana extends Layer {
    constructor(name: string, args: GrafanaArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Grafana", name, args, opts);
        const { namespace } = args;

        const admin = new core.Secret(
            `${name}-grafana-admin`,
            {
                metadata: this.metadata(monitoringNames.grafanaAdmin, namespace),
                type: "Opaque",
                stringData: {
                    "admin-user": "admin",
                    "admin-password": randomKey(`${name}-grafana-password`, this),
                },
            },
            { parent: this },
        );
        const shown = new core.ConfigMap(
            `${name}-dashboards`,
            {
                metadata: this.metadata(monitoringNames.configs.dashboards, namespace),
                data: dashboardFiles(),
            },
            { parent: this },
        );
        new helm.Chart(
            `${name}-grafana`,
            {
                name: "grafana",
                chart: "grafana",
                version: args.chartVersion,
                repositoryOpts: { repo: "https://grafana-community.github.io/helm-charts" },
                namespace,
                values: grafanaValues(),
            },
            {
                parent: this,
                transforms: [inTurn(labelChildren(this.owner), sealSecrets)],
                dependsOn: [admin, shown, ...args.ready],
            },
        );
        this.registerOutputs();
    }
}
