import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { isOurs, standing } from "../standing";

const id = "existing-logs";

/**
 * The log group of the control plane. A cluster that is being deleted writes it once more, so that it often
 * outlives its stack. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
export const existingLogsCheck: CloudCheck = {
    id,
    title: "Log group",
    needs: "region",
    async run(target) {
        const group = `/aws/eks/${target.spec.name}/cluster`;
        const sdk = await import("@aws-sdk/client-cloudwatch-logs");
        const client = new sdk.CloudWatchLogsClient(forTarget(target));
        const { logGroups = [] } = await client.send(
            new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
        );
        const found = logGroups.find(({ logGroupName }) => logGroupName === group);
        if (found === undefined) {
            return [{ id, status: "ok", message: `no log group is called ${group}` }];
        }
        // `arn` ends in `:*`, which the tagging calls do not take; older answers have only that one.
        const resourceArn = found.logGroupArn ?? found.arn?.replace(/:\*$/, "");
        const { tags } = await client.send(new sdk.ListTagsForResourceCommand({ resourceArn }));
        const rename = `keep what you need of it, then: aws logs delete-log-group --log-group-name ${group}`;
        return [standing(id, `log group ${group}`, isOurs(tags, target.spec.name), rename)];
    },
};
