import { arnOf, zonesOf } from "../account";
import type { AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { ec2Id, now } from "../identifiers";
import { flagAt, isGiven, numberAt, textAt } from "../look";
import { volumeProblem } from "./ebs-volume-rules";
import { key } from "./ec2-references";

/** Volumes of EBS. */
export const ebsTypes: Readonly<Record<string, AwsType>> = {
    "aws:ebs/volume:Volume": {
        defaults: { finalSnapshot: false, multiAttachEnabled: false },
        references: [key("kmsKeyId", "InvalidParameterValue")],
        *inputProblems(inputs, region) {
            const zone = textAt(inputs, "availabilityZone");
            if (zone !== undefined && !zonesOf(region).includes(zone)) {
                const reason = `${zone} is no zone of ${region}; take one of ${zonesOf(region).join(", ")}`;
                yield { property: "availabilityZone", reason };
            }
            if (!isGiven(inputs, "size") && !isGiven(inputs, "snapshotId"))
                yield { property: "size", reason: "is required where there is no snapshotId" };
            if (isGiven(inputs, "kmsKeyId") && flagAt(inputs, "encrypted") === false)
                yield { property: "encrypted", reason: "a volume with kmsKeyId is encrypted" };
            const { size, type, iops, throughput } = inputs;
            const problem = volumeProblem({ size, type, iops, throughput });
            if (problem !== undefined) yield { property: "size", reason: problem };
        },
        admit({ inputs, old }) {
            const before = old === undefined ? undefined : numberAt(old.outputs, "size");
            const wanted = numberAt(inputs, "size");
            if (before === undefined || wanted === undefined || wanted >= before) return;
            refuse(
                "InvalidParameterValue",
                `size: New size cannot be smaller than existing size: ${before} GiB, not ${wanted}`,
            );
        },
        inUse: "VolumeInUse",
        id: () => ec2Id("vol"),
        made: ({ id, region }) => ({
            arn: arnOf("ec2", region, `volume/${id}`),
            createTime: now(),
        }),
        computed({ inputs }) {
            const type = textAt(inputs, "type") ?? "gp2";
            const size = numberAt(inputs, "size") ?? 8;
            const base = type === "gp3" ? 3000 : Math.min(16000, Math.max(100, size * 3));
            return {
                type,
                encrypted: inputs["encrypted"] ?? false,
                iops: inputs["iops"] ?? base,
                throughput: inputs["throughput"] ?? (type === "gp3" ? 125 : 0),
            };
        },
        release(volume, cloud) {
            for (const { type, id } of cloud.mentioning(volume.id)) {
                if (!type.endsWith(":PersistentVolume")) continue;
                refuse(
                    "VolumeInUse",
                    `Volume ${volume.id} is currently attached: persistent volume ${id} is on it; ` +
                        `delete that first`,
                );
            }
        },
    },
};
