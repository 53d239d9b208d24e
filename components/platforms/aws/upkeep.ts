import { standardSupportEnds } from "../../model/eks-calendar";
import type { AwsSpec } from "../../model/spec/aws";
import type { DueNotice } from "./notice";

/**
 * What keeps a cluster from growing old unseen: nothing here changes a version or an image by itself, because the
 * nodes of people at work would roll. It goes to whom the roadmap belongs.
 *
 * @see https://docs.aws.amazon.com/health/latest/ug/cloudwatch-events-health.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function upkeepNotices(clusterName: string, kubernetes: AwsSpec["kubernetes"]): DueNotice[] {
    return [
        {
            noun: "upkeep-announced",
            layer: "infra-roadmap",
            // EKS announces the end of a version's support at least 60 days before.
            description: `What AWS announces about EKS in the account of ${clusterName}`,
            when: {
                pattern: {
                    source: ["aws.health"],
                    "detail-type": ["AWS Health Event"],
                    detail: { service: ["EKS"] },
                },
            },
        },
        {
            noun: "upkeep-monthly",
            layer: "infra-roadmap",
            description: `Reminds of new versions for ${clusterName} on the first of each month`,
            when: { schedule: "cron(0 9 1 * ? *)", message: reminder(clusterName, kubernetes) },
        },
    ];
}

/** What to look at, and what to write where. */
function reminder(clusterName: string, { version, nodeRelease }: AwsSpec["kubernetes"]): string {
    const ends = Object.hasOwn(standardSupportEnds, version)
        ? `ends on ${standardSupportEnds[version] ?? ""}`
        : "has an end, which `doctor` asks EKS for";
    const image =
        nodeRelease === undefined
            ? "the image that was newest at their first deploy"
            : `the image of release ${nodeRelease}`;
    return [
        `${clusterName} runs Kubernetes ${version}, whose standard support ${ends}.`,
        `Its nodes start from ${image}; newer ones are listed at https://github.com/awslabs/amazon-eks-ami/releases.`,
        "To move on, write kubernetes.version or kubernetes.nodeRelease in the stack file and run `preview`: it says which nodes roll.",
    ].join(" ");
}
