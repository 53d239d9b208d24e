import { z } from "zod";
import { says, wholeNumber } from "./shared";

const instanceType = z
    .string()
    .regex(
        /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
        says("is not an instance type", "write one such as r5.xlarge"),
    );

export const zone = z
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

/** EKS takes up to 450 nodes in a group: https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
const max = wholeNumber(1, 450, "nodes").describe("Per node group; none run while nobody works");

const someZones = z
    .array(zone)
    .min(1)
    .optional()
    .describe("Zones that one group spans; without them all of the network's");

/** The machines of a cluster. All but `core` are described once and made anew for each hub that uses them. */
export const nodesSchema = z.strictObject({
    core: z.strictObject({
        instanceType,
        zone: zone.describe("Where the hubs' disks lie"),
        min: wholeNumber(1, 20, "nodes").default(1),
        max: wholeNumber(1, 20, "nodes").default(3),
        ...volume,
    }),
    user: z.strictObject({
        instanceTypes: z.array(instanceType).min(1),
        zones: z.array(zone).min(1).describe("One node group per hub, type and zone"),
        max,
        ...volume,
    }),
    gpu: z
        .strictObject({
            instanceTypes: z
                .array(instanceType)
                .min(1)
                .describe("One node group per hub and type; NVIDIA's GPUs only"),
            zones: someZones,
            max,
            ...volume,
        })
        .optional(),
    dask: z
        .strictObject({
            instanceTypes: z
                .array(instanceType)
                .min(1)
                .max(20)
                .describe("Of equal size: one spot group per hub takes whichever is to be had"),
            zones: someZones,
            max,
            ...volume,
        })
        .optional()
        .describe("Spot machines for Dask's workers: EC2 may take one back within two minutes"),
    build: z
        .strictObject({
            instanceTypes: z
                .array(instanceType)
                .min(1)
                .max(20)
                .describe("Of equal size: one group per hub takes whichever is to be had"),
            zones: someZones,
            max,
            ...volume,
        })
        .optional()
        .describe("Machines on which images are built, and nothing else runs"),
});

export type NodesSpec = z.infer<typeof nodesSchema>;
