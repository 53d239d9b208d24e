import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../in-turn";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { sealSecrets } from "../../seal-secrets";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { randomKey } from "../../random-key";
import type { BinderAccess } from "./builds/hub-access";
import type { HubContext } from "./values";
import { hubValues } from "./values";

type Secret = pulumi.Output<string>;

export interface HubArgs extends LayerArgs {
    readonly hub: HubSpec;
    readonly namespace: pulumi.Input<string>;
    /** Release of the official chart, https://hub.jupyter.org/helm-chart/ */
    readonly chartVersion: string;
    /** What the chart is told besides the hub, short of the secrets of this layer. */
    readonly context: Omit<
        HubContext<Secret>,
        "proxyToken" | "cookieSecret" | "metricsKey" | "dask" | "binder"
    >;
    /** What all images that its users have built begin with, where they do. */
    readonly builtImages: BinderAccess<Secret>["imagePrefix"] | undefined;
    /** What the hub's pods need before they start. */
    readonly ready: readonly pulumi.Resource[];
}

/** The hub layer of one hub: the objects of the official chart. */
export class Hub extends Layer {
    readonly chart: helm.Chart;
    /** Secret: what the hub asks of whoever wants its measurements. */
    readonly metricsKey: Secret;

    constructor(name: string, args: HubArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Hub", name, args, opts);

        const proxyToken = randomKey(`${name}-proxy-token`, this);
        const cookieSecret = randomKey(`${name}-cookie-secret`, this);
        this.metricsKey = randomKey(`${name}-metrics-key`, this);
        const dask = args.hub.daskGateway && { token: randomKey(`${name}-dask-token`, this) };
        const binder =
            args.builtImages === undefined
                ? undefined
                : {
                      token: randomKey(`${name}-binder-token`, this),
                      imagePrefix: args.builtImages,
                  };
        this.chart = new helm.Chart(
            `${name}-chart`,
            {
                name: args.hub.name,
                chart: "jupyterhub",
                version: args.chartVersion,
                repositoryOpts: { repo: "https://hub.jupyter.org/helm-chart/" },
                namespace: args.namespace,
                values: hubValues(args.hub, {
                    ...args.context,
                    proxyToken,
                    cookieSecret,
                    metricsKey: this.metricsKey,
                    dask,
                    binder,
                }),
            },
            {
                parent: this,
                transforms: [inTurn(labelChildren(this.owner), sealSecrets)],
                dependsOn: [...args.ready],
            },
        );

        this.registerOutputs();
    }
}
