import type { AwsCommcareSpec, OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { judgeQuota, limitOf, needsNone } from "../quota";
import { isOurs, tagMap } from "../standing";

const id = "file-systems";
/** https://docs.aws.amazon.com/efs/latest/ug/limits.html */
const quota = {
    service: "elasticfilesystem",
    code: "L-848C634D",
    counted: "EFS file systems of the region",
} as const;

/** One for each hub whose homes are on EFS. */
export const fileSystemsCheck: CloudCheck = fileSystems(
    ({ workload }) =>
        workload.jupyterhub.hubs.filter(({ homes }) => homes.storage === "efs").length,
);

/** The shared directory, where the cloud keeps it. */
export const sharedDirectoryCheck: CloudCheck<AwsCommcareSpec> = fileSystems(({ workload }) =>
    workload.plan.sharedDirectory === "cloud" ? 1 : 0,
);

function fileSystems<Spec extends OnlyAws>(demand: (spec: Spec) => number): CloudCheck<Spec> {
    return {
        id,
        title: "EFS file systems",
        needs: "region",
        async run(target) {
            const { name, region } = target.spec;
            const needed = demand(target.spec);
            if (needed === 0) return [needsNone(id, quota)];
            const sdk = await import("@aws-sdk/client-efs");
            const client = new sdk.EFSClient(forTarget(target));
            let used = 0;
            for await (const { FileSystems = [] } of sdk.paginateDescribeFileSystems(
                { client },
                {},
            )) {
                used += FileSystems.filter(({ Tags }) => !isOurs(tagMap(Tags), name)).length;
            }
            const limit = await limitOf(target, quota);
            return [judgeQuota(id, quota, region, { limit, used, needed })];
        },
    };
}
