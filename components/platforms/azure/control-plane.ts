import * as containerservice from "@pulumi/azure-native/containerservice";
import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { podCidr, serviceCidr } from "../../model/checks/azure";
import type { AzureSpec } from "../../model/spec/azure";
import { admit } from "./access";
import { DeployIdentity } from "./deploy-identity";
import { etcdKey } from "./etcd-key";
import { identity } from "./identity";
import { kubeconfig } from "./kubeconfig";
import type { Network } from "./network";
import type { Place } from "./place";
import type { Pool } from "./pools";
import { systemPool } from "./node-pool";
import type { BuiltInRole } from "./role-assignment";
import { grant } from "./role-assignment";
import { upkeep } from "./upkeep";

export interface ControlPlaneArgs extends LayerArgs {
    /** Of the layer that says who deploys: without it nobody reaches the API. */
    readonly deployIdentity: LayerArgs;
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    readonly kubernetes: AzureSpec["kubernetes"];
    readonly encryptionAtHost: boolean;
    /** Whether Defender's sensor runs on the machines. */
    readonly watched: boolean;
    /** Role or `deployer` → object id of its principal. */
    readonly access: Readonly<Record<string, string>>;
    /** The namespaces of the hubs: a role that works in hubs sees these. */
    readonly namespaces: readonly string[];
    readonly network: Network;
    /** The machines that all share; AKS makes none without. */
    readonly core: Pool;
    readonly workspaceId: pulumi.Input<string>;
}

/** What the control plane writes down; `kube-audit` says the same again, with whoever only read. */
const logs = [
    "cloud-controller-manager",
    "cluster-autoscaler",
    "guard",
    "kube-apiserver",
    "kube-audit-admin",
    "kube-controller-manager",
    "kube-scheduler",
];

/** The control plane layer on Azure: a cluster of AKS, its key, its logs, who reaches it, and the machines of its core. */
export class ControlPlane extends Layer {
    readonly cluster: containerservice.ManagedCluster;
    readonly kubernetes: Provider;
    /** Who the control plane is: it attaches disks and opens the balancer. */
    readonly identity: UserAssignedIdentity;
    /** Who the machines are: they pull images. */
    readonly kubeletIdentity: UserAssignedIdentity;
    /** The address at which the cluster vouches for its service accounts. */
    readonly issuer: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    readonly #name: string;
    readonly #args: ControlPlaneArgs;

