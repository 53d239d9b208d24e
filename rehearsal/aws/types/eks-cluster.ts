import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType, Making } from "../aws-type";
import { refuse } from "../aws-type";
import { overlaps, parseCidr } from "../cidr";
import type { Problem } from "../grammar";
import { ec2Id, hex, now } from "../identifiers";
import { flagAt, numberAt, textAt, textsAt } from "../look";
import {
    checkGroupsIn,
    clusterType,
    key,
    keyNamed,
    roleArn,
    securityGroupHeld,
    subnetsAt,
    subnetsHeld,
    vpcOfSubnets,
    vpcType,
} from "./ec2-references";
import { minorOf, newestKubernetes } from "./eks-versions";

const subnetPath = "vpcConfig.subnetIds";
/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
const serviceBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function* clusterProblems(inputs: Props): Generator<Problem> {
    const version = textAt(inputs, "version");
    if (version !== undefined && minorOf(version) === undefined)
        yield { property: "version", reason: `${version} is no Kubernetes version such as 1.34` };
    const name = textAt(inputs, "name");
    if (name !== undefined && !/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
        const reason =
            "is not 1 to 100 letters, digits, hyphens and underscores, the first no mark";
        yield { property: "name", reason };
    }
    const open = flagAt(inputs, "vpcConfig.endpointPublicAccess") ?? true;
    const inside = flagAt(inputs, "vpcConfig.endpointPrivateAccess") ?? false;
    if (!open && !inside)
        yield { property: "vpcConfig", reason: "private or public access must be enabled" };
    for (const block of textsAt(inputs, "vpcConfig.publicAccessCidrs")) {
        const problem = parseCidr(block);
        if (typeof problem === "string")
            yield { property: "vpcConfig.publicAccessCidrs", reason: problem };
    }
    const service = textAt(inputs, "kubernetesNetworkConfig.serviceIpv4Cidr");
    const problem = service === undefined ? undefined : serviceProblem(service);
    if (problem !== undefined)
        yield { property: "kubernetesNetworkConfig.serviceIpv4Cidr", reason: problem };
}

function serviceProblem(text: string): string | undefined {
    const block = parseCidr(text);
    if (typeof block === "string") return block;
    if (block.prefix < 12 || block.prefix > 24) return `${text}: EKS takes blocks from /12 to /24`;
    const inside = serviceBlocks.some((each) => {
        const outer = parseCidr(each);
        return typeof outer !== "string" && overlaps(outer, block) && outer.prefix <= block.prefix;
    });
    return inside ? undefined : `${text} is in none of ${serviceBlocks.join(", ")}`;
}

function checkNetwork(admission: Admission): void {
    const { inputs, cloud, old } = admission;
    const subnets = subnetsAt(cloud, inputs, subnetPath);
    const zones = new Set(subnets.map(({ outputs }) => textAt(outputs, "availabilityZone")));
    if (zones.size < 2)
        refuse(
            "InvalidParameterException",
            `${subnetPath}: Subnets specified must be in at least two different AZs`,
        );
    const vpcId = vpcOfSubnets(subnets, subnetPath);
    const before = old === undefined ? vpcId : textAt(old.outputs, "vpcConfig.vpcId");
    if (vpcId !== before)
        refuse("InvalidParameterException", `${subnetPath}: a cluster stays in ${String(before)}`);
    checkGroupsIn(vpcId, admission, "vpcConfig.securityGroupIds");
    const service = textAt(inputs, "kubernetesNetworkConfig.serviceIpv4Cidr");
    const vpc = cloud.find(vpcType, vpcId ?? "");
    const [one, other] = [service, textAt(vpc?.outputs ?? {}, "cidrBlock")].map((text) =>
        text === undefined ? undefined : parseCidr(text),
    );
    if (typeof one === "object" && typeof other === "object" && overlaps(one, other))
        refuse(
            "InvalidParameterException",
            `kubernetesNetworkConfig.serviceIpv4Cidr: ${String(service)} overlaps the VPC`,
        );
}

