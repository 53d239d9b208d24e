import { valuesAt } from "../../../components/model/carriers/spawn-points";
import { clusterType } from "../../../components/model/tokens";
import type { StateResource } from "../../../policies/report/state";
import { diskUnits } from "./azure-disks";
import { azureUnits, freeOnAzure } from "./azure-units";
import { freeOfMachines, machineUnits } from "./machine-units";

/** Something that a cloud counts on a bill: how much of it there is at a time, and what of it is billed, without a price. */
export interface Unit {
    readonly what: string;
    /** At the least and at the most; undefined where the use alone decides. */
    readonly from?: number;
    readonly to?: number;
    /** By what it is billed, such as `hour`. */
    readonly unit: string;
}

type UnitsOf = (resource: StateResource, all: readonly StateResource[]) => readonly Unit[];

const single = { from: 1, to: 1 };
const one = (what: string, unit: string): UnitsOf => {
    return () => [{ what, ...single, unit }];
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

/** What the price of a gp3 disk's storage includes. https://aws.amazon.com/ebs/pricing/ */
const included = { iops: 3_000, throughputMiBps: 125 } as const;

/** Storage of a gp3 disk, and what it may do beyond what the storage includes: each is billed apart. */
function disk(kind: string, disks: { from: number; to: number }, sizes: Sizes): readonly Unit[] {
    const times = (amount: number) => ({ from: amount * disks.from, to: amount * disks.to });
    const { sizeGiB, iops, throughputMiBps } = sizes;
    const all: readonly [what: string, amount: number, unit: string][] = [
        ["storage", sizeGiB, "GiB-month"],
        ["operations above 3000/s", iops - included.iops, "IOPS-month"],
        ["throughput above 125 MiB/s", throughputMiBps - included.throughputMiBps, "MiB/s-month"],
    ];
    return all
        .filter(([, amount]) => amount > 0)
        .map(([what, amount, unit]) => ({ what: `${kind}, ${what}`, ...times(amount), unit }));
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
        unit: "hour",
    };
    const wanted = textAt(group, "launchTemplate", "id");
    const template = all.find(({ id, type }) => id === wanted && type === templateType);
    const disks = valuesAt(template?.inputs ?? {}, ["blockDeviceMappings", "[]", "ebs"]);
    const sized = disks.flatMap((each) => {
        const ebs = each as Record<string, unknown>;
        const sizes = {
            sizeGiB: Number(ebs["volumeSize"] ?? 0),
            iops: Number(ebs["iops"] ?? included.iops),
            throughputMiBps: Number(ebs["throughput"] ?? included.throughputMiBps),
        };
        return disk("Disks of machines, EBS gp3", count, sizes);
    });
    return [machines, ...sized];
}

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

/** A Kubernetes quantity in GiB; 0 for what is none. */
function gibOf(quantity: string): number {
    const [, amount = "0", suffix = ""] = /^([\d.]+)(Ki|Mi|Gi|Ti)?$/.exec(quantity) ?? [];
    const factor = { Ki: 2 ** -20, Mi: 2 ** -10, Gi: 1, Ti: 2 ** 10 }[suffix] ?? 2 ** -30;
    return Number(amount) * factor;
}

/** One to the internet has a public address in each of its zones. https://aws.amazon.com/vpc/pricing/ */
const loadBalancer: UnitsOf = (balancer) => {
    const zones = valuesAt(balancer.inputs, ["subnets", "[]"]).length;
    const [internal = false] = valuesAt(balancer.inputs, ["internal"]);
    const addresses: Unit = { what: "Public IPv4 address", from: zones, to: zones, unit: "hour" };
    return [
        { what: "Load balancer", ...single, unit: "hour, and capacity unit (NLCU) used" },
        ...(internal === true || zones === 0 ? [] : [addresses]),
    ];
};

/** Instance and storage of one with a standby have rates of their own. https://aws.amazon.com/rds/postgresql/pricing/ */
const database: UnitsOf = (instance) => {
    const [standby] = valuesAt(instance.inputs, ["multiAz"]);
    const kind = standby === true ? "RDS, with a standby," : "RDS";
    const from = numberAt(instance, "allocatedStorage");
    const to = Math.max(from, numberAt(instance, "maxAllocatedStorage"));
    return [
        { what: `${kind} ${textAt(instance, "instanceClass")}`, ...single, unit: "hour" },
        { what: `${kind} storage`, from, to, unit: "GiB-month" },
        { what: "RDS, copies beyond the size of its storage", unit: "GiB-month" },
    ];
};

/**
 * What each type is billed by, as the pricing page of its service says: https://aws.amazon.com/<service>/pricing/, and
 * of Azure's types in azure-units.ts.
 */