    constructor(name: string, args: ControlPlaneArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:ControlPlane", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { place, resourceGroupName, access } = args;
        const { subscriptionId } = place;

        const of = { place, resourceGroupName, tags: this.tags() };
        this.identity = identity(`${name}-cluster`, { ...of, noun: "control-plane" }, this);
        this.kubeletIdentity = identity(`${name}-nodes`, { ...of, noun: "nodes" }, this);
        const { key, vaultId, ready } = etcdKey(
            name,
            {
                site: args,
                resourceGroupName,
                principalId: this.identity.principalId,
                tags: this.tags(),
            },
            this,
        );
        const may = [
            this.#may("network", "Network Contributor", args.network.vnet.id),
            this.#may("nodes", "Managed Identity Operator", this.kubeletIdentity.id),
        ];
        const { ready: authorized } = new DeployIdentity(
            "deploy-identity",
            {
                ...args.deployIdentity,
                subscriptionId,
                resourceGroupName,
                principalId: access["deployer"],
            },
            opts,
        );
        const keyId = key.keyUriWithVersion;
        const stands = [...ready, ...may, ...authorized, ...args.network.ready];
        this.cluster = this.#createCluster({ keyId, vaultId }, stands);
        this.issuer = this.cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? "");
        upkeep(name, resourceGroupName, this.cluster, args.kubernetes.maintenance, this);
        this.#logs();
        const { namespaces } = args;
        admit(name, { subscriptionId, cluster: this.cluster, access, namespaces }, this);
        this.kubernetes = new Provider(
            `${name}-kubernetes`,
            {
                kubeconfig: kubeconfig(
                    {
                        resourceGroupName,
                        resourceName: this.cluster.name,
                        tenantId: place.tenantId,
                    },
                    this,
                ),
                deleteUnreachable: false, // a network that fails must not empty the state
                // Otherwise every change of a chart's values replaces its Secrets and ConfigMaps.
                enableSecretMutable: true,
                enableConfigMapMutable: true,
            },
            { parent: this },
        );
        this.ready = [this.cluster];
        this.registerOutputs({ cluster: this.cluster.name });
    }

    #may(noun: string, role: BuiltInRole, scope: pulumi.Input<string>): pulumi.Resource {
        return grant(
            `${this.#name}-${noun}`,
            {
                subscriptionId: this.#args.place.subscriptionId,
                role,
                scope,
                principalId: this.identity.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
    }

    #createCluster(
        key: { readonly keyId: pulumi.Output<string>; readonly vaultId: pulumi.Output<string> },
        ready: readonly pulumi.Resource[],
    ): containerservice.ManagedCluster {
        const { place, resourceGroupName, kubernetes, network, watched, workspaceId } = this.#args;
        const { core, encryptionAtHost } = this.#args;
        const { authorizedRanges } = kubernetes;
        const isPrivate = authorizedRanges.length === 0;
        const [nodes, apiServers] = ["nodes", "api-servers"].map((tier) => network.subnets[tier]);
        if (nodes === undefined || apiServers === undefined) {
            throw new Error("the network has no room for a cluster of Kubernetes");
        }
        return new containerservice.ManagedCluster(
            this.#name,
            {
                resourceGroupName,
                location: place.location,
                resourceName: place.clusterName,
                sku: { name: "Base", tier: "Standard" },
                kubernetesVersion: kubernetes.version,
                dnsPrefix: place.clusterName,
                nodeResourceGroup: `${place.clusterName}-nodes`,
                identity: { type: "UserAssigned", userAssignedIdentities: [this.identity.id] },
                identityProfile: {
                    kubeletidentity: {
                        resourceId: this.kubeletIdentity.id,
                        clientId: this.kubeletIdentity.clientId,
                        objectId: this.kubeletIdentity.principalId,
                    },
                },
                enableRBAC: true,
                disableLocalAccounts: true,
                aadProfile: { managed: true, enableAzureRBAC: true, tenantID: place.tenantId },
                oidcIssuerProfile: { enabled: true },
                securityProfile: {
                    workloadIdentity: { enabled: true },
                    azureKeyVaultKms: {
                        enabled: true,
                        keyId: key.keyId,
                        keyVaultNetworkAccess: "Private",
                        keyVaultResourceId: key.vaultId,
                    },
                    imageCleaner: { enabled: true, intervalHours: 7 * 24 },
                    ...(watched
                        ? {
                              defender: {
                                  logAnalyticsWorkspaceResourceId: workspaceId,
                                  securityMonitoring: { enabled: true },
                              },
                          }
                        : {}),
                },
                // Machines always reach it inside the network, whoever else does.
                apiServerAccessProfile: {
                    enableVnetIntegration: true,
                    subnetId: apiServers.id,
                    disableRunCommand: true,
                    ...(isPrivate
                        ? {
                              enablePrivateCluster: true,
                              enablePrivateClusterPublicFQDN: false,
                              privateDNSZone: "system",
                          }
                        : { enablePrivateCluster: false, authorizedIPRanges: authorizedRanges }),
                },
                networkProfile: {
                    networkPlugin: "azure",
                    networkPluginMode: "overlay",
                    networkDataplane: "cilium",
                    networkPolicy: "cilium",
                    podCidr,
                    serviceCidr,
                    dnsServiceIP: serviceCidr.replace(/\.0\/.*$/, ".10"),
                    loadBalancerSku: "standard",
                    outboundType: "userAssignedNATGateway",
                },
                agentPoolProfiles: [
                    systemPool(core, {
                        subnetId: nodes.id,
                        encryptionAtHost,
                        labels: this.labels(),
                        tags: this.tags(),
                    }),
                ],
                autoScalerProfile: { expander: "least-waste", scaleDownUnneededTime: "10m" },
                autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
                addonProfiles: {
                    omsagent: {
                        enabled: true,
                        config: {
                            logAnalyticsWorkspaceResourceID: workspaceId,
                            useAADAuth: "true",
                        },
                    },
                },
                storageProfile: {
                    diskCSIDriver: { enabled: true },
                    fileCSIDriver: { enabled: true },
                    snapshotController: { enabled: true },
                    blobCSIDriver: { enabled: false },
                },
                tags: this.tags(),
            },
            {
                parent: this,
                protect: true,
                dependsOn: [...ready],
            },
        );
    }

    #logs(): void {
        new DiagnosticSetting(
            `${this.#name}-logs`,
            {
                resourceUri: this.cluster.id,
                name: "steward",
                workspaceId: this.#args.workspaceId,
                // Tables of their own, which say more and cost less to ask.
                logAnalyticsDestinationType: "Dedicated",
                logs: logs.map((category) => ({ category, enabled: true })),
            },
            { parent: this },
        );
    }
}
