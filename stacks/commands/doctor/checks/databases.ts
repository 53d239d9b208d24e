import type { AwsCommcareSpec, OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { judgeQuota, limitOf, needsNone } from "../quota";
import { isOurs, tagMap } from "../standing";

const id = "databases";
/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const quota = {
    service: "rds",
    code: "L-7B6409FD",
    counted: "RDS instances of the region",
} as const;

/** One for each hub whose database is on RDS. */
export const databasesCheck: CloudCheck = databases(
    ({ workload }) =>
        workload.jupyterhub.hubs.filter(({ database }) => database.kind === "rds").length,
);

/** Those of a plan of machines. */
export const planDatabasesCheck: CloudCheck<AwsCommcareSpec> = databases(
    ({ workload }) => workload.plan.postgresql.length,
);

function databases<Spec extends OnlyAws>(demand: (spec: Spec) => number): CloudCheck<Spec> {
    return {
        id,
        title: "RDS instances",
        needs: "region",
        async run(target) {
            const { name, region } = target.spec;
            const needed = demand(target.spec);
            if (needed === 0) return [needsNone(id, quota)];
            const sdk = await import("@aws-sdk/client-rds");
            const client = new sdk.RDSClient(forTarget(target));
            let used = 0;
            for await (const { DBInstances = [] } of sdk.paginateDescribeDBInstances(
                { client },
                {},
            )) {
                used += DBInstances.filter(({ TagList }) => !isOurs(tagMap(TagList), name)).length;
            }
            const limit = await limitOf(target, quota);
            return [judgeQuota(id, quota, region, { limit, used, needed })];
        },
    };
}
