import { z } from "zod";
import { backups } from "./aws-backups";
import { detection } from "./aws-detection";
import { dnsSchema } from "./aws-dns";
import { flowLogs, interfaceEndpoints, logDays } from "./aws-network";
import type { MachinesSpec } from "./aws-machines";
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
    kubernetes: kubernetes.optional().describe("Of a JupyterHub cluster"),
    nodes: nodesSchema.optional().describe("Of a JupyterHub cluster"),
    machines: machinesSchema.optional().describe("Of a CommCare cluster"),
    dns: dnsSchema,
    detection,
    backups,
});

export type AwsSection = z.infer<typeof awsSchema>;

/** What every cluster on AWS has. */
export type AwsGround = Omit<AwsSection, "kubernetes" | "nodes" | "machines">;

/** AWS below hubs: EKS and its nodes. */
export interface AwsSpec extends AwsGround {
    readonly kubernetes: z.infer<typeof kubernetes>;
    readonly nodes: NodesSpec;
}

/** AWS below machines. */
export interface AwsMachinesSpec extends AwsGround {
    readonly machines: MachinesSpec;
}
