import type { Value } from "../../../rehearsal/provider/values";
import { withAt } from "../aws/account";
import { TestSubscription } from "./account";
import { acceptedInputs, subscriptionBefore } from "./whole-subscription";

const whole = subscriptionBefore();
const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${at}`, "a"]));
const rule = (more: Record<string, Value>) => [{ ...acceptedRule, ...more }];
const acceptedRule = {
    name: "https",
    access: "Allow",
    direction: "Inbound",
    protocol: "Tcp",
    priority: 200,
    sourceAddressPrefix: "Internet",
    sourcePortRange: "*",
    destinationAddressPrefix: "10.20.0.0/20",
    destinationPortRange: "443",
};
const pool = (more: Record<string, Value>) => [
    { name: "core", mode: "System", vmSize: "Standard_E2s_v5", count: 1, ...more },
];
const rules = (name: string) => ({
    name,
    type: "Lifecycle",
    definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } } } },
});
const notice = (more: Record<string, Value>) => ({
    near: {
        enabled: true,
        operator: "GreaterThan",
        threshold: 90,
        contactEmails: ["a@example.org"],
        ...more,
    },
});

const rangeRule = (iPAddressOrRange: string) => ({
    defaultAction: "Deny",
    ipRules: [{ iPAddressOrRange }],
});
const mailed = (emailAddress: string) => ({ name: "contact", emailAddress });

/** Type, what is changed about inputs that Azure takes (undefined removes), what is said. */
const refused: readonly (readonly [string, Record<string, Value | undefined>, string])[] = [
    // What is no argument, what is missing, what is of another kind, what is no choice.
    ["network:VirtualNetwork", { cidr: "10.0.0.0/16" }, "cidr: is no argument of this type"],
    [
        "network:VirtualNetwork",
        { addressSpace: undefined },
        "addressSpace: is required and not given",
    ],
    [
        "network:VirtualNetwork",
        { resourceGroupName: undefined },
        "resourceGroupName: is required and not given",
    ],
    [
        "network:VirtualNetwork",
        { "addressSpace.addressPrefixes": "10.0.0.0/16", addressSpace: [] },
        "is not a block of arguments",
    ],
    ["storage:StorageAccount", { "sku.name": undefined }, "sku.name: is required and not given"],
    ["storage:StorageAccount", { kind: "Storage3" }, "kind: is none of Storage, StorageV2"],
    ["storage:StorageAccount", { isHnsEnabled: "yes" }, "isHnsEnabled: is not a boolean"],
    ["keyvault:Vault", { "properties.softDeleteRetentionInDays": "90" }, "is not a number"],
    // Names.
    ["resources:ResourceGroup", { resourceGroupName: "geolab." }, "do not end in a dot"],
    [
        "resources:ResourceGroup",
        { resourceGroupName: "g".repeat(91) },
        "has 91 characters, not 1 to 90",
    ],
    ["network:VirtualNetwork", { virtualNetworkName: "v" }, "has 1 characters, not 2 to 64"],
    ["network:Subnet", { subnetName: "nodes-" }, "end with one or an underscore"],
    [
        "storage:StorageAccount",
        { accountName: "geolab-homes" },
        "is not lower-case letters and digits",
    ],
    ["storage:StorageAccount", { accountName: "g".repeat(25) }, "has 25 characters, not 3 to 24"],
    ["storage:BlobContainer", { containerName: "a--b" }, "single inner hyphens"],
    ["storage:FileShare", { shareName: "Homes" }, "lower-case letters"],
    ["storage:BlobServiceProperties", { blobServicesName: "other" }, "is not default"],
    ["keyvault:Vault", { vaultName: "geolab--1" }, "single inner hyphens that begin with a letter"],
    ["keyvault:Vault", { vaultName: "1geolab" }, "begin with a letter"],
    ["keyvault:Secret", { secretName: "a_b" }, "letters, digits and hyphens"],
    ["containerregistry:Registry", { registryName: "geo-lab" }, "is not letters and digits"],
    ["containerservice:ManagedCluster", { resourceName: "-geolab" }, "inner hyphens"],
    ["containerservice:AgentPool", { agentPoolName: "user-pool" }, "lower-case letters and digits"],
    [
        "containerservice:AgentPool",
        { agentPoolName: "user123456789" },
        "has 13 characters, not 1 to 12",
    ],
    [
        "managedidentity:UserAssignedIdentity",
        { resourceName: "ab" },
        "has 2 characters, not 3 to 128",
    ],
    ["operationalinsights:Workspace", { workspaceName: "geo" }, "has 3 characters, not 4 to 63"],
    ["recoveryservices:Vault", { vaultName: "1copies" }, "begin with a letter"],
    [
        "automation:AutomationAccount",
        { automationAccountName: "short" },
        "has 5 characters, not 6 to 50",
    ],
    ["compute:VirtualMachine", { vmName: "db_0" }, "characters other than"],
    ["compute:Disk", { diskName: "data.1" }, "letters, digits, underscores and hyphens"],
    ["dbforpostgresql:Server", { serverName: "Geolab" }, "lower-case letters"],
    ["redisenterprise:Database", { databaseName: "cache" }, "is not default"],
    ["privatedns:PrivateZone", { privateZoneName: "geolab" }, "2 to 34 labels"],
    ["monitor:MetricAlert", { ruleName: "a/b" }, "characters other than"],
    ["authorization:RoleAssignment", { roleAssignmentName: "reader" }, "not 36 to 36"],
    ["authorization:RoleDefinition", { roleDefinitionId: "r".repeat(36) }, "is not a GUID"],
    ["security:Pricing", { pricingName: "Dns" }, "pricingName: "],
    [
        "storage:StorageAccount",
        { accountName: "mymicrosoftdata" },
        "has microsoft in it, which is reserved",
    ],
    ["keyvault:Vault", { vaultName: "login-geolab" }, "begins with login, which is reserved"],
    [
        "storage:StorageAccount",
        { accountName: "onedrive" },
        "is onedrive, which is a reserved word",
    ],
    // Tags.
    ["network:VirtualNetwork", { tags: many(51) }, "has 51 tags, of at most 50"],
    ["dns:Zone", { tags: many(16) }, "has 16 tags, of at most 15"],
    [
        "network:VirtualNetwork",
        { tags: { Owner: "a", owner: "b" } },
        "tags.Owner: is the same as owner",
    ],
    ["network:VirtualNetwork", { tags: { "a/b": "c" } }, "the name has one of <>%&\\?/"],
    [
        "network:VirtualNetwork",
        { tags: { Microsoft1: "c" } },
        "begins with azure, microsoft or windows",
    ],
    [
        "network:VirtualNetwork",
        { tags: { ["k".repeat(513)]: "c" } },
        "the name has 513 characters, not 1 to 512",
    ],
    [
        "network:VirtualNetwork",
        { tags: { a: "v".repeat(257) } },
        "the value has 257 characters, of at most 256",
    ],
    [
        "storage:StorageAccount",
        { tags: { ["k".repeat(129)]: "c" } },
        "the name has 129 characters, not 1 to 128",
    ],
    // Where.
    ["privatedns:PrivateZone", { location: "canadacentral" }, "this exists only as global"],
    ["monitor:ActionGroup", { location: "canadacentral" }, "this exists only as global"],
    ["storage:StorageAccount", { location: "global" }, "this exists only in a region"],
    // Networks.
    [
        "network:VirtualNetwork",
        { "addressSpace.addressPrefixes": ["10.20.0.0/16", "10.20.4.0/24"] },
        "10.20.0.0/16 overlaps 10.20.4.0/24",
    ],
    [
        "network:VirtualNetwork",
        { "addressSpace.addressPrefixes": ["10.20.0.1/16"] },
        "is not the first address of a block",
    ],
    [
        "network:VirtualNetwork",
        { "addressSpace.addressPrefixes": ["10.0.0.0/30"] },
        "from /2 to /29",
    ],
    [
        "network:Subnet",
        { addressPrefix: "10.20.0.0/30" },
        "the smallest that Azure takes here is /29",
    ],
    [
        "network:Subnet",
        { subnetName: "AzureBastionSubnet", addressPrefix: "10.20.0.0/27" },
        "is /26",
    ],
    ["network:Subnet", { addressPrefix: undefined }, "give one of addressPrefix, addressPrefixes"],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ priority: 99 }) },
        "99 is not 100 to 4096",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: [...rule({}), ...rule({ name: "again" })] },
        "Inbound 200 is there twice",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: [...rule({}), ...rule({ name: "HTTPS", priority: 300 })] },
        "name https is there twice",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ destinationPortRange: "443,80" }) },
        "is no range of ports",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ destinationPortRange: "70000" }) },
        "is no range of ports",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ sourceAddressPrefix: "10.20.0.7/20" }) },
        "is no address block and no service tag",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ sourceAddressPrefixes: ["10.0.0.0/8"] }) },
        "give exactly one source",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ destinationPortRange: null }) },
        "give exactly one of destinationPortRange(s)",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ description: "d".repeat(141) }) },
        "more than 140 characters",
    ],
    [
        "network:NetworkSecurityGroup",
        { securityRules: rule({ name: null }) },
        "name: is required and not given",
    ],
    [
        "network:NetworkSecurityGroup",
        {
            securityRules: Array.from({ length: 1001 }, (_, at) => ({
                ...acceptedRule,
                name: `r${at}`,
                priority: 100 + at,
            })),
        },
        "has 1001 rules, of at most 1000",
    ],
    ["network:PublicIPAddress", { "sku.name": "Basic" }, "Basic was retired in September 2025"],
    [
        "network:PublicIPAddress",
        { publicIPAllocationMethod: "Dynamic" },
        "must be Static for a Standard address",
    ],
    ["network:PublicIPAddress", { zones: ["1", "1"] }, "has one twice"],
    ["network:PublicIPAddress", { zones: ["a"] }, "a is none of 1, 2, 3"],
    ["network:NatGateway", { zones: ["1", "2"] }, "has 2 zones, of at most 1"],
    ["network:NatGateway", { idleTimeoutInMinutes: 3 }, "3 is not 4 to 120"],
    [
        "network:PrivateEndpoint",
        { privateLinkServiceConnections: undefined },
        "privateLinkServiceConnections: is required",
    ],
    [
        "network:PrivateEndpoint",
        { "privateLinkServiceConnections.groupIds": undefined },
        "groupIds: is required",
    ],
    ["network:LoadBalancer", { "sku.name": "Basic" }, "Basic was retired"],
    [
        "network:BastionHost",
        { "ipConfigurations.subnet.id": "/subscriptions/a/b" },
        "the name AzureBastionSubnet",
    ],
    ["network:BastionHost", { scaleUnits: 1 }, "1 is not 2 to 50"],
    ["network:FlowLog", { retentionPolicy: { enabled: true, days: 366 } }, "366 is not 0 to 365"],
    [
        "network:ApplicationGateway",
        { firewallPolicy: undefined },
        "firewallPolicy: is required with WAF_v2",
    ],
    [
        "network:ApplicationGateway",
        { "sku.tier": "WAF", "sku.name": "WAF_Medium" },
        "WAF is the first version",
    ],
    [
        "network:ApplicationGateway",
        { "sku.name": "Standard_v2" },
        "Standard_v2 is another than the tier",
    ],
    [
        "network:ApplicationGateway",
        { "requestRoutingRules.priority": undefined },
        "priority: is not 1 to 20000",
    ],
    [
        "network:ApplicationGateway",
        { autoscaleConfiguration: undefined },
        "sku.capacity: give it or autoscaleConfiguration",
    ],
    [
        "network:ApplicationGateway",
        {
            sslCertificates: [
                { name: "a", keyVaultSecretId: "https://v.vault.azure.net/secrets/a" },
            ],
        },
        "identity: is required to read a certificate",
    ],
    [
        "network:ApplicationGateway",
        {
            sslCertificates: [
                { name: "a", keyVaultSecretId: "https://v.vault.azure.net/certificates/a" },
            ],
        },
        "is no secret id of a vault",
    ],
    [
        "network:WebApplicationFirewallPolicy",
        { policySettings: { maxRequestBodySizeInKb: 2001 } },
        "2001 is not 8 to 2000",
    ],
    [
        "network:WebApplicationFirewallPolicy",
        { policySettings: { fileUploadLimitInMb: 4001 } },
        "4001 is not 1 to 4000",
    ],
    [
        "network:WebApplicationFirewallPolicy",
        { "managedRules.managedRuleSets": [] },
        "managedRuleSets: is required",
    ],
    [
        "network:WebApplicationFirewallPolicy",
        {
            customRules: [
                { priority: 101, action: "Block", ruleType: "MatchRule", matchConditions: [] },
            ],
        },
        "101 is not 1 to 100",
    ],
    [
        "network:WebApplicationFirewallPolicy",
        {
            customRules: [7, 7].map((priority) => ({
                priority,
                action: "Block",
                ruleType: "MatchRule",
                matchConditions: [],
            })),
        },
        "customRules[1].priority: 7 is there twice",
    ],
    // Zones of names.
    ["privatedns:PrivateRecordSet", { aRecords: undefined }, "aRecords: is required"],
    ["privatedns:PrivateRecordSet", { ttl: 0 }, "0 is not 1 to 2147483647"],
    ["privatedns:PrivateRecordSet", { ttl: undefined }, "ttl: is required"],
    ["dns:RecordSet", { recordType: "SPF" }, "recordType: is none of A, AAAA"],
    ["dns:RecordSet", { relativeRecordSetName: "@" }, "@ cannot be a CNAME"],
    // Identities and rights.
    [
        "managedidentity:FederatedIdentityCredential",
        { audiences: ["a", "b"] },
        "takes exactly one audience",
    ],
    [
        "managedidentity:FederatedIdentityCredential",
        { issuer: "http://example.org" },
        "is no https address",
    ],
    [
        "managedidentity:FederatedIdentityCredential",
        { subject: "s".repeat(601) },
        "more than 600 characters",
    ],
    [
        "authorization:RoleAssignment",
        { roleDefinitionId: "Reader" },
        "is no id that ends in roleDefinitions/<GUID>",
    ],
    ["authorization:RoleAssignment", { condition: "x" }, "conditionVersion: goes with condition"],
    // Vaults.
    ["keyvault:Vault", { "properties.softDeleteRetentionInDays": 91 }, "91 is not 7 to 90"],
    ["keyvault:Vault", { "properties.enableSoftDelete": false }, "can no longer be turned off"],
    ["keyvault:Vault", { "properties.enablePurgeProtection": false }, "takes true, or is left out"],
    [
        "keyvault:Vault",
        { "properties.enableRbacAuthorization": false },
        "accessPolicies: is required",
    ],
    ["keyvault:Secret", { "properties.value": "v".repeat(25_601) }, "is larger than 25 kB"],
    // Storage.
    [
        "storage:StorageAccount",
        { kind: "FileStorage" },
        "Standard_ZRS is none of a FileStorage account",
    ],
    ["storage:StorageAccount", { "sku.name": "Premium_ZRS" }, "Premium_ZRS goes with FileStorage"],
    [
        "storage:StorageAccount",
        { kind: "BlockBlobStorage", "sku.name": "Premium_LRS", accessTier: "Hot" },
        "accessTier: goes with StorageV2",
    ],
    [
        "storage:StorageAccount",
        { enableNfsV3: true },
        "isHnsEnabled: must be true with enableNfsV3",
    ],
    ["storage:StorageAccount", { minimumTlsVersion: "TLS1_0" }, "was retired"],
    [
        "storage:StorageAccount",
        { networkRuleSet: rangeRule("172.20.0.0/16") },
        "ipRules[0].iPAddressOrRange: 172.20.0.0/16 is private",
    ],
    [
        "storage:StorageAccount",
        { networkRuleSet: rangeRule("192.0.2.7/32") },
        "192.0.2.7/32 is too small a range",
    ],
    [
        "storage:BlobServiceProperties",
        { deleteRetentionPolicy: { enabled: true, days: 366 } },
        "deleteRetentionPolicy.days: is not 1 to 365",
    ],
    ["storage:FileServiceProperties", { "shareDeleteRetentionPolicy.days": 0 }, "is not 1 to 365"],
    // Watching.
    ["operationalinsights:Workspace", { retentionInDays: 7 }, "7 is not 30 to 730"],
    ["monitor:ActionGroup", { groupShortName: "thirteenchars" }, "has 13 characters, not 1 to 12"],
    ["monitor:ActionGroup", { "emailReceivers.emailAddress": "nobody" }, "is no e-mail address"],
    [
        "monitor:ActionGroup",
        { emailReceivers: [mailed("one@example.org"), mailed("two@example.org")] },
        "contact is there twice",
    ],
    ["monitor:MetricAlert", { windowSize: "PT10M" }, "PT10M is none of PT1M"],
    [
        "monitor:MetricAlert",
        { evaluationFrequency: "PT1H" },
        "PT1H is longer than the window PT15M",
    ],
    ["monitor:MetricAlert", { severity: 5 }, "5 is not 0 to 4"],
    ["monitor:MetricAlert", { scopes: [] }, "names nothing that the alert is about"],
    ["monitor:ActivityLogAlert", { "condition.allOf.field": "level" }, "names no category"],
    ["monitor:ScheduledQueryRule", { severity: undefined }, "severity: is required"],
    ["monitor:DiagnosticSetting", { workspaceId: undefined }, "name at least one place"],
    ["monitor:DiagnosticSetting", { logs: undefined }, "give logs, metrics or both"],
    [
        "monitor:DiagnosticSetting",
        { "logs.category": "AuditEvent" },
        "give one of category, categoryGroup",
    ],
    [
        "monitor:DataCollectionRule",
        { "dataFlows.destinations": ["elsewhere"] },
        "elsewhere is the name of no destination",
    ],
    [
        "monitor:DataCollectionRuleAssociation",
        { dataCollectionRuleId: undefined },
        "give it or dataCollectionEndpointId",
    ],
    // Clusters.
    ["containerservice:AgentPool", { maxCount: 1001 }, "1001 is not 0 to 1000"],
    [
        "containerservice:AgentPool",
        { maxCount: undefined },
        "and maxCount are required with enableAutoScaling",
    ],
    ["containerservice:AgentPool", { enableAutoScaling: false }, "go with enableAutoScaling only"],
    ["containerservice:AgentPool", { spotMaxPrice: -1 }, "goes with scaleSetPriority Spot only"],
    ["containerservice:AgentPool", { nodeTaints: ["gpu"] }, "gpu is no key=value:effect"],
    ["containerservice:AgentPool", { maxPods: 9 }, "9 is not 10 to 250"],
    [
        "containerservice:AgentPool",
        { mode: "System" },
        "is 0, which a pool of the mode System cannot be",
    ],
    [
        "containerservice:AgentPool",
        { mode: "System", minCount: 1, scaleSetPriority: "Spot" },
        "Spot cannot be a pool of the mode System",
    ],
    [
        "containerservice:ManagedCluster",
        { agentPoolProfiles: pool({ mode: "User" }) },
        "has no pool of the mode System",
    ],
    ["containerservice:ManagedCluster", { dnsPrefix: undefined }, "dnsPrefix: is required"],
    ["containerservice:ManagedCluster", { identity: undefined }, "identity: is required"],
    ["containerservice:ManagedCluster", { aadProfile: undefined }, "needs aadProfile.managed"],
    [
        "containerservice:ManagedCluster",
        { oidcIssuerProfile: undefined },
        "needs oidcIssuerProfile.enabled",
    ],
    [
        "containerservice:ManagedCluster",
        {
            apiServerAccessProfile: {
                enablePrivateCluster: true,
                authorizedIPRanges: ["192.0.2.0/24"],
            },
        },
        "does not go with enablePrivateCluster",
    ],
    [
        "containerservice:ManagedCluster",
        { "networkProfile.networkPlugin": "kubenet" },
        "overlay goes with networkPlugin azure",
    ],
    [
        "containerservice:ManagedCluster",
        { "networkProfile.networkDataplane": "azure" },
        "cilium goes with networkDataplane cilium",
    ],
    [
        "containerservice:ManagedCluster",
        {
            "networkProfile.serviceCidr": "10.244.0.0/20",
            "networkProfile.dnsServiceIP": "10.244.0.10",
        },
        "overlaps networkProfile.podCidr",
    ],
    [
        "containerservice:ManagedCluster",
        { "networkProfile.dnsServiceIP": "10.99.0.10" },
        "lies outside networkProfile.serviceCidr",
    ],
    [
        "containerservice:MaintenanceConfiguration",
        { "maintenanceWindow.durationHours": 2 },
        "2 is not 4 to 24",
    ],
    [
        "containerregistry:Registry",
        { "sku.name": "Standard", publicNetworkAccess: "Disabled" },
        "only Premium has it",
    ],
    // Machines.
    ["compute:VirtualMachine", { zones: ["1", "2"] }, "has 2 zones, of at most 1"],
    [
        "compute:VirtualMachine",
        { "osProfile.adminUsername": "admin" },
        "admin is one that Azure does not take",
    ],
    [
        "compute:VirtualMachine",
        { "osProfile.linuxConfiguration.ssh": undefined },
        "ssh: is required without passwords",
    ],
    [
        "compute:VirtualMachine",
        { securityProfile: { uefiSettings: { secureBootEnabled: true } } },
        "must be TrustedLaunch",
    ],
    ["compute:VirtualMachine", { networkProfile: {} }, "networkInterfaces: is required"],
    ["compute:Disk", { "sku.name": "Premium_ZRS" }, "do not go with Premium_ZRS"],
    ["compute:Disk", { diskSizeGB: undefined }, "is required with Empty"],
    ["compute:Disk", { diskIOPSReadWrite: 3000 }, "does not go with Premium_LRS"],
    [
        "compute:Disk",
        { "encryption.diskEncryptionSetId": undefined },
        "is required with EncryptionAtRestWithCustomerKey",
    ],
    ["maintenance:MaintenanceConfiguration", { duration: "04:00" }, "04:00 is not 01:30 to 03:55"],
    [
        "maintenance:MaintenanceConfiguration",
        { installPatches: undefined },
        "is required with InGuestPatch",
    ],
    [
        "maintenance:MaintenanceConfiguration",
        { "extensionProperties.InGuestPatchMode": "Platform" },
        "must be User with InGuestPatch",
    ],
    [
        "maintenance:MaintenanceConfiguration",
        { startDateTime: "2026-12-06T03:00" },
        "is no 2026-12-01 03:00",
    ],
    // Databases.
    [
        "dbforpostgresql:Server",
        { "sku.name": "Standard_B2s", "sku.tier": "Burstable" },
        "ZoneRedundant does not go with Burstable",
    ],
    [
        "dbforpostgresql:Server",
        { "sku.tier": "MemoryOptimized" },
        "is not that of Standard_D4ds_v5: GeneralPurpose",
    ],
    [
        "dbforpostgresql:Server",
        { "highAvailability.standbyAvailabilityZone": "1" },
        "is the zone 1 of the server itself",
    ],
    ["dbforpostgresql:Server", { availabilityZone: "4" }, "4 is none of 1, 2, 3"],
    [
        "dbforpostgresql:Server",
        { administratorLogin: "pg_steward" },
        "pg_steward is one that the service does not take",
    ],
    ["dbforpostgresql:Server", { administratorLoginPassword: "onlysmall" }, "three kinds"],
    ["dbforpostgresql:Server", { "backup.backupRetentionDays": 6 }, "6 is not 7 to 35"],
    ["dbforpostgresql:Server", { "storage.storageSizeGB": 100 }, "100 is none of 32"],
    [
        "dbforpostgresql:Server",
        { "network.privateDnsZoneArmResourceId": undefined },
        "is required with a delegated subnet",
    ],
    [
        "dbforpostgresql:Server",
        { "network.privateDnsZoneArmResourceId": "/subscriptions/a/x/example.org" },
        "is no zone below",
    ],
    [
        "dbforpostgresql:FirewallRule",
        { startIpAddress: "0.0.0.0", endIpAddress: "255.255.255.255" },
        "lets the whole Internet in",
    ],
    [
        "redisenterprise:RedisEnterprise",
        { "sku.name": "Enterprise_E5" },
        "is of a tier that is being retired",
    ],
    ["redisenterprise:RedisEnterprise", { "sku.capacity": 2 }, "does not go with Balanced_B5"],
    ["redisenterprise:Database", { port: 6380 }, "6380 is not 10000"],
    // Copies and money.
    [
        "recoveryservices:ProtectionPolicy",
        { "properties.instantRpRetentionRangeInDays": 31 },
        "31 is not 1 to 30",
    ],
    [
        "recoveryservices:ProtectedItem",
        { "properties.policyId": undefined },
        "policyId: is required",
    ],
    ["dataprotection:BackupPolicy", { "properties.policyRules": [] }, "has no AzureRetentionRule"],
    [
        "consumption:Budget",
        { "timePeriod.startDate": "2026-11-15T00:00:00Z" },
        "is not the first of a month",
    ],
    [
        "consumption:Budget",
        { "timePeriod.startDate": "2017-05-01T00:00:00Z" },
        "is before June 2017",
    ],
    ["consumption:Budget", { "timePeriod.endDate": "2020-01-01T00:00:00Z" }, "is not after"],
    ["consumption:Budget", { amount: 0 }, "0 is not above 0"],
    ["consumption:Budget", { notifications: notice({ contactEmails: null }) }, "tells nobody"],
    [
        "costmanagement:Budget",
        { notifications: notice({ threshold: 1001 }) },
        "1001 is not above 0",
    ],
    [
        "security:Pricing",
        { pricingTier: "Free", subPlan: "P2" },
        "goes with the tier Standard only",
    ],
    ["automation:Runbook", { draft: undefined }, "give it, or draft"],
    // And what the ones above leave out.
    ["network:VirtualNetwork", { tags: { ["k".repeat(513)]: "c" } }, "characters, not 1 to 512"],
    [
        "network:PrivateDnsZoneGroup",
        { privateDnsZoneConfigs: Array.from({ length: 6 }, (_, at) => ({ name: `z${at}` })) },
        "has 6 zones, of at most 5",
    ],
    [
        "network:NatGateway",
        { publicIpAddresses: Array.from({ length: 17 }, () => ({ id: "/a" })) },
        "has more than 16 addresses",
    ],
    [
        "containerservice:AgentPool",
        { osType: "Windows", agentPoolName: "windows" },
        "6 characters that Windows takes",
    ],
    [
        "containerservice:ManagedCluster",
        { "networkProfile.networkPolicy": "calico" },
        "calico does not go with networkDataplane cilium",
    ],
    [
        "consumption:Budget",
        {
            notifications: Object.fromEntries(
                ["a", "b", "c", "d", "e", "f"].map((name) => [name, notice({}).near]),
            ),
        },
        "has 6, of at most 5",
    ],
    [
        "consumption:Budget",
        {
            notifications: notice({
                contactEmails: Array.from({ length: 51 }, () => "a@example.org"),
            }),
        },
        "has more than 50 addresses",
    ],
    [
        "compute:VirtualMachine",
        {
            "storageProfile.dataDisks": [
                { lun: 0, createOption: "Attach" },
                { lun: 0, createOption: "Attach" },
            ],
        },
        "has one lun twice",
    ],
    [
        "containerregistry:Registry",
        { "sku.name": "Standard", dataEndpointEnabled: true },
        "dataEndpointEnabled: does not go with Standard",
    ],
    ["maintenance:MaintenanceConfiguration", { duration: "3 hours" }, "3 hours is no 02:00"],
    [
        "monitor:DataCollectionRuleAssociation",
        { associationName: "configurationAccessEndpoint" },
        "with an endpoint only",
    ],
    [
        "dbforpostgresql:Server",
        { highAvailability: { mode: "SameZone", standbyAvailabilityZone: "2" } },
        "is another zone, with SameZone",
    ],
    ["dbforpostgresql:Server", { "sku.name": "Standard_F4s_v2" }, "is no Standard_B, _D or _E"],
    [
        "recoveryservices:ProtectionPolicy",
        {
            "properties.retentionPolicy": {
                retentionPolicyType: "LongTermRetentionPolicy",
                dailySchedule: { retentionDuration: { count: 6 } },
            },
        },
        "6 days are not 7 to 9999",
    ],
    [
        "redisenterprise:Database",
        { persistence: { aofEnabled: true }, geoReplication: { groupNickname: "a" } },
        "does not go with geoReplication",
    ],
    ["storage:ManagementPolicy", { "policy.rules": [rules("a"), rules("a")] }, "a is there twice"],
    ["logic:Workflow", { "definition.triggers": {} }, "has none, so it would never run"],
    [
        "logic:Workflow",
        { "definition.actions": { b: { runAfter: { a: [] } } } },
        "a is no action of the workflow",
    ],
    ["containerregistry:Task", { timeout: 10 }, "10 is not 300 to 28800"],
    [
        "containerregistry:Task",
        { trigger: { timerTriggers: [{ name: "a", schedule: "daily" }] } },
        "daily is no cron of five fields",
    ],
    [
        "authorization:PolicySetDefinition",
        {
            policyDefinitions: [
                { policyDefinitionId: "/a", policyDefinitionReferenceId: "a" },
                { policyDefinitionId: "/b", policyDefinitionReferenceId: "a" },
            ],
        },
        "a is there twice",
    ],
];

it.each(refused)("%s with %j is refused", (short, changes, says) => {
    const type = `azure-native:${short}`;
    const before = acceptedInputs(type);
    const inputs = Object.entries(changes).reduce(
        (now, [path, value]) => withAt(now, path, value),
        before,
    );
    expect(whole.problems(type, before)).toEqual([]);
    expect(whole.problems(type, inputs).join("\n")).toContain(says);
});

it("wants to be told that something is global where no setting says where it is", () => {
    const { location: _, ...inputs } = acceptedInputs("azure-native:privatedns:PrivateZone");
    expect(TestSubscription.bare().problems("azure-native:privatedns:PrivateZone", inputs)).toEqual(
        ["location: is global and not given"],
    );
});

it("wants to be told where an identity of a policy is, which no resource group says", () => {
    const inputs = {
        ...acceptedInputs("azure-native:authorization:PolicyAssignment"),
        identity: { type: "SystemAssigned" },
    };
    const there = TestSubscription.bare();
    expect(there.problems("azure-native:authorization:PolicyAssignment", inputs)).toEqual([
        "location: is required with an identity",
    ]);
});

it("repeats no value of a secret", () => {
    const inputs = withAt(
        acceptedInputs("azure-native:dbforpostgresql:Server"),
        "administratorLoginPassword",
        "short",
    );
    expect(whole.problems("azure-native:dbforpostgresql:Server", inputs).join()).not.toContain(
        "short",
    );
});
