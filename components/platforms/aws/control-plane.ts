import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { serviceCidr } from "../../model/checks/aws";
import type { AwsSpec } from "../../model/spec/aws";
import { admit, isAccess } from "./access";
import { addOn } from "./add-on";
import { DeployIdentity } from "./deploy-identity";
import { keyPolicy, sealsLogs } from "./key-policy";
import { kubeconfig } from "./kubeconfig";
import type { Place } from "./place";
import { managedPolicy } from "./place";
import { podIdentity } from "./pod-identity";

export interface ControlPlaneArgs extends LayerArgs {
    /** Of the layer that says who deploys: without it nobody reaches the API. */
    readonly deployIdentity: LayerArgs;
    readonly clusterName: string;
    readonly place: Place;
    readonly kubernetes: AwsSpec["kubernetes"];
    /** Role or `deployer` → ARN of its principal. */
    readonly access: Readonly<Record<string, string>>;
    /** The namespaces of the hubs: a role that works in hubs sees these. */
    readonly namespaces: readonly string[];
    /** In at least two zones: where the control plane reaches into the VPC. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** Tags of the network interfaces that pods' addresses come from; they belong to the machines. */
    readonly interfaceTags: Readonly<Record<string, string>>;
}

/** The control plane layer on AWS: an EKS cluster, its key, its logs, who reaches it, and what nodes need to join. */
export class ControlPlane extends Layer {
    readonly cluster: eks.Cluster;
    readonly kubernetes: Provider;
    /** What must stand before a node joins, or its pods get no address. */
    readonly readyForNodes: readonly pulumi.Resource[];

    readonly #name: string;
    readonly #args: ControlPlaneArgs;

    constructor(name: string, args: ControlPlaneArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:ControlPlane", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { clusterName, place } = args;

        const logGroupName = `/aws/eks/${clusterName}/cluster`;
        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Secrets and logs of the cluster ${clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place, sealsLogs(place, logGroupName)),
                tags: this.tags({ Name: `${clusterName}-control-plane` }),
            },
            { parent: this },
        );
        // Before the cluster: one that EKS makes itself has no owner, no key, and keeps its logs for ever.
        const logs = new cloudwatch.LogGroup(
            `${name}-logs`,
            {
                name: logGroupName,
                retentionInDays: args.kubernetes.logRetentionDays,
                kmsKeyId: key.arn,
                tags: this.tags(),
            },
            { parent: this },
        );
        this.cluster = this.#createCluster(key, logs);
        const { ready: authorized } = new DeployIdentity(
            "deploy-identity",
            {
                ...args.deployIdentity,
                place,
                cluster: this.cluster,
                principalArn: args.access["deployer"],
                formerly: { name, parent: this },
            },
            opts,
        );
        this.#admit();
        this.readyForNodes = this.#addOns();
        this.kubernetes = new Provider(
            `${name}-kubernetes`,
            {
                kubeconfig: kubeconfig(this.cluster, place.region),
                deleteUnreachable: false, // a network that fails must not empty the state
                // Otherwise every change of a chart's values replaces its Secrets and ConfigMaps.
                enableSecretMutable: true,
                enableConfigMapMutable: true,
            },
            { parent: this, dependsOn: [...authorized] },
        );
        this.registerOutputs({ cluster: this.cluster.name, endpoint: this.cluster.endpoint });
    }

    #createCluster(key: kms.Key, logs: cloudwatch.LogGroup): eks.Cluster {
        const { clusterName, place, kubernetes, subnetIds } = this.#args;
        const role = new iam.Role(
            `${this.#name}-role`,
            {
                description: `The control plane of ${clusterName}`,
                assumeRolePolicy: JSON.stringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "eks.amazonaws.com" },
                            Action: ["sts:AssumeRole", "sts:TagSession"],
                        },
                    ],
                }),
                tags: this.tags(),
            },
            { parent: this },
        );
        const policy = new iam.RolePolicyAttachment(
            `${this.#name}-policy`,
            { role: role.name, policyArn: managedPolicy(place, "AmazonEKSClusterPolicy") },
            { parent: this },
        );
        const reachable = kubernetes.publicAccessCidrs.length > 0;
        return new eks.Cluster(
            this.#name,
            {
                name: clusterName,
                version: kubernetes.version,
                roleArn: role.arn,
                enabledClusterLogTypes: [
                    "api",
                    "audit",
                    "authenticator",
                    "controllerManager",
                    "scheduler",
                ],
                accessConfig: {
                    authenticationMode: "API",
                    bootstrapClusterCreatorAdminPermissions: false, // who may enter stands in the stack file
                },
                vpcConfig: {
                    subnetIds: [...subnetIds],
                    endpointPrivateAccess: true,
                    endpointPublicAccess: reachable,
                    ...(reachable ? { publicAccessCidrs: kubernetes.publicAccessCidrs } : {}),
                },
                encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
                kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: serviceCidr },
                // At the end of standard support EKS upgrades the cluster instead of billing six times as much.
                upgradePolicy: { supportType: "STANDARD" },
                bootstrapSelfManagedAddons: false, // ours are resources with an owner
                tags: this.tags(),
            },
            {
                parent: this,
                // Not EKS's own deletion protection: that refuses only when half of a destroy is done.
                protect: true,
                dependsOn: [policy, logs],
                // EKS takes no subnet in a zone that the cluster was not created in.
                ignoreChanges: ["vpcConfig.subnetIds"],
            },
        );
    }

    /** Lets in the roles that the stack file names. */
    #admit(): void {
        const { access, namespaces, place } = this.#args;
        const shared = { place, cluster: this.cluster, namespaces, tags: this.tags() };
        for (const [slug, principalArn] of Object.entries(access)) {
            if (!isAccess(slug) || slug === "deployer") continue;
            admit(`${this.#name}-${slug}`, { ...shared, slug, principalArn }, { parent: this });
        }
    }

    #addOns(): pulumi.Resource[] {
        const { clusterName, place, interfaceTags } = this.#args;
        const [cluster, tags] = [this.cluster.name, this.tags()];
        const agent = addOn(
            this.#name,
            { cluster, addOn: "eks-pod-identity-agent", tags },
            { parent: this },
        );
        const identity = podIdentity(
            `${this.#name}-vpc-cni`,
            {
                clusterName,
                cluster,
                namespace: "kube-system",
                serviceAccount: "aws-node",
                description: `Gives pods of ${clusterName} their addresses`,
                managedPolicies: [managedPolicy(place, "AmazonEKS_CNI_Policy")],
                tags,
            },
            { parent: this },
        );
        const network = addOn(
            this.#name,
            {
                cluster,
                addOn: "vpc-cni",
                values: {
                    enableNetworkPolicy: "true", // without it a NetworkPolicy is accepted and does nothing
                    env: { ADDITIONAL_ENI_TAGS: JSON.stringify(interfaceTags) },
                },
                tags,
            },
            { parent: this, dependsOn: [...identity.ready] },
        );
        const proxy = addOn(this.#name, { cluster, addOn: "kube-proxy", tags }, { parent: this });
        return [agent, network, proxy];
    }
}
