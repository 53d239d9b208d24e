import { machineKinds } from "../../../../components/model/machines";
import type { AwsClusterSpec } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";

/** Every instance type of the stack with each zone it must start in. */
function placements({ platform }: AwsClusterSpec): [type: string, zone: string][] {
    const { nodes, network } = platform.aws;
    const { core, ...kinds } = nodes;
    return [
        [core.instanceType, core.zone],
        ...machineKinds.flatMap((kind) => {
            const { instanceTypes = [], zones = network.zones } = kinds[kind] ?? {};
            return instanceTypes.flatMap((type) =>
                zones.map((zone): [string, string] => [type, zone]),
            );
        }),
    ];
}

/** Whether EC2 offers the machines in the zones: not every zone has every type. */
export const instanceTypesCheck: CloudCheck = {
    id: "instance-types",
    title: "Instance types",
    needs: "region",
    async run(target) {
        const wanted = placements(target.spec);
        const sdk = await import("@aws-sdk/client-ec2");
        const client = new sdk.EC2Client(forTarget(target));
        const offered = new Map<string, string[]>();
        const pages = sdk.paginateDescribeInstanceTypeOfferings(
            { client },
            {
                LocationType: "availability-zone",
                Filters: [
                    { Name: "instance-type", Values: [...new Set(wanted.map(([type]) => type))] },
                ],
            },
        );
        for await (const { InstanceTypeOfferings = [] } of pages) {
            for (const { InstanceType = "", Location = "" } of InstanceTypeOfferings) {
                offered.set(InstanceType, [...(offered.get(InstanceType) ?? []), Location]);
            }
        }
        return judge(wanted, offered);
    },
};

function judge(
    wanted: readonly [string, string][],
    offered: ReadonlyMap<string, readonly string[]>,
): Finding[] {
    const types = [...new Set(wanted.map(([type]) => type))];
    return types.map((type): Finding => {
        const id = `instance-types.${type}`;
        const zones = [
            ...new Set(wanted.filter(([each]) => each === type).map(([, zone]) => zone)),
        ];
        const there = [...(offered.get(type) ?? [])].sort();
        const missing = zones.filter((zone) => !there.includes(zone));
        if (missing.length === 0) {
            return { id, status: "ok", message: `${type} is offered in ${zones.join(", ")}` };
        }
        const message = `${type} is not offered in ${missing.join(", ")}`;
        const fix =
            there.length === 0
                ? "take another type"
                : `take another type, or zones out of: ${there.join(", ")}`;
        return { id, status: "lacking", message, fix };
    });
}