export const billed: Readonly<Record<string, UnitsOf>> = {
    "aws:backup/plan:Plan": (plan) => {
        const days = numberAt(plan, "rules", "[]", "lifecycle", "deleteAfter");
        return [{ what: `Copies, each kept ${String(days)} days`, unit: "GiB-month" }];
    },
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": byUse(
        "Restores on trial, weekly",
        "copy tried, and GiB-hour of the disk made of it",
    ),
    "aws:cloudwatch/logGroup:LogGroup": (group) => [
        {
            what: `Logs, kept ${String(numberAt(group, "retentionInDays"))} days`,
            unit: "GB in, and GB-month kept",
        },
    ],
    "aws:cloudwatch/metricAlarm:MetricAlarm": one("Alarm", "metric watched, and month"),
    "aws:ebs/volume:Volume": (volume) =>
        disk(`EBS ${textAt(volume, "type")}`, single, {
            sizeGiB: numberAt(volume, "size"),
            iops: numberAt(volume, "iops"),
            throughputMiBps: numberAt(volume, "throughput"),
        }),
    "aws:ec2/eip:Eip": one("Public IPv4 address", "hour"),
    "aws:ec2/internetGateway:InternetGateway": () => [
        { what: "Traffic to the internet", unit: "GB out" },
        { what: "Traffic between zones", unit: "GB, each way" },
    ],
    "aws:ec2/natGateway:NatGateway": one("NAT gateway", "hour, and GB through it"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (endpoint) => {
        const zones = valuesAt(endpoint.inputs, ["subnetIds", "[]"]).length;
        if (textAt(endpoint, "vpcEndpointType") !== "Interface") return [];
        const unit = "hour, and GB through it";
        return [{ what: "Interface endpoint, in a zone", from: zones, to: zones, unit }];
    },
    "aws:ecr/repository:Repository": byUse("Images", "GB-month"),
    "aws:efs/fileSystem:FileSystem": byUse(
        "EFS",
        "GB-month by class of storage, and GB read and written",
    ),
    "aws:eks/cluster:Cluster": one(
        "EKS control plane",
        "hour, at a higher rate in extended support",
    ),
    "aws:eks/nodeGroup:NodeGroup": nodes,
    "aws:guardduty/detector:Detector": byUse("Threat detection", "event and GB looked at"),
    "aws:kms/key:Key": one(
        "KMS key",
        "month, again for its first and its second rotation, and request",
    ),
    "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
    "aws:rds/instance:Instance": database,
    "aws:route53/zone:Zone": one("DNS zone", "month, and query"),
    "aws:s3/bucket:Bucket": byUse("S3", "GB-month by class of storage, and request"),
    "aws:sns/topic:Topic": byUse("Notifications", "message"),
    "aws:sqs/queue:Queue": byUse("Queue", "request"),
    ...machineUnits,
    ...azureUnits,
    "kubernetes:core/v1:PersistentVolumeClaim": (claim, all) => {
        // Bound to a volume by name, it makes no disk of its own.
        if (textAt(claim, "spec", "volumeName") !== "") return [];
        const platform = platformOf(all);
        if (platform === "vms") return []; // a folder of a host
        const size = gibOf(textAt(claim, "spec", "resources", "requests", "storage"));
        if (platform === "azure") return diskUnits("Premium_LRS", size, single);
        const what = "EBS gp3 of claims, storage";
        return [{ what, from: size, to: size, unit: "GiB-month" }];
    },
    // On hosts k3s answers for it on the hosts' own ports.
    "kubernetes:core/v1:Service": (service, all) =>
        textAt(service, "spec", "type") === "LoadBalancer" && platformOf(all) !== "vms"
            ? [{ what: "Load balancer", ...single, unit: "hour, and GB or capacity unit used" }]
            : [],
};

const platformOf = (all: readonly StateResource[]): unknown =>
    all.find(({ type }) => type === clusterType)?.inputs["platform"];

/**
 * Services and types that cost nothing by themselves; what is in neither table is named as not known.
 */
const free = [
    /^aws:(iam|autoscaling|budgets|vpc|ssm)\//, // a budget that only mails: only what acts by itself is billed
    /^aws:ec2\/(vpc|subnet|route|routeTable|routeTableAssociation|securityGroup\w*|default\w+|launchTemplate|flowLog):/,
    /^aws:eks\/(accessEntry|accessPolicyAssociation|addon|podIdentityAssociation):/,
    /^aws:backup\/(vault\w*|selection|restoreTestingPlan):/,
    /^aws:s3\/bucket\w+:/,
    /^aws:sns\/topic\w+:/,
    /^aws:sqs\/queue\w+:/,
    /^aws:cloudwatch\/(event\w+|dashboard):/,
    /^aws:guardduty\/detectorFeature:/,
    /^aws:(efs|ecr|route53|kms)\/(mountTarget|accessPoint|backupPolicy|lifecyclePolicy|repositoryCreationTemplate|record|alias):/,
    /^aws:(efs|ecr)\/(fileSystem|repository)Policy:/,
    /^aws:rds\/(subnetGroup|parameterGroup):/,
    /^aws:lb\/(targetGroup|listener):/,
    ...freeOfMachines,
    ...freeOnAzure,
    /^(?!aws:|azure-native:)/, // objects of Kubernetes run on machines that are counted already
];

export const isFree = (type: string): boolean => free.some((pattern) => pattern.test(type));
