import { accountId, arnOf, callerArn } from "../account";
import type { Admission, AwsType, Reference } from "../aws-type";
import { refuse } from "../aws-type";
import { hex, now, uuid } from "../identifiers";
import { flagAt, isGiven, textAt, textsAt } from "../look";
import { clusterType, roleArn } from "./ec2-references";
import { nodeGroupType } from "./eks-node-group";

const entryType = "aws:eks/accessEntry:AccessEntry";
const ofCluster: Reference = {
    path: "clusterName",
    to: [clusterType],
    code: "ResourceNotFoundException",
};

const principal = /^arn:aws[a-z-]*:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)$/;
const reservedGroup = /^(system:|eks:|aws:|amazon:|iam:)/;

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const accessPolicies = new Set([
    "AmazonEKSAdminPolicy",
    "AmazonEKSClusterAdminPolicy",
    "AmazonEKSAdminViewPolicy",
    "AmazonEKSEditPolicy",
    "AmazonEKSViewPolicy",
    "AmazonEKSSecretReaderPolicy",
    "AmazonEKSAutoNodePolicy",
    "AmazonEKSBlockStoragePolicy",
    "AmazonEKSLoadBalancingPolicy",
    "AmazonEKSNetworkingPolicy",
    "AmazonEKSComputePolicy",
    "AmazonEKSHybridPolicy",
]);

/** @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function checkEntry({ inputs, cloud, old }: Admission): void {
    if (old !== undefined) return;
    const clusterName = textAt(inputs, "clusterName") ?? "";
    const arn = textAt(inputs, "principalArn") ?? "";
    const cluster = cloud.find(clusterType, clusterName);
    const mode = textAt(cluster?.outputs ?? {}, "accessConfig.authenticationMode");
    if (mode === "CONFIG_MAP")
        refuse(
            "InvalidRequestException",
            `The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] ` +
                `to perform this operation: set accessConfig.authenticationMode of ${clusterName}`,
        );
    const path = "accessConfig.bootstrapClusterCreatorAdminPermissions";
    const creator = flagAt(cluster?.outputs ?? {}, path) !== false && arn === callerArn;
    const nodes = [...cloud.mentioning(arn)].some(
        ({ type, outputs }) =>
            type === nodeGroupType &&
            textAt(outputs, "clusterName") === clusterName &&
            textAt(outputs, "nodeRoleArn") === arn,
    );
    if (creator || nodes)
        refuse(
            "ResourceInUseException",
            `The specified access entry resource is already in use on this cluster: EKS made one ` +
                `for ${arn}, ${creator ? "the creator of the cluster" : "the role of its nodes"}`,
        );
}

const clusterOf = (inputs: Admission["inputs"]) => String(textAt(inputs, "clusterName"));
const principalOf = (inputs: Admission["inputs"]) => String(textAt(inputs, "principalArn"));

/** Who may enter a cluster of EKS: people and roles by access entries, pods by associations. */
export const eksAccessTypes: Readonly<Record<string, AwsType>> = {
    [entryType]: {
        defaults: { type: "STANDARD", kubernetesGroups: [] },
        references: [ofCluster],
        unique: [
            {
                by: ["principalArn", "clusterName"],
                code: "ResourceInUseException",
                within: "region",
            },
        ],
        *inputProblems(inputs) {
            const arn = textAt(inputs, "principalArn");
            if (arn !== undefined && !principal.test(arn)) {
                const reason = `${arn} is no ARN of a role or a user; a session's ARN is none`;
                yield { property: "principalArn", reason };
            }
            for (const group of textsAt(inputs, "kubernetesGroups")) {
                if (!reservedGroup.test(group)) continue;
                const reason = `The kubernetes group name ${group} is reserved`;
                yield { property: "kubernetesGroups", reason };
            }
        },
        admit: checkEntry,
        id: ({ inputs }) => `${clusterOf(inputs)}:${principalOf(inputs)}`,
        made({ inputs, region }) {
            const [, kind = "role", name = ""] =
                /:(user|role)\/(.*)$/.exec(principalOf(inputs)) ?? [];
            const path = `access-entry/${clusterOf(inputs)}/${kind}/${accountId}/${name}/${uuid()}`;
            return {
                accessEntryArn: arnOf("eks", region, path),
                createdAt: now(),
                modifiedAt: now(),
            };
        },
        computed: ({ inputs }) => ({ userName: inputs["userName"] ?? principalOf(inputs) }),
    },
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
        references: [ofCluster],
        *inputProblems(inputs) {
            const policy = textAt(inputs, "policyArn");
            const name = /^arn:aws[a-z-]*:eks::aws:cluster-access-policy\/(.+)$/.exec(
                policy ?? "",
            )?.[1];
            if (policy !== undefined && !accessPolicies.has(name ?? ""))
                yield { property: "policyArn", reason: `${policy} is no access policy of EKS` };
            const scope = textAt(inputs, "accessScope.type");
            const spaces = isGiven(inputs, "accessScope.namespaces");
            if (scope === "namespace" && !spaces)
                yield { property: "accessScope.namespaces", reason: "is required for this scope" };
            if (scope === "cluster" && spaces)
                yield { property: "accessScope.namespaces", reason: "takes the scope namespace" };
            if (scope !== undefined && scope !== "cluster" && scope !== "namespace")
                yield { property: "accessScope.type", reason: "is neither cluster nor namespace" };
        },
        admit({ inputs, cloud }) {
            const entry = `${clusterOf(inputs)}:${principalOf(inputs)}`;
            if (cloud.find(entryType, entry) !== undefined) return;
            refuse(
                "ResourceNotFoundException",
                `principalArn: The specified principalArn ${principalOf(inputs)} could not be found; ` +
                    `create its access entry first`,
            );
        },
        id: ({ inputs }) =>
            `${clusterOf(inputs)}#${principalOf(inputs)}#${String(textAt(inputs, "policyArn"))}`,
        made: () => ({ associatedAt: now(), modifiedAt: now() }),
    },
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
        references: [
            ofCluster,
            roleArn("roleArn", "InvalidParameterException", "pods.eks.amazonaws.com"),
        ],
        defaults: { disableSessionTags: false },
        unique: [
            {
                by: ["serviceAccount", "namespace", "clusterName"],
                code: "ResourceInUseException",
                within: "region",
            },
        ],
        id: () => `a-${hex(17)}`,
        made: ({ id, inputs, region }) => ({
            associationArn: arnOf(
                "eks",
                region,
                `podidentityassociation/${clusterOf(inputs)}/${id}`,
            ),
            associationId: id,
            externalId: "",
        }),
    },
};
