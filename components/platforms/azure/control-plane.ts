import * as containerservice from "@pulumi/azure-native/containerservice";
import { Key } from "@pulumi/azure-native/keyvault";
import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { podCidr, serviceCidr } from "../../model/check-azure";
import type { AzureSpec } from "../../model/spec/azure";
import { accessOf, isAccess } from "./access";
import { identity } from "./identity";
import { kubeconfig } from "./kubeconfig";
import type { Network } from "./network";
import type { Place } from "./place";
import type { Pool } from "./pools";
import { systemPool } from "./node-pool";
import { privateEndpoint } from "./private-link";
import type { BuiltInRole } from "./role-assignment";
import { grant } from "./role-assignment";
import { keyVault } from "./vault";

export interface ControlPlaneArgs extends LayerArgs {
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
        const { place, resourceGroupName } = args;

        const of = { place, resourceGroupName, tags: this.tags() };
        this.identity = identity(`${name}-cluster`, { ...of, noun: "control-plane" }, this);
        this.kubeletIdentity = identity(`${name}-nodes`, { ...of, noun: "nodes" }, this);
        const { key, ready } = this.#key();
        const may = [
            this.#may("network", "Network Contributor", args.network.vnet.id),
            this.#may("nodes", "Managed Identity Operator", this.kubeletIdentity.id),
        ];
        this.cluster = this.#createCluster(key, [...ready, ...may, ...args.network.ready]);
        this.issuer = this.cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? "");
        this.#upkeep();
        this.#logs();
        const authorized = this.#admit();
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
            { parent: this, dependsOn: authorized },
        );
        this.ready = [this.cluster];
        this.registerOutputs({ cluster: this.cluster.name });
    }

    /** What seals the Secrets in the store of the Kubernetes API. @returns the key, and the rights to it. */
    #key(): { key: Key; ready: pulumi.Resource[] } {
        const { place, resourceGroupName, network } = this.#args;
        const tags = this.tags();
        const vault = keyVault(
            this.#name,
            { place, resourceGroupName, what: "control-plane", tags },
            this,
        );
        const zone = network.zones.vault;
        const subnet = network.subnets["endpoints"];
        if (zone === undefined || subnet === undefined) {
            throw new Error("the network has no names of key vaults");
        }
        const endpoint = privateEndpoint(
            `${this.#name}-vault`,
            {
                place,
                resourceGroupName,
                noun: "vault",
                service: "vault",
                target: vault.id,
                subnetId: subnet.id,
                zone,
                tags,
            },
            this,
        );
        const key = new Key(
            `${this.#name}-key`,
            {
                resourceGroupName,
                vaultName: vault.name,
                keyName: "etcd",
                // AKS is told of a version: another one has to be named to it, so it turns by no clock.
                properties: { kty: "RSA", keySize: 3072, keyOps: ["encrypt", "decrypt"] },
                tags,
            },
            { parent: this, protect: true },
        );
        const uses = this.#may("key", "Key Vault Crypto User", vault.id);
        // To have an endpoint of its own let in: https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
        const joins = this.#may("vault", "Key Vault Contributor", vault.id);
        return { key, ready: [uses, joins, ...endpoint] };
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

    #createCluster(key: Key, ready: readonly pulumi.Resource[]): containerservice.ManagedCluster {
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
                        keyId: key.keyUriWithVersion,
                        keyVaultNetworkAccess: "Private",
                        keyVaultResourceId: key.id.apply((id) => id.replace(/\/keys\/.*$/, "")),
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
                // How many machines run is the autoscaler's to say.
                ignoreChanges: ["agentPoolProfiles[0].count"],
            },
        );
    }

    /** When patches of Kubernetes come, and new images of the machines. */
    #upkeep(): void {
        const { resourceGroupName, kubernetes } = this.#args;
        const { day, hourUtc } = kubernetes.maintenance;
        for (const [noun, configName] of [
            ["upgrades", "aksManagedAutoUpgradeSchedule"],
            ["images", "aksManagedNodeOSUpgradeSchedule"],
        ] as const) {
            new containerservice.MaintenanceConfiguration(
                `${this.#name}-${noun}`,
                {
                    resourceGroupName,
                    resourceName: this.cluster.name,
                    configName,
                    maintenanceWindow: {
                        durationHours: 4,
                        startDate: "2026-01-01",
                        startTime: `${String(hourUtc).padStart(2, "0")}:00`,
                        utcOffset: "+00:00",
                        schedule: { weekly: { dayOfWeek: day, intervalWeeks: 1 } },
                    },
                },
                { parent: this },
            );
        }
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

    /** Lets in whom the stack file names. @returns what must stand before the deployer may use the API. */
    #admit(): pulumi.Resource[] {
        const { access, namespaces, place } = this.#args;
        const { subscriptionId } = place;
        return Object.entries(access).flatMap(([slug, principalId]) => {
            if (!isAccess(slug)) return [];
            const { role, scope } = accessOf[slug];
            const scopes =
                scope === "cluster"
                    ? { all: this.cluster.id }
                    : Object.fromEntries(
                          namespaces.map((each) => [
                              each,
                              this.cluster.id.apply((id) => `${id}/namespaces/${each}`),
                          ]),
                      );
            const granted = Object.entries(scopes).map(([noun, at]) =>
                grant(
                    `${this.#name}-${slug}-${noun}`,
                    { subscriptionId, role, scope: at, principalId },
                    { parent: this },
                ),
            );
            // Where the cluster is, which says nothing of what is in it.
            const finds = grant(
                `${this.#name}-${slug}-finds`,
                {
                    subscriptionId,
                    role: "Azure Kubernetes Service Cluster User Role",
                    scope: this.cluster.id,
                    principalId,
                },
                { parent: this },
            );
            return slug === "deployer" ? [...granted, finds] : [];
        });
    }
}
