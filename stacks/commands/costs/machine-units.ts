import { valuesAt } from "../../../components/model/carriers/spawn-points";
import type { StateResource } from "../../../policies/report/state";
import type { Unit } from "./units";

const textAt = ({ inputs }: StateResource, ...path: string[]): string =>
    valuesAt(inputs, path).find((each) => typeof each === "string") ?? "";
const numberAt = ({ inputs }: StateResource, ...path: string[]): number =>
    valuesAt(inputs, path).find((each) => typeof each === "number") ?? 0;
const exactly = (amount: number) => ({ from: amount, to: amount });

/**
 * What types are billed by that clusters of machines have beside those of hubs, as the pricing page of each service
 * says: https://aws.amazon.com/<service>/pricing/.
 */
export const machineUnits: Readonly<Record<string, (resource: StateResource) => readonly Unit[]>> =
    {
        "aws:cfg/recorder:Recorder": () => [{ what: "AWS Config", unit: "change recorded" }],
        "aws:cfg/rule:Rule": () => [{ what: "AWS Config, rules", unit: "resource looked at" }],
        "aws:ec2/instance:Instance": (machine) => [
            { what: `Machine ${textAt(machine, "instanceType")}`, ...exactly(1), unit: "hour" },
            {
                what: "Root disks of machines, EBS gp3, storage",
                ...exactly(numberAt(machine, "rootBlockDevice", "volumeSize")),
                unit: "GiB-month",
            },
        ],
        "aws:elasticache/replicationGroup:ReplicationGroup": (group) => [
            {
                what: `Redis ${textAt(group, "nodeType")}`,
                ...exactly(numberAt(group, "numCacheClusters")),
                unit: "hour",
            },
        ],
        "aws:secretsmanager/secret:Secret": () => [
            { what: "Secret", ...exactly(1), unit: "month, and requests" },
        ],
        "aws:wafv2/webAcl:WebAcl": (acl) => [
            { what: "Web firewall", ...exactly(1), unit: "month, and requests looked at" },
            {
                what: "Web firewall, rules",
                ...exactly(valuesAt(acl.inputs, ["rules", "[]"]).length),
                unit: "month",
            },
        ],
    };

/** What costs nothing by itself; of CloudTrail the first trail of an account. */
export const freeOfMachines: readonly RegExp[] = [
    /^aws:acm\/certificate\w*:/,
    /^aws:cloudtrail\/trail:/,
    /^aws:cfg\/(deliveryChannel|recorderStatus):/,
    /^aws:ec2\/volumeAttachment:/,
    /^aws:ec2transitgateway\/instanceConnectEndpoint:/,
    /^aws:elasticache\/(subnetGroup|parameterGroup):/,
    /^aws:lb\/targetGroupAttachment:/,
    /^aws:secretsmanager\/secretVersion:/,
    /^aws:wafv2\/webAcl(Association|LoggingConfiguration):/,
];
