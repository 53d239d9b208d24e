import type { RDSClient } from "@aws-sdk/client-rds";
import { rdsClassOf } from "../../../../components/model/commcare/ec2-types";
import type { ManagedPostgresql } from "../../../../components/model/commcare/plan";
import type { AwsCommcareSpec } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";

const id = "database-offers";
const plan = "steward:commcare.plan.postgresql";

/**
 * Whether RDS has the version of each database, and its class in the zones: in two at least, since it stands in one
 * and its standby in another, and in all that the network names if it is to move between them.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeOrderableDBInstanceOptions.html
 */
export const databaseOffersCheck: CloudCheck<AwsCommcareSpec> = {
    id,
    title: "Database classes",
    needs: "region",
    async run(target) {
        const { platform, workload } = target.spec;
        const { postgresql } = workload.plan;
        if (postgresql.length === 0) {
            return [{ id, status: "ok", message: "PostgreSQL runs on machines" }];
        }
        const sdk = await import("@aws-sdk/client-rds");
        const client = new sdk.RDSClient(forTarget(target));
        const { zones } = platform.aws.network;
        return Promise.all(postgresql.map((each) => look(client, each, zones)));
    },
};

async function look(
    client: RDSClient,
    database: ManagedPostgresql,
    zones: readonly string[],
): Promise<Finding> {
    const sdk = await import("@aws-sdk/client-rds");
    const finding = { id: `${id}.${database.name}` };
    const Engine = "postgres";
    const wanted = { Engine, EngineVersion: database.version };
    const answer = await client.send(
        new sdk.DescribeDBEngineVersionsCommand({ ...wanted, DefaultOnly: true }),
    );
    // The version is a line, such as 14; offers are of its releases.
    const EngineVersion = answer.DBEngineVersions?.[0]?.EngineVersion;
    if (EngineVersion === undefined) {
        const message = `RDS has no PostgreSQL ${database.version} in the region`;
        return { ...finding, status: "lacking", message, fix: `take another version in ${plan}` };
    }
    const DBInstanceClass = database.instanceClass ?? rdsClassOf(database);
    const offered = new Set<string>();
    const pages = sdk.paginateDescribeOrderableDBInstanceOptions(
        { client },
        { Engine, EngineVersion, DBInstanceClass, Vpc: true },
    );
    for await (const { OrderableDBInstanceOptions = [] } of pages) {
        for (const { AvailabilityZones = [], MultiAZCapable } of OrderableDBInstanceOptions) {
            if (database.standby && MultiAZCapable !== true) continue;
            for (const { Name = "" } of AvailabilityZones) offered.add(Name);
        }
    }
    const here = zones.filter((zone) => offered.has(zone));
    const what = `${DBInstanceClass} with PostgreSQL ${EngineVersion}`;
    if (here.length === zones.length) {
        return { ...finding, status: "ok", message: `${what} is offered in ${here.join(", ")}` };
    }
    const missing = zones.filter((zone) => !offered.has(zone)).join(", ");
    const message = `${what} is not offered in ${missing}`;
    return here.length >= 2
        ? { ...finding, status: "warning", message, fix: "know that it will not stand there" }
        : { ...finding, status: "lacking", message, fix: `take another class in ${plan}` };
}
