import { architectureOf } from "../../../components/model/instance-types";
import type { Props } from "../../provider/values";
import { accountId, arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { addressIn } from "../cidr";
import type { Problem } from "../grammar";
import { ec2Id, hex } from "../identifiers";
import { processorOf } from "../lookups/images";
import { flagAt, isGiven, shown, textAt, valuesAt } from "../look";
import { isInstanceType } from "../published";
import { volumeProblem } from "./ebs-volume-rules";
import { checkGroupsIn, key, securityGroupHeld, subnetsAt, subnetsHeld } from "./ec2-references";

export const instanceType = "aws:ec2/instance:Instance";
const attachmentType = "aws:ec2/volumeAttachment:VolumeAttachment";
const volumeType = "aws:ebs/volume:Volume";

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const groupsPerInterface = 5;
/** Bytes before they are encoded. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const longestUserData = 16 * 1024;

/** What the provider itself refuses, before EC2 is asked. */
function* instanceProblems(inputs: Props): Generator<Problem> {
    const type = textAt(inputs, "instanceType");
    const byTemplate = isGiven(inputs, "launchTemplate");
    for (const property of ["ami", "instanceType"])
        if (!byTemplate && !isGiven(inputs, property))
            yield { property, reason: "is required where there is no launchTemplate" };
    if (type !== undefined && !isInstanceType(type))
        yield { property: "instanceType", reason: `${type} is no instance type` };
    if (isGiven(inputs, "volumeTags") && isGiven(inputs, "rootBlockDevice.tags"))
        yield { property: "volumeTags", reason: "conflicts with rootBlockDevice.tags" };
    if (isGiven(inputs, "securityGroups") && isGiven(inputs, "vpcSecurityGroupIds"))
        yield { property: "securityGroups", reason: "conflicts with vpcSecurityGroupIds" };
    if (isGiven(inputs, "userData") && isGiven(inputs, "userDataBase64"))
        yield { property: "userData", reason: "conflicts with userDataBase64" };
    const size = Buffer.byteLength(textAt(inputs, "userData") ?? "");
    if (size > longestUserData)
        yield { property: "userData", reason: `has ${size} bytes, of at most ${longestUserData}` };
    const groups = valuesAt(inputs, "vpcSecurityGroupIds").length;
    if (groups > groupsPerInterface)
        yield {
            property: "vpcSecurityGroupIds",
            reason: `are ${groups}, and an interface takes ${groupsPerInterface}`,
        };
    yield* rootProblems(inputs);
}

function* rootProblems(inputs: Props): Generator<Problem> {
    const property = "rootBlockDevice";
    const [size, type, iops, throughput] = ["volumeSize", "volumeType", "iops", "throughput"].map(
        (name) => valuesAt(inputs, `${property}.${name}`)[0],
    );
    const problem = volumeProblem({ size, type, iops, throughput });
    if (problem !== undefined) yield { property, reason: problem };
    const sealed = flagAt(inputs, `${property}.encrypted`);
    if (isGiven(inputs, `${property}.kmsKeyId`) && sealed === false)
        yield { property, reason: "a volume with kmsKeyId is encrypted" };
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
function checkInstance(admission: Admission): void {
    const { inputs, cloud } = admission;
    const [subnet] = subnetsAt(cloud, inputs, "subnetId");
    checkGroupsIn(textAt(subnet?.outputs ?? {}, "vpcId"), admission, "vpcSecurityGroupIds");
    const zone = textAt(inputs, "availabilityZone");
    const there = textAt(subnet?.outputs ?? {}, "availabilityZone");
    if (zone !== undefined && there !== undefined && zone !== there)
        refuse("InvalidParameterValue", `availabilityZone: ${zone}, and the subnet is in ${there}`);
    const [image, type] = [textAt(inputs, "ami") ?? "", textAt(inputs, "instanceType") ?? ""];
    const processor = processorOf(image);
    if (processor !== undefined && type !== "" && processor !== architectureOf(type))
        refuse(
            "InvalidParameterValue",
            `ami: The architecture '${processor}' of ${image} does not match ${type}, which is ${architectureOf(type)}`,
        );
}

function checkAttachment({ type, inputs, cloud, old }: Admission): void {
    const volume = cloud.find(volumeType, textAt(inputs, "volumeId") ?? "");
    const instance = cloud.find(instanceType, textAt(inputs, "instanceId") ?? "");
    const [one, other] = [volume, instance].map((each) =>
        textAt(each?.outputs ?? {}, "availabilityZone"),
    );
    if (one !== other)
        refuse(
            "InvalidVolume.ZoneMismatch",
            `The volume '${volume?.id ?? ""}' is in ${String(one)}, the instance '${instance?.id ?? ""}' in ${String(other)}`,
        );
    for (const each of cloud.all(type)) {
        if (each.id === old?.id) continue;
        if (textAt(each.outputs, "volumeId") === volume?.id)
            refuse("VolumeInUse", `${shown(volume?.id)} is already attached to an instance`);
        const sameDevice =
            textAt(each.outputs, "instanceId") === instance?.id &&
            textAt(each.outputs, "deviceName") === textAt(inputs, "deviceName");
        if (sameDevice)
            refuse(
                "InvalidParameterValue",
                `deviceName: ${shown(inputs["deviceName"])} is already in use on ${shown(instance?.id)}`,
            );
    }
}

/** The number of the instance in its subnet: the first four addresses are AWS's. */
function privateAddress({ inputs, cloud }: Pick<Admission, "inputs" | "cloud">): string {
    const [subnet] = subnetsAt(cloud, inputs, "subnetId");
    const taken = [...cloud.mentioning(subnet?.id ?? "")].filter(
        ({ type }) => type === instanceType,
    );
    const used = new Set(taken.map(({ outputs }) => textAt(outputs, "privateIp")));
    const block = textAt(subnet?.outputs ?? {}, "cidrBlock") ?? "10.0.0.0/24";
    for (let at = 4; ; at += 1) {
        const address = addressIn(block, at);
        if (!used.has(address)) return address;
    }
}

/** Machines of EC2, and the disks that are theirs. */
export const ec2InstanceTypes: Readonly<Record<string, AwsType>> = {
    [instanceType]: {
        defaults: {
            disableApiStop: false,
            disableApiTermination: false,
            ebsOptimized: false,
            getPasswordData: false,
            hibernation: false,
            instanceInitiatedShutdownBehavior: "stop",
            monitoring: false,
            sourceDestCheck: true,
            tenancy: "default",
            userDataReplaceOnChange: false,
        },
        references: [
            subnetsHeld("subnetId"),
            securityGroupHeld("vpcSecurityGroupIds"),
            key("rootBlockDevice.kmsKeyId", "InvalidParameterValue"),
            {
                path: "iamInstanceProfile",
                to: ["aws:iam/instanceProfile:InstanceProfile"],
                by: ["id", "name"],
                code: "InvalidParameterValue",
            },
        ],
        inputProblems: instanceProblems,
        admit: checkInstance,
        id: () => ec2Id("i"),
        made(making) {
            const { id, inputs, region, cloud } = making;
            const [subnet] = subnetsAt(cloud, inputs, "subnetId");
            const address = textAt(inputs, "privateIp") ?? privateAddress(making);
            return {
                arn: arnOf("ec2", region, `instance/${id}`),
                availabilityZone: textAt(subnet?.outputs ?? {}, "availabilityZone") ?? "",
                instanceLifecycle: "",
                instanceState: "running",
                outpostArn: "",
                passwordData: "",
                primaryNetworkInterfaceId: ec2Id("eni"),
                privateDns: `ip-${address.replaceAll(".", "-")}.${region}.compute.internal`,
                privateIp: address,
                publicDns: "",
                publicIp: "",
                spotInstanceRequestId: "",
            };
        },
        release({ id, outputs }) {
            const forced = outputs["forceDestroy"] === true;
            if (outputs["disableApiTermination"] !== true || forced) return;
            refuse(
                "OperationNotPermitted",
                `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
            );
        },
    },
    [attachmentType]: {
        deleteBeforeReplace: true,
        references: [
            {
                path: "instanceId",
                to: [instanceType],
                code: "InvalidInstanceID.NotFound",
            },
            {
                path: "volumeId",
                to: [volumeType],
                holds: true,
                code: "InvalidVolume.NotFound",
            },
        ],
        *inputProblems(inputs) {
            const device = textAt(inputs, "deviceName");
            // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
            if (device !== undefined && !/^(\/dev\/sd[b-z]|xvd[b-d][a-z])$/.test(device))
                yield { property: "deviceName", reason: `${device} is no name such as /dev/sdf` };
        },
        admit: checkAttachment,
        id: () => `vai-${hex(10)}`,
    },
    "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": {
        references: [subnetsHeld("subnetId"), securityGroupHeld("securityGroupIds")],
        admit(admission) {
            const [subnet] = subnetsAt(admission.cloud, admission.inputs, "subnetId");
            checkGroupsIn(textAt(subnet?.outputs ?? {}, "vpcId"), admission, "securityGroupIds");
        },
        id: () => ec2Id("eice"),
        made({ id, inputs, region, cloud }) {
            const [subnet] = subnetsAt(cloud, inputs, "subnetId");
            const name = `${id}.${hex(8)}.ec2-instance-connect-endpoint.${region}.amazonaws.com`;
            return {
                arn: arnOf("ec2", region, `instance-connect-endpoint/${id}`),
                availabilityZone: textAt(subnet?.outputs ?? {}, "availabilityZone") ?? "",
                dnsName: name,
                fipsDnsName: "",
                networkInterfaceIds: [ec2Id("eni")],
                ownerId: accountId,
                vpcId: textAt(subnet?.outputs ?? {}, "vpcId") ?? "",
            };
        },
    },
};
