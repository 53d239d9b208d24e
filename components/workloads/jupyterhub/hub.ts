import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { randomKey } from "./random-key";
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

/** How a secret is written to the engine; `pulumi.secret` gets lost where a transform returns it. */
const [sealKey, seal] = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"];

const sealed = (value: unknown): unknown =>
    typeof value === "object" && value !== null && sealKey in value
        ? value
        : { [sealKey]: seal, value };

/** What the chart puts into its Secret is a secret to the state as well, whatever rendered it. */
export const sealSecrets: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (type !== "kubernetes:core/v1:Secret") return undefined;
    const given = props as Record<string, unknown>;
    const secrets = ["data", "stringData"]
        .filter((key) => given[key] !== undefined)
        .map((key): [string, unknown] => [key, sealed(given[key])]);
    return { props: { ...given, ...Object.fromEntries(secrets) }, opts };
};

/** The hub layer of one hub: the objects of the official chart. */
export class Hub extends Layer {
    readonly chart: helm.Chart;

    constructor(name: string, args: HubArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Hub", name, args, opts);

        const proxyToken = randomKey(`${name}-proxy-token`, this);
        const cookieSecret = randomKey(`${name}-cookie-secret`, this);
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
                transforms: [labelChildren(this.owner), sealSecrets],
                dependsOn: [...args.ready],
            },
        );

        this.registerOutputs();
    }
}