function checkKey({ inputs, cloud, region, old }: Admission): void {
    const path = "encryptionConfig.provider.keyArn";
    const wanted = textAt(inputs, path);
    const found = wanted === undefined ? undefined : keyNamed(cloud, region, wanted);
    const spec = textAt(found?.outputs ?? {}, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT";
    if (spec !== "SYMMETRIC_DEFAULT")
        refuse("InvalidParameterException", `${path}: EKS takes a symmetric key, not ${spec}`);
    const before = old === undefined ? undefined : textAt(old.outputs, path);
    if (before !== undefined && wanted !== before)
        refuse("InvalidParameterException", `${path}: the key of a cluster never changes`);
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html */
function checkVersion({ inputs, old }: Admission): void {
    const before = old === undefined ? undefined : minorOf(textAt(old.outputs, "version") ?? "");
    const wanted = minorOf(textAt(inputs, "version") ?? "");
    if (before === undefined || wanted === undefined) return;
    if (wanted === before || wanted === before + 1) return;
    refuse(
        "InvalidParameterException",
        `version: Unsupported Kubernetes minor version update from 1.${before} to 1.${wanted}; ` +
            `one minor version at a time, upwards`,
    );
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
function checkAuthentication({ inputs, old }: Admission): void {
    const path = "accessConfig.authenticationMode";
    const order = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];
    const before = old === undefined ? undefined : textAt(old.outputs, path);
    const wanted = textAt(inputs, path);
    if (before === undefined || wanted === undefined) return;
    if (order.indexOf(wanted) >= order.indexOf(before)) return;
    refuse(
        "InvalidParameterException",
        `${path}: Unsupported authentication mode update from ${before} to ${wanted}`,
    );
}

function clusterOutputs({ inputs, cloud, old }: Making): Props {
    const given = isProps(inputs["vpcConfig"]) ? inputs["vpcConfig"] : {};
    const [subnet] = subnetsAt(cloud, inputs, subnetPath);
    const vpcId = textAt(subnet?.outputs ?? {}, "vpcId") ?? "";
    const block = textAt(cloud.find(vpcType, vpcId)?.outputs ?? {}, "cidrBlock") ?? "";
    const network = isProps(inputs["kubernetesNetworkConfig"])
        ? inputs["kubernetesNetworkConfig"]
        : {};
    const access = isProps(inputs["accessConfig"]) ? inputs["accessConfig"] : {};
    return {
        vpcConfig: {
            endpointPrivateAccess: false,
            endpointPublicAccess: true,
            publicAccessCidrs: ["0.0.0.0/0"],
            ...given,
            vpcId,
            clusterSecurityGroupId:
                textAt(old?.outputs ?? {}, "vpcConfig.clusterSecurityGroupId") ?? ec2Id("sg"),
        },
        kubernetesNetworkConfig: {
            ipFamily: "ipv4",
            serviceIpv4Cidr: block.startsWith("172.") ? "10.100.0.0/16" : "172.20.0.0/16",
            ...network,
        },
        accessConfig: { authenticationMode: "CONFIG_MAP", ...access },
        version: inputs["version"] ?? old?.outputs["version"] ?? newestKubernetes,
        upgradePolicy: inputs["upgradePolicy"] ?? { supportType: "EXTENDED" },
    };
}

/** Clusters of EKS. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
export const eksClusterTypes: Readonly<Record<string, AwsType>> = {
    [clusterType]: {
        autoname: { property: "name", maxLength: 100 },
        defaults: { bootstrapSelfManagedAddons: true, deletionProtection: false },
        references: [
            roleArn("roleArn", "InvalidParameterException", "eks.amazonaws.com"),
            subnetsHeld(subnetPath),
            securityGroupHeld("vpcConfig.securityGroupIds"),
            key("encryptionConfig.provider.keyArn", "InvalidParameterException"),
        ],
        unique: [{ by: ["name"], code: "ResourceInUseException", within: "region" }],
        inputProblems: clusterProblems,
        admit(admission) {
            checkNetwork(admission);
            checkKey(admission);
            checkVersion(admission);
            checkAuthentication(admission);
        },
        id: ({ inputs }) => textAt(inputs, "name") ?? "",
        made({ id, region }) {
            const number = hex(32).toUpperCase();
            const pem = `-----BEGIN CERTIFICATE-----\n${hex(64)}\n-----END CERTIFICATE-----\n`;
            return {
                arn: arnOf("eks", region, `cluster/${id}`),
                certificateAuthority: { data: Buffer.from(pem).toString("base64") },
                clusterId: "",
                createdAt: now(),
                endpoint: `https://${number}.gr7.${region}.eks.amazonaws.com`,
                identities: [
                    {
                        oidcs: [
                            { issuer: `https://oidc.eks.${region}.amazonaws.com/id/${number}` },
                        ],
                    },
                ],
                platformVersion: "eks.1",
                status: "ACTIVE",
            };
        },
        computed: clusterOutputs,
        release({ id, outputs }) {
            if (outputs["deletionProtection"] !== true) return;
            refuse(
                "InvalidRequestException",
                `Cluster ${id} has deletion protection enabled; set deletionProtection to false ` +
                    `first, by someone who answers for it`,
            );
        },
        inUse: "ResourceInUseException",
    },
};

/** How many nodes a scaling configuration asks for. */
export function* scalingProblems(inputs: Props): Generator<Problem> {
    const [least, wanted, most] = ["minSize", "desiredSize", "maxSize"].map((each) =>
        numberAt(inputs, `scalingConfig.${each}`),
    );
    const property = "scalingConfig";
    if (most !== undefined && most < 1) yield { property, reason: `maxSize ${most} is below 1` };
    if (least !== undefined && most !== undefined && least > most)
        yield { property, reason: `minSize ${least} can't be greater than maxSize ${most}` };
    if (wanted === undefined) return;
    if (least !== undefined && least > wanted)
        yield { property, reason: `minSize ${least} can't be greater than desiredSize ${wanted}` };
    if (most !== undefined && wanted > most)
        yield { property, reason: `desiredSize ${wanted} can't be greater than maxSize ${most}` };
}
