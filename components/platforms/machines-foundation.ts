import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../cluster";
import type { CommcareClusterSpec } from "../model/spec";

/** One machine as it stands. */
export interface Host {
    /** In the network of the cluster. */
    readonly address: pulumi.Output<string>;
    /** The platform's own name of it. */
    readonly id: pulumi.Output<string>;
}

/** What a workload that is installed on machines builds on. */
export interface MachinesFoundation {
    /** By the names of the plan. */
    readonly hosts: Readonly<Record<string, Host>>;
    /** What the site's domain has to point at. */
    readonly address: pulumi.Output<string>;
    /** What is worth printing after a deploy. */
    readonly outputs: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/** Builds everything below the workload, as layers of the cluster. */
export type BuildMachines<S = CommcareClusterSpec> = (
    spec: S,
    cluster: Cluster,
) => Promise<MachinesFoundation>;
