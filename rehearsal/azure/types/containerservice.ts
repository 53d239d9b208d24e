import { overlap, parseCidr } from "../../../components/model/cidr";
import { hex, uuid } from "../../provider/identifiers";
import { blocksAt, flagAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props, Value } from "../../provider/values";
import { isProps } from "../../provider/values";
import type { Admission, AzureType, Making, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { hyphenName, plainName } from "../names";
import { findById } from "../references";
import { mayDo, principalOf } from "../rights";
import { checkReleases, clusterPath, poolProblems } from "./agent-pools";
import { inGroup } from "./paths";
import { enterSubnet } from "./subnets";

export const clusterType = "azure-native:containerservice:ManagedCluster";

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

/**
 * An identity that was made before has to be let in by whoever made it; its own AKS lets in by itself.
 *
 * @see https://learn.microsoft.com/azure/aks/use-managed-identity#prerequisites
 */
function checkRights(inputs: Props, cloud: Admission["cloud"]): void {
    const [identity] = textsAt(inputs, "identity.userAssignedIdentities");
    if (identity === undefined) return;
    const principalId = principalOf(cloud, identity);
    const zone = textAt(inputs, "apiServerAccessProfile.privateDNSZone") ?? "";
    for (const [path, id, role] of [
        ...textsAt(inputs, "agentPoolProfiles.vnetSubnetID").map(
            (each) => ["agentPoolProfiles.vnetSubnetID", each, "Network Contributor"] as const,
        ),
        ...(zone.startsWith("/")
            ? [
                  [
                      "apiServerAccessProfile.privateDNSZone",
                      zone,
                      "Private DNS Zone Contributor",
                  ] as const,
              ]
            : []),
    ]) {
        if (findById(cloud, id) === undefined) continue;
        if (mayDo(cloud, principalId, [role, "Contributor", "Owner"], id)) continue;
        refuse(
            "LinkedAuthorizationFailed",
            `${path}: ${identity} needs the role ${role} on ${id}; assign it and let the cluster depend on it`,
        );
    }
}

/** The cluster's own ranges may not be those of the network that its machines stand in. */
function admitCluster(admission: Admission): void {
    const { inputs, cloud } = admission;
    checkReleases(admission);
    checkRights(inputs, cloud);
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

function madeCluster({ inputs }: Making): Props {
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
        addonProfiles: inputs["addonProfiles"] ?? null,
        azurePortalFQDN: `${host}.portal.hcp.${location}.azmk8s.io`,
        eTag: uuid(),
        fqdn: `${host}.hcp.${location}.azmk8s.io`,
        identityProfile: { kubeletidentity: identity },
        maxAgentPools: 100,
        nodeResourceGroup: group ?? `MC_${own}_${name}_${location}`,
        powerState: { code: "Running" },
        privateFQDN: isPrivate ? `${host}.${uuid()}.privatelink.${location}.azmk8s.io` : null,
        resourceUID: hex(24),
    };
}

/** Clusters of AKS. @see https://learn.microsoft.com/rest/api/aks/managed-clusters */
export const containerserviceTypes: Readonly<Record<string, AzureType>> = {
    [clusterType]: {
        path: inGroup(clusterPath),
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
        made: madeCluster,
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
    "azure-native:containerservice:MaintenanceConfiguration": {
        path: inGroup(`${clusterPath}/maintenanceConfigurations/{configName}`),
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
        path: inGroup(`${clusterPath}/trustedAccessRoleBindings/{trustedAccessRoleBindingName}`),
        name: plainName(1, 36),
        immutable: ["sourceResourceId"],
    },
};
