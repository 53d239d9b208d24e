import * as iam from "@pulumi/aws/iam";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../in-turn";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { autoscalerReleases } from "../../model/autoscaler-releases";
import { hubPurposeLabel } from "../../model/machines";
import { sealSecrets } from "../../seal-secrets";
import type { Place } from "./place";
import { podIdentity } from "./pod-identity";

export interface AutoscalerArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    /** Of Kubernetes, such as 1.34. */
    readonly version: string;
    /** What must stand before its pod can run and reach AWS. */
    readonly ready: readonly pulumi.Resource[];
}

const namespace = "kube-system";
const serviceAccount = "cluster-autoscaler";

/**
 * The part of the node pools layer that starts and stops machines: the official cluster autoscaler. Why this one:
 * docs/adr/0009-autoscaler.md.
 */
export class Autoscaler extends Layer {
    constructor(name: string, args: AutoscalerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Autoscaler", name, args, opts);
        const { clusterName, cluster, place, version } = args;

        const identity = podIdentity(
            `${name}-autoscaler`,
            {
                clusterName,
                cluster,
                namespace,
                serviceAccount,
                description: `Starts and stops the machines of ${clusterName}`,
                tags: this.tags(),
            },
            { parent: this },
        );
        const policy = new iam.RolePolicy(
            `${name}-autoscaler`,
            { role: identity.role.name, policy: scalesGroups(place, clusterName) },
            { parent: this },
        );
        new helm.Chart(
            `${name}-autoscaler`,
            {
                name: serviceAccount,
                chart: "cluster-autoscaler",
                version: "9.59.0",
                repositoryOpts: { repo: "https://kubernetes.github.io/autoscaler" },
                namespace,
                values: autoscalerValues(clusterName, place.region, version),
            },
            {
                parent: this,
                transforms: [inTurn(labelChildren(this.owner), sealSecrets)],
                dependsOn: [...args.ready, ...identity.ready, policy],
            },
        );
        this.registerOutputs();
    }
}

/** Values for the chart: https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/charts/cluster-autoscaler */
export function autoscalerValues(clusterName: string, region: string, version: string) {
    return {
        fullnameOverride: serviceAccount,
        cloudProvider: "aws",
        awsRegion: region,
        // Finds groups by the tags that EKS puts on those of its node groups.
        autoDiscovery: { clusterName },
        image: { tag: `v${autoscalerReleases[version] ?? ""}` },
        rbac: { serviceAccount: { name: serviceAccount } },
        extraArgs: {
            // Of the types that a pod fits on, the one it leaves the least of empty.
            expander: "least-waste",
            // A hub's groups in several zones grow alike.
            "balance-similar-node-groups": true,
        },
        nodeSelector: { [hubPurposeLabel]: "core" },
        priorityClassName: "system-cluster-critical",
        podDisruptionBudget: { maxUnavailable: 1 },
        resources: {
            requests: { cpu: "100m", memory: "600Mi" },
            limits: { memory: "1Gi" },
        },
        securityContext: {
            runAsNonRoot: true,
            runAsUser: 65534,
            runAsGroup: 65534,
            seccompProfile: { type: "RuntimeDefault" },
        },
        containerSecurityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
        },
    };
}

/**
 * Looks at all groups, and changes those of the cluster only: EKS tags the scaling groups of its node groups with
 * the cluster's name.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/cas.html
 */
export function scalesGroups({ partition, region, accountId }: Place, clusterName: string): string {
    const arn = (service: string, resource: string) =>
        `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "Looks",
                Effect: "Allow",
                Action: [
                    "autoscaling:DescribeAutoScalingGroups",
                    "autoscaling:DescribeAutoScalingInstances",
                    "autoscaling:DescribeScalingActivities",
                    "ec2:DescribeImages",
                    "ec2:DescribeInstanceTypes",
                    "ec2:DescribeLaunchTemplateVersions",
                ],
                Resource: "*", // these actions take no other
            },
            {
                Sid: "ReadsNodeGroups",
                Effect: "Allow",
                Action: "eks:DescribeNodegroup",
                Resource: arn("eks", `nodegroup/${clusterName}/*`),
            },
            {
                Sid: "ScalesItsOwn",
                Effect: "Allow",
                Action: [
                    "autoscaling:SetDesiredCapacity",
                    "autoscaling:TerminateInstanceInAutoScalingGroup",
                ],
                Resource: arn("autoscaling", "autoScalingGroup:*"),
                Condition: {
                    StringEquals: {
                        [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned",
                    },
                },
            },
        ],
    });
}
