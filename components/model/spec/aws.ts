import { z } from "zod";
import { backups } from "./aws-backups";
import { detection } from "./aws-detection";
import { dnsSchema } from "./aws-dns";
import { flowLogs, interfaceEndpoints, logDays } from "./aws-network";
import { machinesSchema } from "./aws-machines";
import type { NodesSpec } from "./aws-nodes";
import { nodesSchema, zone } from "./aws-nodes";
import { cidr, says } from "./shared";

const kubernetes = z.strictObject({
    version: z
        .string()
        .regex(/^1\.\d{2}$/, says("is not a version", 'write one such as "1.34", in quotes')),
    nodeRelease: z
        .string()
        .regex(/^v\d{8}$/, says("is not a release", "write one such as v20260110"))
        .optional()
        .describe("Release of the node image; without it the newest at the first deploy is kept"),
    publicAccessCidrs: z
        .array(cidr)
        .default([])
        .describe("Who reaches the Kubernetes API from outside the VPC; empty: nobody"),
    logRetentionDays: logDays.default(90),
});

/** Everything that only an AWS cluster has. */
export const awsSchema = z.strictObject({
    accountId: z
        .string()
        .regex(/^\d{12}$/, says("is not an account", "write its 12 digits, in quotes"))
        .describe("The account to deploy to: the provider refuses any other"),
    network: z.strictObject({
        cidr: cidr.describe("The range of the VPC, /16 to /20"),
        zones: z.array(zone).min(2).max(3).describe("Two or three availability zones"),
        natGateways: z.enum(["per-zone", "single"]).default("per-zone"),
        interfaceEndpoints,
        flowLogs,
    }),
    kubernetes: kubernetes.optional().describe("Of JupyterHub's clusters, which need it"),
    nodes: nodesSchema.optional().describe("Of JupyterHub's clusters, which need them"),
    machines: machinesSchema,
    dns: dnsSchema,
    detection,
    backups,
});

export type AwsInput = z.infer<typeof awsSchema>;

/** The section of a cluster that runs on machines of its own. */
export type AwsMachinesSpec = Omit<AwsInput, "kubernetes" | "nodes">;

/** The section of a cluster that runs on Kubernetes. */
export type AwsSpec = AwsMachinesSpec & {
    readonly kubernetes: z.infer<typeof kubernetes>;
    readonly nodes: NodesSpec;
};

/** The section as a Kubernetes cluster has it; undefined where it lacks what Kubernetes needs. */
export function withKubernetes(aws: AwsInput | undefined): AwsSpec | undefined {
    if (aws?.kubernetes === undefined || aws.nodes === undefined) return undefined;
    return { ...aws, kubernetes: aws.kubernetes, nodes: aws.nodes };
}
