import { valuesAt } from "../../../components/model/carriers/spawn-points";
import type { StateResource } from "../../../policies/report/state";
import { freeOfMachines, machineUnits } from "./machine-units";

/** Something that AWS counts on a bill: how much of it at least and at most, without a price. */
export interface Unit {
    readonly what: string;
    /** Undefined where the use alone decides. */
    readonly from?: number;
    readonly to?: number;
    readonly unit: string;
}

type UnitsOf = (resource: StateResource, all: readonly StateResource[]) => readonly Unit[];

const perHour = "hours an hour";
const one = (what: string, unit: string): UnitsOf => {
    return () => [{ what, from: 1, to: 1, unit }];
};
const byUse = (what: string, unit: string): UnitsOf => {
    return () => [{ what, unit }];
};

/** A number at a path of the inputs, or of the outputs where the inputs leave it to AWS. */
function numberAt({ inputs, outputs }: StateResource, ...path: string[]): number {
    const found = [...valuesAt(inputs, path), ...valuesAt(outputs, path)].map(Number);
    return found.find((each) => Number.isFinite(each)) ?? 0;
}

const textAt = ({ inputs }: StateResource, ...path: string[]): string =>
    valuesAt(inputs, path).find((each) => typeof each === "string") ?? "";

/** Storage, operations and throughput of a disk are billed apart; of gp3 3,000 and 125 MiB/s are in the price. */
function disk(kind: string, nodes: { from: number; to: number }, sizes: Sizes): readonly Unit[] {
    const times = (amount: number) => ({ from: amount * nodes.from, to: amount * nodes.to });
    const { sizeGiB, iops, throughputMiBps } = sizes;
    return [
        { what: `${kind}, storage`, ...times(sizeGiB), unit: "GiB-months a month" },
        { what: `${kind}, operations`, ...times(iops), unit: "IOPS, 3000 a disk included" },
        {
            what: `${kind}, throughput`,
            ...times(throughputMiBps),
            unit: "MiB/s, 125 a disk included",
        },
    ];
}

interface Sizes {
    readonly sizeGiB: number;
    readonly iops: number;
    readonly throughputMiBps: number;
}

/** What a group of machines may come to: hours by type, and the disk of each. */
function nodes(group: StateResource, all: readonly StateResource[]): readonly Unit[] {
    const count = {
        from: numberAt(group, "scalingConfig", "minSize"),
        to: numberAt(group, "scalingConfig", "maxSize"),
    };
    const types = valuesAt(group.inputs, ["instanceTypes", "[]"]).map(String);
    const kind = textAt(group, "capacityType") === "SPOT" ? "Spot machine" : "Machine";
    const machines: Unit = {
        what: `${kind} ${types.join(" or ") || "of any type"}`,
        ...count,
        unit: perHour,
    };
    const wanted = textAt(group, "launchTemplate", "id");
    const template = all.find(({ id, type }) => id === wanted && type === templateType);
    const disks = valuesAt(template?.inputs ?? {}, ["blockDeviceMappings", "[]", "ebs"]);
    const sized = disks.flatMap((each) => {
        const ebs = each as Record<string, unknown>;
        const sizes = {
            sizeGiB: Number(ebs["volumeSize"] ?? 0),
            iops: Number(ebs["iops"] ?? 3_000),
            throughputMiBps: Number(ebs["throughput"] ?? 125),
        };
        return disk("Disks of machines, EBS gp3", count, sizes);
    });
    return [machines, ...sized];
}

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const single = { from: 1, to: 1 };

/** A Kubernetes quantity in GiB; 0 for what is none. */
function gibOf(quantity: string): number {
    const [, amount = "0", suffix = ""] = /^([\d.]+)(Ki|Mi|Gi|Ti)?$/.exec(quantity) ?? [];
    const factor = { Ki: 2 ** -20, Mi: 2 ** -10, Gi: 1, Ti: 2 ** 10 }[suffix] ?? 2 ** -30;
    return Number(amount) * factor;
}

/**
 * What each type is billed by.
 *
 * @see https://docs.aws.amazon.com/pricing/ of each service, for what is counted
 */
