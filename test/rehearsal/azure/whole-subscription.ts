import { anySubscription, anyTenant } from "../../../rehearsal/azure/account";
import type { Props, Value } from "../../../rehearsal/provider/values";
import { isProps } from "../../../rehearsal/provider/values";
import { group, groupId, region, TestSubscription } from "./account";
import { acceptedData } from "./whole-data";
import { acceptedDuties } from "./whole-duties";

/** The id of something in the test's resource group. */
export const idOf = (rest: string): string => `${groupId}/providers/${rest}`;
const network = "Microsoft.Network";
export const subnetOf = (name: string): string =>
    idOf(`${network}/virtualNetworks/geolab/subnets/${name}`);
export const role = (guid: string): string =>
    `/subscriptions/${anySubscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
export const place = { resourceGroupName: group, location: region };
const subnet = (name: string, addressPrefix: string, more: Props = {}): Props => ({
    resourceGroupName: group,
    virtualNetworkName: "geolab",
    subnetName: name,
    addressPrefix,
    ...more,
});
const delegatedTo = (serviceName: string): Props => ({
    delegations: [{ name: "service", serviceName }],
});
const gateway = idOf(`${network}/applicationGateways/front`);

/** One of every type that the rehearsal knows, and what it needs, in the order in which it can be made. */
export const accepted: readonly (readonly [string, Props])[] = [
    [
        "azure-native:resources:ResourceGroup",
        { resourceGroupName: group, location: region, tags: { "owner-role": "operator" } },
    ],
    [
        "azure-native:network:VirtualNetwork",
        {
            ...place,
            virtualNetworkName: "geolab",
            addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        },
    ],
    [
        "azure-native:network:NetworkSecurityGroup",
        { ...place, networkSecurityGroupName: "nodes", securityRules: [] },
    ],
    [
        "azure-native:network:SecurityRule",
        {
            resourceGroupName: group,
            networkSecurityGroupName: "nodes",
            securityRuleName: "https",
            access: "Allow",
            direction: "Inbound",
            protocol: "Tcp",
            priority: 200,
            sourceAddressPrefix: "Internet",
            sourcePortRange: "*",
            destinationAddressPrefix: "10.20.0.0/20",
            destinationPortRange: "443",
        },
    ],
    [
        "azure-native:network:ApplicationSecurityGroup",
        { ...place, applicationSecurityGroupName: "postgres" },
    ],
    [
        "azure-native:network:PublicIPAddress",
        {
            ...place,
            publicIpAddressName: "out",
            publicIPAllocationMethod: "Static",
            sku: { name: "Standard" },
        },
    ],
    [
        "azure-native:network:NatGateway",
        {
            ...place,
            natGatewayName: "out",
            sku: { name: "Standard" },
            publicIpAddresses: [{ id: idOf(`${network}/publicIPAddresses/out`) }],
        },
    ],
    ["azure-native:network:RouteTable", { ...place, routeTableName: "nodes" }],
    [
        "azure-native:network:Subnet",
        subnet("nodes", "10.20.0.0/20", {
            networkSecurityGroup: { id: idOf(`${network}/networkSecurityGroups/nodes`) },
            natGateway: { id: idOf(`${network}/natGateways/out`) },
        }),
    ],
    [
        "azure-native:network:Subnet",
        subnet(
            "postgres",
            "10.20.16.0/24",
            delegatedTo("Microsoft.DBforPostgreSQL/flexibleServers"),
        ),
    ],
    ["azure-native:network:Subnet", subnet("front", "10.20.17.0/24")],
    ["azure-native:network:Subnet", subnet("AzureBastionSubnet", "10.20.18.0/26")],
    [
        "azure-native:privatedns:PrivateZone",
        {
            ...place,
            location: "global",
            privateZoneName: "geolab.private.postgres.database.azure.com",
        },
    ],
    [
        "azure-native:privatedns:VirtualNetworkLink",
        {
            resourceGroupName: group,
            location: "global",
            privateZoneName: "geolab.private.postgres.database.azure.com",
            virtualNetworkLinkName: "geolab",
            virtualNetwork: { id: idOf(`${network}/virtualNetworks/geolab`) },
        },
    ],
    [
        "azure-native:privatedns:PrivateRecordSet",
        {
            resourceGroupName: group,
            privateZoneName: "geolab.private.postgres.database.azure.com",
            recordType: "A",
            relativeRecordSetName: "db",
            ttl: 300,
            aRecords: [{ ipv4Address: "10.20.16.4" }],
        },
    ],
    ["azure-native:dns:Zone", { ...place, location: "global", zoneName: "geolab.example.org" }],
    [
        "azure-native:dns:RecordSet",
        {
            resourceGroupName: group,
            zoneName: "geolab.example.org",
            recordType: "CNAME",
            relativeRecordSetName: "hub",
            ttl: 300,
            cnameRecord: { cname: "front.example.org" },
        },
    ],
    ["azure-native:managedidentity:UserAssignedIdentity", { ...place, resourceName: "front" }],
    [
        "azure-native:managedidentity:FederatedIdentityCredential",
        {
            resourceGroupName: group,
            resourceName: "front",
            federatedIdentityCredentialResourceName: "staging",
            audiences: ["api://AzureADTokenExchange"],
            issuer: "https://canadacentral.oic.prod-aks.azure.com/a/b/",
            subject: "system:serviceaccount:staging:user-sa",
        },
    ],
    [
        "azure-native:authorization:RoleAssignment",
        {
            scope: groupId,
            roleAssignmentName: "5c1d0b4e-0000-4000-8000-000000000001",
            principalId: "5c1d0b4e-0000-4000-8000-000000000002",
            principalType: "ServicePrincipal",
            roleDefinitionId: role(reader),
        },
    ],
    [
        "azure-native:authorization:RoleDefinition",
        {
            scope: `/subscriptions/${anySubscription}`,
            roleDefinitionId: "5c1d0b4e-0000-4000-8000-000000000003",
            roleName: "geolab reader",
            permissions: [{ actions: ["Microsoft.Compute/disks/read"] }],
            assignableScopes: [`/subscriptions/${anySubscription}`],
        },
    ],
    [
        "azure-native:authorization:PolicyDefinition",
        { policyDefinitionName: "geolab-tags", mode: "Indexed", policyRule: { if: {}, then: {} } },
    ],
    [
        "azure-native:authorization:PolicyAssignment",
        {
            scope: groupId,
            policyAssignmentName: "tags",
            policyDefinitionId: `/subscriptions/${anySubscription}/providers/Microsoft.Authorization/policyDefinitions/geolab-tags`,
        },
    ],
    [
        "azure-native:authorization:ManagementLockByScope",
        {
            scope: idOf(`${network}/virtualNetworks/geolab`),
            lockName: "keep",
            level: "CanNotDelete",
        },
    ],
    [
        "azure-native:keyvault:Vault",
        {
            ...place,
            vaultName: "geolab-0a1b2c",
            properties: {
                tenantId: anyTenant,
                sku: { family: "A", name: "standard" },
                enableRbacAuthorization: true,
                enablePurgeProtection: true,
            },
        },
    ],
    [
        "azure-native:keyvault:Key",
        {
            resourceGroupName: group,
            vaultName: "geolab-0a1b2c",
            keyName: "disks",
            properties: { kty: "RSA", keySize: 3072 },
        },
    ],
    [
        "azure-native:keyvault:Secret",
        {
            resourceGroupName: group,
            vaultName: "geolab-0a1b2c",
            secretName: "postgres",
            properties: { value: "s3cret" },
        },
    ],
    [
        "azure-native:operationalinsights:Workspace",
        { ...place, workspaceName: "geolab", sku: { name: "PerGB2018" }, retentionInDays: 90 },
    ],
    [
        "azure-native:monitor:ActionGroup",
        {
            resourceGroupName: group,
            location: "global",
            actionGroupName: "operator",
            groupShortName: "operator",
            enabled: true,
            emailReceivers: [
                {
                    name: "operator",
                    emailAddress: "operator@example.org",
                    useCommonAlertSchema: true,
                },
            ],
        },
    ],
    [
        "azure-native:monitor:MetricAlert",
        {
            resourceGroupName: group,
            location: "global",
            ruleName: "nat",
            enabled: true,
            severity: 2,
            evaluationFrequency: "PT5M",
            windowSize: "PT15M",
            scopes: [idOf(`${network}/natGateways/out`)],
            criteria: {
                odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                allOf: [],
            },
        },
    ],
    [
        "azure-native:monitor:ActivityLogAlert",
        {
            resourceGroupName: group,
            location: "global",
            activityLogAlertName: "health",
            scopes: [groupId],
            condition: { allOf: [{ field: "category", equals: "ResourceHealth" }] },
            actions: {
                actionGroups: [{ actionGroupId: idOf("Microsoft.Insights/actionGroups/operator") }],
            },
        },
    ],
    [
        "azure-native:monitor:ScheduledQueryRule",
        {
            ...place,
            ruleName: "disks",
            severity: 2,
            evaluationFrequency: "PT15M",
            windowSize: "PT15M",
            scopes: [idOf("Microsoft.OperationalInsights/workspaces/geolab")],
            criteria: { allOf: [] },
        },
    ],
    [
        "azure-native:monitor:DiagnosticSetting",
        {
            resourceUri: idOf("Microsoft.KeyVault/vaults/geolab-0a1b2c"),
            name: "logs",
            workspaceId: idOf("Microsoft.OperationalInsights/workspaces/geolab"),
            logs: [{ categoryGroup: "audit", enabled: true }],
        },
    ],
    [
        "azure-native:monitor:DataCollectionRule",
        {
            ...place,
            dataCollectionRuleName: "machines",
            destinations: {
                logAnalytics: [
                    {
                        name: "logs",
                        workspaceResourceId: idOf(
                            "Microsoft.OperationalInsights/workspaces/geolab",
                        ),
                    },
                ],
            },
            dataFlows: [{ streams: ["Microsoft-Perf"], destinations: ["logs"] }],
        },
    ],
    [
        "azure-native:network:WebApplicationFirewallPolicy",
        {
            ...place,
            policyName: "front",
            managedRules: { managedRuleSets: [{ ruleSetType: "OWASP", ruleSetVersion: "3.2" }] },
        },
    ],
    [
        "azure-native:network:ApplicationGateway",
        {
            ...place,
            applicationGatewayName: "front",
            sku: { name: "WAF_v2", tier: "WAF_v2" },
            autoscaleConfiguration: { minCapacity: 1, maxCapacity: 3 },
            firewallPolicy: {
                id: idOf(`${network}/ApplicationGatewayWebApplicationFirewallPolicies/front`),
            },
            gatewayIPConfigurations: [{ name: "front", subnet: { id: subnetOf("front") } }],
            frontendIPConfigurations: [
                {
                    name: "public",
                    publicIPAddress: { id: idOf(`${network}/publicIPAddresses/out`) },
                },
            ],
            frontendPorts: [{ name: "http", port: 80 }],
            backendAddressPools: [{ name: "proxies" }],
            backendHttpSettingsCollection: [{ name: "http", port: 80, protocol: "Http" }],
            httpListeners: [
                {
                    name: "http",
                    protocol: "Http",
                    frontendIPConfiguration: { id: `${gateway}/frontendIPConfigurations/public` },
                    frontendPort: { id: `${gateway}/frontendPorts/http` },
                },
            ],
            requestRoutingRules: [
                {
                    name: "all",
                    priority: 10,
                    ruleType: "Basic",
                    httpListener: { id: `${gateway}/httpListeners/http` },
                    backendAddressPool: { id: `${gateway}/backendAddressPools/proxies` },
                    backendHttpSettings: { id: `${gateway}/backendHttpSettingsCollection/http` },
                },
            ],
        },
    ],
    [
        "azure-native:network:LoadBalancer",
        {
            ...place,
            loadBalancerName: "inner",
            sku: { name: "Standard" },
            frontendIPConfigurations: [{ name: "front", subnet: { id: subnetOf("nodes") } }],
        },
    ],
    [
        "azure-native:network:BastionHost",
        {
            ...place,
            bastionHostName: "bastion",
            sku: { name: "Standard" },
            ipConfigurations: [
                {
                    name: "bastion",
                    subnet: { id: subnetOf("AzureBastionSubnet") },
                    publicIPAddress: { id: idOf(`${network}/publicIPAddresses/out`) },
                },
            ],
        },
    ],
    ...acceptedData,
    ...acceptedDuties,
];

/** The inputs of the first of a type. */
export function acceptedInputs(type: string): Props {
    const found = accepted.find(([each]) => each === type);
    if (found === undefined) throw new Error(`no ${type} is accepted`);
    return found[1];
}

const networkContributor = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const sealer = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

/** Gives somebody a role on the test's resource group. */
export function assign(
    there: TestSubscription,
    principalId: Value | undefined,
    guid: string,
): void {
    const made = there.cloud.all("azure-native:authorization:RoleAssignment").length;
    there.create("azure-native:authorization:RoleAssignment", {
        scope: groupId,
        roleAssignmentName: `5c1d0b4e-0000-4000-9000-${String(made).padStart(12, "0")}`,
        principalId: principalId ?? null,
        principalType: "ServicePrincipal",
        roleDefinitionId: role(guid),
    });
}

/** What must be allowed before one of a type can be made. */
const allowedBefore: Readonly<Record<string, (there: TestSubscription) => void>> = {
    "azure-native:compute:Disk": (there) => {
        const { identity } = there.first("azure-native:compute:DiskEncryptionSet").outputs;
        assign(there, isProps(identity) ? identity["principalId"] : undefined, sealer);
    },
    "azure-native:containerservice:ManagedCluster": (there) => {
        const { outputs } = there.first("azure-native:managedidentity:UserAssignedIdentity");
        assign(there, outputs["principalId"], networkContributor);
    },
};

/** A subscription in which everything stands that comes before a type, or everything. */
export function subscriptionBefore(type?: string): TestSubscription {
    const made = new TestSubscription();
    for (const [each, inputs] of accepted) {
        allowedBefore[each]?.(made);
        if (each === type) break;
        made.create(each, inputs, `${each.split(":")[2] ?? ""}${made.cloud.all(each).length}`);
    }
    return made;
}
