import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster";
import type { ClusterSpec } from "../model/spec";
import type { Foundation } from "../platforms/foundation";
import type * as jupyterhub from "./jupyterhub/workload";

/** Secrets of the stack file, by hub: `{ prod: { oauthClientSecret: "…" } }`. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>>;

/** Builds the workload on its foundation, as layers of the cluster; returns what is worth printing. */
export type BuildWorkload = (
    spec: ClusterSpec,
    cluster: Cluster,
    foundation: Foundation,
    secrets: Secrets,
) => Readonly<Record<string, pulumi.Input<unknown>>>;

/** Each workload is loaded only when a stack asks for it. */
export const workloads = {
    jupyterhub: () => (require("./jupyterhub/workload") as typeof jupyterhub).jupyterhubWorkload,
} satisfies Record<string, () => BuildWorkload>;