export const billed: Readonly<Record<string, UnitsOf>> = {
    "aws:backup/plan:Plan": (plan) => {
        const days = numberAt(plan, "rules", "[]", "lifecycle", "deleteAfter");
        return [{ what: `Copies, each kept ${String(days)} days`, unit: "GiB-months a month" }];
    },
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": byUse(
        "Restores on trial, weekly",
        "restores, and GiB-hours of what was restored",
    ),
    "aws:budgets/budget:Budget": one("Budget", "budgets"),
    "aws:cloudwatch/logGroup:LogGroup": (group) => [
        {
            what: `Logs, kept ${String(numberAt(group, "retentionInDays"))} days`,
            unit: "GB in, GB-months kept",
        },
    ],
    "aws:cloudwatch/metricAlarm:MetricAlarm": one("Alarm", "alarms"),
    "aws:ebs/volume:Volume": (volume) =>
        disk(`EBS ${textAt(volume, "type")}`, single, {
            sizeGiB: numberAt(volume, "size"),
            iops: numberAt(volume, "iops"),
            throughputMiBps: numberAt(volume, "throughput"),
        }),
    "aws:ec2/eip:Eip": one("Public IPv4 address", perHour),
    "aws:ec2/natGateway:NatGateway": one("NAT gateway", `${perHour}, and GB through it`),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => {
        const zones = valuesAt(endpoint.inputs, ["subnetIds", "[]"]).length;
        if (textAt(endpoint, "vpcEndpointType") !== "Interface") return [];
        const unit = `${perHour}, and GB through it`;
        return [{ what: "Interface endpoint", from: zones, to: zones, unit }];
    },
    "aws:ecr/repository:Repository": byUse("Images", "GB-months a month"),
    "aws:efs/fileSystem:FileSystem": byUse("EFS", "GB-months a month, and GB read and written"),
    "aws:eks/cluster:Cluster": one("EKS control plane", perHour),
    "aws:eks/nodeGroup:NodeGroup": nodes,
    "aws:guardduty/detector:Detector": byUse("Threat detection", "events and GB looked at"),
    "aws:kms/key:Key": one("KMS key", "keys, and requests"),
    "aws:lb/loadBalancer:LoadBalancer": one("Load balancer", `${perHour}, and units of use`),
    "aws:rds/instance:Instance": (database) => [
        { what: `RDS ${textAt(database, "instanceClass")}`, ...single, unit: perHour },
        {
            what: "RDS storage",
            from: numberAt(database, "allocatedStorage"),
            to: numberAt(database, "allocatedStorage"),
            unit: "GiB-months a month",
        },
    ],
    "aws:route53/zone:Zone": one("DNS zone", "zones, and queries"),
    "aws:s3/bucket:Bucket": byUse("S3", "GB-months a month, and requests"),
    "aws:sns/topic:Topic": byUse("Notifications", "messages"),
    "aws:sqs/queue:Queue": byUse("Queue", "requests"),
    ...machineUnits,
    "kubernetes:core/v1:PersistentVolumeClaim": (claim) => {
        // Bound to a volume by name, it makes no disk of its own.
        if (textAt(claim, "spec", "volumeName") !== "") return [];
        const size = gibOf(textAt(claim, "spec", "resources", "requests", "storage"));
        const what = "EBS gp3 of claims, storage";
        return [{ what, from: size, to: size, unit: "GiB-months a month" }];
    },
    "kubernetes:core/v1:Service": (service) =>
        textAt(service, "spec", "type") === "LoadBalancer"
            ? [{ what: "Load balancer", ...single, unit: `${perHour}, and GB through it` }]
            : [],
};

/**
 * Services and types of AWS that cost nothing by themselves; what is in neither table is named as not known.
 */
const free = [
    /^aws:(iam|autoscaling|vpc|ssm)\//,
    /^aws:ec2\/(vpc|subnet|route|routeTable|routeTableAssociation|internetGateway|securityGroup\w*|default\w+|launchTemplate|flowLog):/,
    /^aws:eks\/(accessEntry|accessPolicyAssociation|addon|podIdentityAssociation):/,
    /^aws:backup\/(vault\w*|selection|restoreTestingPlan):/,
    /^aws:s3\/bucket\w+:/,
    /^aws:sns\/topic\w+:/,
    /^aws:sqs\/queue\w+:/,
    /^aws:cloudwatch\/(event\w+|dashboard):/,
    /^aws:guardduty\/detectorFeature:/,
    /^aws:(efs|ecr|route53|kms)\/(mountTarget|accessPoint|backupPolicy|lifecyclePolicy|record|alias):/,
    /^aws:(efs|ecr)\/(fileSystem|repository)Policy:/,
    /^aws:rds\/(subnetGroup|parameterGroup):/,
    /^aws:lb\/(targetGroup|listener):/,
    ...freeOfMachines,
    /^(?!aws:)/, // objects of Kubernetes run on machines that are counted already
];

export const isFree = (type: string): boolean => free.some((pattern) => pattern.test(type));
