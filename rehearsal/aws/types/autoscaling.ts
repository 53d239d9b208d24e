import type { AwsType } from "../aws-type";
import { textAt } from "../look";
import { nodeGroupType } from "./eks-node-group";

/** Tags on groups of Auto Scaling, also those that EKS makes. */
export const autoscalingTypes: Readonly<Record<string, AwsType>> = {
    "aws:autoscaling/tag:Tag": {
        references: [
            {
                path: "autoscalingGroupName",
                to: [nodeGroupType],
                by: ["resources.autoscalingGroups.name"],
                code: "ValidationError",
            },
        ],
        id: ({ inputs }) =>
            `${String(textAt(inputs, "autoscalingGroupName"))},${String(textAt(inputs, "tag.key"))}`,
    },
};
