import type { OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { isOurs, tagMap } from "../standing";
import { judgeQuota, limitOf } from "../quota";

const id = "vpcs";
const quota = { service: "vpc", code: "L-F678F1CE", counted: "VPCs of the region" } as const;

export const vpcsCheck: CloudCheck<OnlyAws> = {
    id,
    title: "VPCs",
    needs: "region",
    async run(target) {
        const { name, region } = target.spec;
        const sdk = await import("@aws-sdk/client-ec2");
        const client = new sdk.EC2Client(forTarget(target));
        let used = 0;
        for await (const { Vpcs = [] } of sdk.paginateDescribeVpcs({ client }, {})) {
            used += Vpcs.filter(({ Tags }) => !isOurs(tagMap(Tags), name)).length;
        }
        const limit = await limitOf(target, quota);
        return [judgeQuota(id, quota, region, { limit, used, needed: 1 })];
    },
};
