import { blocksAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { lastOf, normal } from "../arm-id";
import { networkName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";
import { zoneProblems } from "./public-addresses";
import { enterSubnet } from "./subnets";

const gatewayType = "azure-native:network:ApplicationGateway";
const firewallType = "azure-native:network:WebApplicationFirewallPolicy";
const bastionType = "azure-native:network:BastionHost";
const flowLogType = "azure-native:network:FlowLog";

/** @see https://learn.microsoft.com/azure/application-gateway/configuration-overview */
function* gatewayProblems(inputs: Props): Generator<Problem> {
    yield* zoneProblems(inputs);
    const [tier, name] = [textAt(inputs, "sku.tier") ?? "", textAt(inputs, "sku.name") ?? ""];
    if (tier !== "" && !tier.endsWith("_v2") && tier !== "Basic")
        yield {
            property: "sku.tier",
            reason: `${tier} is the first version, retired in April 2026; give ${tier}_v2`,
        };
    if (tier !== name && tier !== "" && name !== "")
        yield { property: "sku.name", reason: `${name} is another than the tier ${tier}` };
    const walled =
        isGiven(inputs, "firewallPolicy") || isGiven(inputs, "webApplicationFirewallConfiguration");
    if (tier === "WAF_v2" && !walled)
        yield { property: "firewallPolicy", reason: "is required with WAF_v2" };
    for (const [at, rule] of blocksAt(inputs, "requestRoutingRules").entries()) {
        const priority = numberAt(rule, "priority");
        if (priority === undefined || priority < 1 || priority > 20_000)
            yield { property: `requestRoutingRules[${at}].priority`, reason: "is not 1 to 20000" };
    }
    const certificates = textsAt(inputs, "sslCertificates.keyVaultSecretId");
    if (certificates.length > 0 && !isGiven(inputs, "identity"))
        yield { property: "identity", reason: "is required to read a certificate of a vault" };
    for (const id of certificates)
        if (!/^https:\/\/[^/]+\/secrets\/[^/]+(\/[0-9a-f]{32})?\/?$/.test(id))
            yield {
                property: "sslCertificates.keyVaultSecretId",
                reason: "is no secret id of a vault",
            };
    if (isGiven(inputs, "autoscaleConfiguration") === isGiven(inputs, "sku.capacity"))
        yield { property: "sku.capacity", reason: "give it or autoscaleConfiguration, not both" };
}

/** @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-request-size-limits */
function* firewallProblems(inputs: Props): Generator<Problem> {
    const [body, files] = [
        numberAt(inputs, "policySettings.maxRequestBodySizeInKb"),
        numberAt(inputs, "policySettings.fileUploadLimitInMb"),
    ];
    if (body !== undefined && (body < 8 || body > 2000))
        yield {
            property: "policySettings.maxRequestBodySizeInKb",
            reason: `${body} is not 8 to 2000`,
        };
    if (files !== undefined && (files < 1 || files > 4000))
        yield {
            property: "policySettings.fileUploadLimitInMb",
            reason: `${files} is not 1 to 4000`,
        };
    if (!isGiven(inputs, "managedRules.managedRuleSets"))
        yield { property: "managedRules.managedRuleSets", reason: "is required and not given" };
    const seen = new Set<number>();
    for (const [at, rule] of blocksAt(inputs, "customRules").entries()) {
        const property = `customRules[${at}].priority`;
        const priority = numberAt(rule, "priority") ?? 0;
        if (priority < 1 || priority > 100)
            yield { property, reason: `${priority} is not 1 to 100` };
        if (seen.has(priority)) yield { property, reason: `${priority} is there twice` };
        seen.add(priority);
    }
}

/** @see https://learn.microsoft.com/azure/bastion/configuration-settings */
function* bastionProblems(inputs: Props): Generator<Problem> {
    yield* zoneProblems(inputs);
    for (const id of textsAt(inputs, "ipConfigurations.subnet.id"))
        if (lastOf(id) !== "AzureBastionSubnet")
            yield {
                property: "ipConfigurations",
                reason: "must stand in a subnet of the name AzureBastionSubnet",
            };
    const units = numberAt(inputs, "scaleUnits");
    if (units !== undefined && (units < 2 || units > 50))
        yield { property: "scaleUnits", reason: `${units} is not 2 to 50` };
}

function admitFlowLog({ id, inputs, cloud }: Admission): void {
    const target = normal(text(inputs, "targetResourceId") ?? "");
    if (target.includes("/networksecuritygroups/"))
        refuse(
            "NsgFlowLogsRetired",
            "targetResourceId: since July 2025 none is made for a security group; name the network",
        );
    const other = cloud
        .all(flowLogType)
        .find(
            (each) =>
                normal(each.id) !== normal(id) &&
                normal(text(each.outputs, "targetResourceId") ?? "") === target,
        );
    if (other !== undefined)
        refuse("FlowLogLimit", `targetResourceId: ${other.id} logs it already`);
}

/** What takes traffic in and hands it on. */
export const loadBalancerTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:network:LoadBalancer": {
        path: inGroup("Microsoft.Network/loadBalancers/{loadBalancerName}"),
        name: networkName,
        immutable: ["sku"],
        parts: [
            "frontendIPConfigurations",
            "backendAddressPools",
            "loadBalancingRules",
            "probes",
            "inboundNatRules",
            "inboundNatPools",
            "outboundRules",
        ],
        heldBy: ["azure-native:network:NetworkInterface"],
        inUse: "InUseLoadBalancerCannotBeDeleted",
        *inputProblems(inputs) {
            if ((textAt(inputs, "sku.name") ?? "Basic") === "Basic")
                yield {
                    property: "sku.name",
                    reason: "Basic was retired in September 2025; give Standard",
                };
        },
        admit({ inputs, cloud }) {
            for (const id of textsAt(inputs, "frontendIPConfigurations.subnet.id"))
                enterSubnet(cloud, id);
        },
    },
    [gatewayType]: {
        path: inGroup("Microsoft.Network/applicationGateways/{applicationGatewayName}"),
        name: networkName,
        parts: [
            "authenticationCertificates",
            "backendAddressPools",
            "backendHttpSettingsCollection",
            "backendSettingsCollection",
            "frontendIPConfigurations",
            "frontendPorts",
            "gatewayIPConfigurations",
            "httpListeners",
            "listeners",
            "loadDistributionPolicies",
            "probes",
            "redirectConfigurations",
            "requestRoutingRules",
            "rewriteRuleSets",
            "sslCertificates",
            "sslProfiles",
            "trustedRootCertificates",
            "urlPathMaps",
        ],
        heldBy: ["azure-native:network:NetworkInterface"],
        writeOnly: ["sslCertificates.data", "sslCertificates.password"],
        inputProblems: gatewayProblems,
        admit({ inputs, cloud }) {
            for (const id of textsAt(inputs, "gatewayIPConfigurations.subnet.id"))
                enterSubnet(cloud, id, delegateOf(cloud, id));
        },
        made: () => ({
            defaultPredefinedSslPolicy: "AppGwSslPolicy20220101",
            operationalState: "Running",
            privateEndpointConnections: [],
        }),
    },
    [firewallType]: {
        path: inGroup(
            "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/{policyName}",
        ),
        name: {
            length: [1, 128],
            pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
            words: "letters, digits, underscores and hyphens that begin with a letter",
        },
        heldBy: [gatewayType],
        inUse: "WebApplicationFirewallPolicyCannotBeDeleted",
        inputProblems: firewallProblems,
        made: () => ({
            applicationGatewayForContainers: [],
            applicationGateways: [],
            httpListeners: [],
            pathBasedRules: [],
            resourceState: "Enabled",
        }),
    },
    [bastionType]: {
        path: inGroup("Microsoft.Network/bastionHosts/{bastionHostName}"),
        name: networkName,
        parts: ["ipConfigurations"],
        inputProblems: bastionProblems,
        made: ({ id }) => ({ dnsName: `bst-${lastOf(id)}.bastion.azure.com` }),
    },
    [flowLogType]: {
        path: inGroup(
            "Microsoft.Network/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}",
        ),
        name: networkName,
        immutable: ["targetResourceId"],
        *inputProblems(inputs) {
            const days = numberAt(inputs, "retentionPolicy.days");
            if (days !== undefined && (days < 0 || days > 365))
                yield { property: "retentionPolicy.days", reason: `${days} is not 0 to 365` };
        },
        admit: admitFlowLog,
        made: () => ({ targetResourceGuid: "00000000-0000-4000-8000-000000000005" }),
    },
};

/** A gateway stands in a subnet that is delegated to it, or to nobody. */
function delegateOf(cloud: Admission["cloud"], id: string): string | undefined {
    const service = "Microsoft.Network/applicationGateways";
    const delegated = textsAt(findById(cloud, id)?.outputs ?? {}, "delegations.serviceName");
    return delegated.includes(service) ? service : undefined;
}
