import { machineKinds } from "../../../../components/model/machines";
import { ec2TypeOf } from "../../../../components/model/commcare/ec2-types";
import type { AwsClusterSpec, AwsCommcareSpec, OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";

type Placement = readonly [type: string, zone: string];

/** Every instance type of the stack with each zone it must start in. */
function placements({ platform }: AwsClusterSpec): Placement[] {
    const { nodes, network } = platform.aws;
    const { core, ...kinds } = nodes;
    return [
        [core.instanceType, core.zone],
        ...machineKinds.flatMap((kind) => {
            const { instanceTypes = [], zones = network.zones } = kinds[kind] ?? {};
            return instanceTypes.flatMap((type) => zones.map((zone): Placement => [type, zone]));
        }),
    ];
}

/** The same of a plan of machines. */
function machinePlacements({ platform, workload }: AwsCommcareSpec): Placement[] {
    const { zones } = platform.aws.network;
    return workload.plan.machines.map((each) => [
        each.instanceType ?? ec2TypeOf(each),
        zones[each.zone] ?? "",
    ]);
}

export const instanceTypesCheck: CloudCheck = offered(placements);
export const machineTypesCheck: CloudCheck<AwsCommcareSpec> = offered(machinePlacements);

/** Whether EC2 offers the machines in the zones: not every zone has every type. */
function offered<Spec extends OnlyAws>(placed: (spec: Spec) => Placement[]): CloudCheck<Spec> {
    return {
        id: "instance-types",
        title: "Instance types",
        needs: "region",
        async run(target) {
            const wanted = placed(target.spec);
            const sdk = await import("@aws-sdk/client-ec2");
            const client = new sdk.EC2Client(forTarget(target));
            const there = new Map<string, string[]>();
            const pages = sdk.paginateDescribeInstanceTypeOfferings(
                { client },
                {
                    LocationType: "availability-zone",
                    Filters: [
                        {
                            Name: "instance-type",
                            Values: [...new Set(wanted.map(([type]) => type))],
                        },
                    ],
                },
            );
            for await (const { InstanceTypeOfferings = [] } of pages) {
                for (const { InstanceType = "", Location = "" } of InstanceTypeOfferings) {
                    there.set(InstanceType, [...(there.get(InstanceType) ?? []), Location]);
                }
            }
            return judge(wanted, there);
        },
    };
}

function judge(
    wanted: readonly Placement[],
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
