import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster";
import type { ClusterSpec, CommcareClusterSpec } from "../model/spec";
import type { Foundation } from "../platforms/foundation";
import type { MachinesFoundation } from "../platforms/machines-foundation";
import type { Secrets } from "../secrets";
import type * as commcare from "./commcare/workload";
import type * as jupyterhub from "./jupyterhub/workload";

/** What is worth printing after a deploy. */
export type Outputs = Readonly<Record<string, pulumi.Input<unknown>>>;

/** Builds the workload on its foundation, as layers of the cluster; returns what is worth printing. */
export type BuildWorkload = (
    spec: ClusterSpec,
    cluster: Cluster,
    foundation: Foundation,
    secrets: Secrets,
) => Outputs;

/** What a workload makes of machines: commcare-cloud installs it, so there is nothing of it to build. */
export type BuildOnMachines = (
    spec: CommcareClusterSpec,
    foundation: MachinesFoundation,
) => Outputs;

/** Each workload is loaded only when a stack asks for it. */
export const workloads = {
    jupyterhub: () => (require("./jupyterhub/workload") as typeof jupyterhub).jupyterhubWorkload,
    commcare: () => (require("./commcare/workload") as typeof commcare).commcareWorkload,
} satisfies Record<string, () => BuildWorkload | BuildOnMachines>;
