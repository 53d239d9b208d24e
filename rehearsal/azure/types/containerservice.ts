import { hex } from "../../provider/identifiers";
import { blocksAt, flagAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props, Value } from "../../provider/values";
import { isProps } from "../../provider/values";
import type { Admission, AzureType, Making, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { agentPoolName, hyphenName, plainName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";
import { zoneProblems } from "./public-addresses";
import { enterSubnet } from "./subnets";
import { parseCidr, overlap } from "../../../components/model/cidr";
import { uuid } from "../../provider/identifiers";

export const clusterType = "azure-native:containerservice:ManagedCluster";
export const poolType = "azure-native:containerservice:AgentPool";
const cluster = "Microsoft.ContainerService/managedClusters/{resourceName}";

/** @see https://learn.microsoft.com/azure/aks/quotas-skus-regions#service-quotas-and-limits */
const mostNodes = 1000;

/** @see https://learn.microsoft.com/azure/aks/use-system-pools */
function* poolProblems(path: string, pool: Props): Generator<Problem> {
    const at = (key: string) => (path === "" ? key : `${path}.${key}`);
    const [least, most, count] = ["minCount", "maxCount", "count"].map((key) =>
        numberAt(pool, key),
    );
    if (flagAt(pool, "enableAutoScaling") === true) {
        if (least === undefined || most === undefined)
            yield {
                property: at("minCount"),
                reason: "and maxCount are required with enableAutoScaling",
            };
        else if (least > most || most > mostNodes)
            yield { property: at("maxCount"), reason: `${most} is not ${least} to ${mostNodes}` };
    } else if (least !== undefined || most !== undefined)
        yield { property: at("minCount"), reason: "and maxCount go with enableAutoScaling only" };
    if (text(pool, "mode") === "System" && (least === 0 || count === 0))
        yield {
            property: at("minCount"),
            reason: "is 0, which a pool of the mode System cannot be",
        };
    const spot = text(pool, "scaleSetPriority") === "Spot";
    if (spot && text(pool, "mode") === "System")
        yield {
            property: at("scaleSetPriority"),
            reason: "Spot cannot be a pool of the mode System",
        };
    if (isGiven(pool, "spotMaxPrice") && !spot)
        yield { property: at("spotMaxPrice"), reason: "goes with scaleSetPriority Spot only" };
    for (const taint of textsAt(pool, "nodeTaints"))
        if (!/^[\w./-]+(=[\w.-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/.test(taint))
            yield { property: at("nodeTaints"), reason: `${taint} is no key=value:effect` };
    const pods = numberAt(pool, "maxPods");
    if (pods !== undefined && (pods < 10 || pods > 250))
        yield { property: at("maxPods"), reason: `${pods} is not 10 to 250` };
    yield* zoneProblems({ zones: pool["availabilityZones"] ?? [] });
}

/** @see https://learn.microsoft.com/azure/aks/azure-cni-overlay */
function* networkProblems(inputs: Props): Generator<Problem> {
    const [plugin, mode, plane, policy] = [
        "networkPlugin",
        "networkPluginMode",
        "networkDataplane",
        "networkPolicy",
    ].map((key) => textAt(inputs, `networkProfile.${key}`));
    if (mode === "overlay" && plugin !== "azure")
        yield {
            property: "networkProfile.networkPluginMode",
            reason: "overlay goes with networkPlugin azure",
        };
    if (policy === "cilium" && plane !== "cilium")
        yield {
            property: "networkProfile.networkPolicy",
            reason: "cilium goes with networkDataplane cilium",
        };
    if (plane === "cilium" && policy !== undefined && policy !== "cilium")
        yield {
            property: "networkProfile.networkPolicy",
            reason: `${policy} does not go with networkDataplane cilium`,
        };
    const ranges = ["podCidr", "serviceCidr"].flatMap((key) => {
        const value = textAt(inputs, `networkProfile.${key}`);
        const block = value === undefined ? undefined : parseCidr(value);
        return block === undefined ? [] : [{ key, block }];
    });
    const [one, other] = ranges;
    if (one !== undefined && other !== undefined && overlap(one.block, other.block))
        yield { property: "networkProfile.serviceCidr", reason: "overlaps networkProfile.podCidr" };
    const [address, services] = [
        textAt(inputs, "networkProfile.dnsServiceIP"),
        ranges.find(({ key }) => key === "serviceCidr"),
    ];
    const host = address === undefined ? undefined : parseCidr(`${address}/32`);
    if (host !== undefined && services !== undefined && !overlap(host, services.block))
        yield {
            property: "networkProfile.dnsServiceIP",
            reason: "lies outside networkProfile.serviceCidr",
        };
}

function* clusterProblems(inputs: Props): Generator<Problem> {
    const pools = blocksAt(inputs, "agentPoolProfiles");
    for (const [at, pool] of pools.entries()) yield* poolProblems(`agentPoolProfiles[${at}]`, pool);
    if (
        isGiven(inputs, "agentPoolProfiles") &&
        !pools.some((pool) => text(pool, "mode") === "System")
    )
        yield { property: "agentPoolProfiles", reason: "has no pool of the mode System" };
    if (!isGiven(inputs, "dnsPrefix") && !isGiven(inputs, "fqdnSubdomain"))
        yield { property: "dnsPrefix", reason: "is required and not given" };
    if (!isGiven(inputs, "identity") && !isGiven(inputs, "servicePrincipalProfile"))
        yield { property: "identity", reason: "is required and not given" };
    if (
        flagAt(inputs, "disableLocalAccounts") === true &&
        flagAt(inputs, "aadProfile.managed") !== true
    )
        yield {
            property: "disableLocalAccounts",
            reason: "needs aadProfile.managed, or nobody gets in",
        };
    if (
        flagAt(inputs, "securityProfile.workloadIdentity.enabled") === true &&
        flagAt(inputs, "oidcIssuerProfile.enabled") !== true
    )
        yield {
            property: "securityProfile.workloadIdentity",
            reason: "needs oidcIssuerProfile.enabled",
        };
    if (
        flagAt(inputs, "apiServerAccessProfile.enablePrivateCluster") === true &&
        isGiven(inputs, "apiServerAccessProfile.authorizedIPRanges")
    )
        yield {
            property: "apiServerAccessProfile.authorizedIPRanges",
            reason: "does not go with enablePrivateCluster",
        };
    yield* networkProblems(inputs);
}

/** The cluster's own ranges may not be those of the network that its machines stand in. */
function admitCluster({ inputs, cloud }: Admission): void {
    for (const id of textsAt(inputs, "agentPoolProfiles.vnetSubnetID")) {
        enterSubnet(cloud, id);
        const network = findById(cloud, id.replace(/\/subnets\/[^/]+$/, ""));
        for (const taken of textsAt(network?.outputs ?? {}, "addressSpace.addressPrefixes"))
            for (const key of ["podCidr", "serviceCidr"]) {
                const [one, other] = [
                    parseCidr(taken),
                    parseCidr(textAt(inputs, `networkProfile.${key}`) ?? ""),
                ];
                if (one !== undefined && other !== undefined && overlap(one, other))
                    refuse(
                        "ServiceCidrOverlapExistingSubnetsCidr",
                        `networkProfile.${key}: overlaps ${taken} of the network`,
                    );
            }
    }
}

const poolNames = (props: Props): readonly string[] =>
    blocksAt(props, "agentPoolProfiles").flatMap((pool) => text(pool, "name") ?? []);

/** A pool beside the cluster's own: two of one name are one, and each undoes what the other says. */
function admitPool({ id, inputs, cloud }: Admission): void {
    const owner = findById(cloud, id.replace(/\/agentPools\/[^/]+$/i, ""));
    const name = text(inputs, "agentPoolName") ?? "";
    if (owner !== undefined && poolNames(owner.inputs).includes(name))
        refuse("Conflict", `agentPoolName: ${name} is one of the cluster's own agentPoolProfiles`);
    for (const subnet of textsAt(inputs, "vnetSubnetID")) enterSubnet(cloud, subnet);
}

function madeCluster({ inputs, tenantId }: Making): Props {
    const location = text(inputs, "location") ?? "";
    const host = `${text(inputs, "dnsPrefix") ?? text(inputs, "fqdnSubdomain") ?? ""}-${hex(8)}`;
    const isPrivate = flagAt(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
    const group = text(inputs, "nodeResourceGroup");
    const [own, name] = [
        text(inputs, "resourceGroupName") ?? "",
        text(inputs, "resourceName") ?? "",
    ];
    const identity = { clientId: uuid(), objectId: uuid(), resourceId: "" };
    return {
        addonProfiles: null,
        azurePortalFQDN: `${host}.portal.hcp.${location}.azmk8s.io`,
        eTag: uuid(),
        fqdn: `${host}.hcp.${location}.azmk8s.io`,
        identityProfile: { kubeletidentity: identity },
        maxAgentPools: 100,
        nodeResourceGroup: group ?? `MC_${own}_${name}_${location}`,
        powerState: { code: "Running" },
        privateFQDN: isPrivate ? `${host}.${uuid()}.privatelink.${location}.azmk8s.io` : null,
        resourceUID: hex(24),
        oidc: `https://${location}.oic.prod-aks.azure.com/${tenantId}/${uuid()}/`,
    };
}

/** Clusters of AKS. @see https://learn.microsoft.com/rest/api/aks/managed-clusters */
export const containerserviceTypes: Readonly<Record<string, AzureType>> = {
    [clusterType]: {
        path: inGroup(cluster),
        name: hyphenName(1, 63),
        immutable: [
            "diskEncryptionSetID",
            "dnsPrefix",
            "fqdnSubdomain",
            "linuxProfile",
            "networkProfile.dnsServiceIP",
            "networkProfile.networkDataplane",
            "networkProfile.networkPlugin",
            "networkProfile.networkPluginMode",
            "networkProfile.networkPolicy",
            "networkProfile.outboundType",
            "networkProfile.podCidr",
            "networkProfile.serviceCidr",
            "nodeResourceGroup",
            "windowsProfile",
        ],
        fixed: [
            "apiServerAccessProfile.enablePrivateCluster",
            "apiServerAccessProfile.privateDNSZone",
        ],
        inputProblems: clusterProblems,
        admit: admitCluster,
        made(making) {
            const { oidc: _, ...made } = madeCluster(making);
            return { ...made, addonProfiles: making.inputs["addonProfiles"] ?? null };
        },
        computed({ inputs, old, tenantId }) {
            const asked = text(inputs, "kubernetesVersion") ?? "1.34";
            const given = inputs["oidcIssuerProfile"];
            const before = textAt(old?.outputs ?? {}, "oidcIssuerProfile.issuerURL");
            const issuerURL =
                before ??
                `https://${text(inputs, "location") ?? ""}.oic.prod-aks.azure.com/${tenantId}/${uuid()}/`;
            const issuer: Record<string, Value> =
                isProps(given) && given["enabled"] === true
                    ? { oidcIssuerProfile: { ...given, issuerURL } }
                    : {};
            return {
                ...issuer,
                currentKubernetesVersion: /^\d+\.\d+$/.test(asked) ? `${asked}.0` : asked,
            };
        },
    },
    [poolType]: {
        path: inGroup(`${cluster}/agentPools/{agentPoolName}`),
        name: agentPoolName,
        immutable: ["gpuInstanceProfile", "vmSize", "networkProfile.nodePublicIPTags"],
        fixed: [
            "availabilityZones",
            "enableEncryptionAtHost",
            "enableFIPS",
            "kubeletDiskType",
            "osDiskSizeGB",
            "osDiskType",
            "osType",
            "maxPods",
            "scaleSetPriority",
            "scaleSetEvictionPolicy",
            "spotMaxPrice",
            "vnetSubnetID",
        ],
        required: ["vmSize"],
        defaults: { nodeLabels: {}, nodeTaints: [] },
        *inputProblems(inputs) {
            yield* poolProblems("", inputs);
            const name = text(inputs, "agentPoolName");
            if (text(inputs, "osType") === "Windows" && (name ?? "").length > 6)
                yield {
                    property: "agentPoolName",
                    reason: "has more than the 6 characters that Windows takes",
                };
        },
        admit: admitPool,
        made: () => ({
            currentOrchestratorVersion: "1.34.0",
            eTag: uuid(),
            nodeImageVersion: "AKSUbuntu-2204gen2containerd-202611.01.0",
        }),
    },
    "azure-native:containerservice:MaintenanceConfiguration": {
        path: inGroup(`${cluster}/maintenanceConfigurations/{configName}`),
        name: {
            length: [1, 63],
            pattern: /^(default|aksManagedAutoUpgradeSchedule|aksManagedNodeOSUpgradeSchedule)$/,
            words: "default, aksManagedAutoUpgradeSchedule or aksManagedNodeOSUpgradeSchedule",
        },
        *inputProblems(inputs) {
            const hours = numberAt(inputs, "maintenanceWindow.durationHours");
            if (hours !== undefined && (hours < 4 || hours > 24))
                yield {
                    property: "maintenanceWindow.durationHours",
                    reason: `${hours} is not 4 to 24`,
                };
        },
    },
    "azure-native:containerservice:TrustedAccessRoleBinding": {
        path: inGroup(`${cluster}/trustedAccessRoleBindings/{trustedAccessRoleBindingName}`),
        name: plainName(1, 36),
        immutable: ["sourceResourceId"],
    },
};
