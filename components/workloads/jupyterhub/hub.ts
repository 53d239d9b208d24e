import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/randomBytes";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { HubContext } from "./values";
import { hubValues } from "./values";

type Secret = pulumi.Output<string>;

export interface HubArgs extends LayerArgs {
    readonly hub: HubSpec;
    readonly namespace: pulumi.Input<string>;
    /** Release of the official chart, https://hub.jupyter.org/helm-chart/ */
    readonly chartVersion: string;
    /** What the chart is told besides the hub, short of the secrets of this layer. */
    readonly context: Omit<HubContext<Secret>, "proxyToken" | "cookieSecret">;
    /** What the hub's pods need before they start. */
    readonly ready: readonly pulumi.Resource[];
}

/** The hub layer of one hub: the objects of the official chart. */
export class Hub extends Layer {
    readonly chart: helm.Chart;

    constructor(name: string, args: HubArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Hub", name, args, opts);

        const proxyToken = this.#bytes(`${name}-proxy-token`);
        const cookieSecret = this.#bytes(`${name}-cookie-secret`);
        this.chart = new helm.Chart(
            `${name}-chart`,
            {
                name: args.hub.name,
                chart: "jupyterhub",
                version: args.chartVersion,
                repositoryOpts: { repo: "https://hub.jupyter.org/helm-chart/" },
                namespace: args.namespace,
                values: hubValues(args.hub, { ...args.context, proxyToken, cookieSecret }),
            },
            {
                parent: this,
                transforms: [labelChildren(this.owner)],
                dependsOn: [...args.ready],
            },
        );

        this.registerOutputs();
    }

    /** 32 random bytes in hexadecimal, made once. */
    #bytes(name: string): Secret {
        const bytes = new random.RandomBytes(name, { length: 32 }, { parent: this });
        return pulumi.secret(bytes.hex);
    }
}
