import { z } from "zod";
import { backups } from "./aws-backups";
import { detection } from "./aws-detection";
import { flowLogs, interfaceEndpoints, logDays } from "./aws-network";
import { cidr, says, wholeNumber } from "./shared";

const instanceType = z
    .string()
    .regex(
        /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
        says("is not an instance type", "write one such as r5.xlarge"),
    );

const zone = z
    .string()
    .regex(
        /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/,
        says("is not an availability zone", "write one such as us-east-2a"),
    );

/** gp3: 1 to 65,536 GiB, 3,000 to 80,000 IOPS, 125 to 2,000 MiB/s. */
const volume = {
    volumeGiB: wholeNumber(20, 65_536, "GiB").describe("Root disk, GiB"),
    iops: wholeNumber(3_000, 80_000, "operations per second").optional(),
    throughputMiBps: wholeNumber(125, 2_000, "MiB per second").optional(),
};

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
    kubernetes: z.strictObject({
        version: z
            .string()
            .regex(/^1\.\d{2}$/, says("is not a version", 'write one such as "1.34", in quotes')),
        nodeRelease: z
            .string()
            .regex(/^v\d{8}$/, says("is not a release", "write one such as v20260110"))
            .optional()
            .describe(
                "Release of the node image; without it the newest at the first deploy is kept",
            ),
        publicAccessCidrs: z
            .array(cidr)
            .default([])
            .describe("Who reaches the Kubernetes API from outside the VPC; empty: nobody"),
        logRetentionDays: logDays.default(90),
    }),
    nodes: z.strictObject({
        core: z.strictObject({
            instanceType,
            zone: zone.describe("Where the hubs' disks lie"),
            min: wholeNumber(1, 20, "nodes").default(1),
            max: wholeNumber(1, 20, "nodes").default(3),
            ...volume,
        }),
        user: z.strictObject({
            instanceTypes: z.array(instanceType).min(1),
            zones: z.array(zone).min(1).describe("One node group per type and zone"),
            max: wholeNumber(1, 450, "nodes").describe(
                "Per node group; none run while nobody works",
            ),
            ...volume,
        }),
    }),
    detection,
    backups,
});

export type AwsSpec = z.infer<typeof awsSchema>;
