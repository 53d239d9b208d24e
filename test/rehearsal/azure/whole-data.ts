import { anySubscription } from "../../../rehearsal/azure/account";
import type { Props } from "../../../rehearsal/provider/values";
import { group, groupId, region } from "./account";

const place = { resourceGroupName: group, location: region };
const idOf = (rest: string): string => `${groupId}/providers/${rest}`;
const subnetOf = (name: string): string =>
    idOf(`Microsoft.Network/virtualNetworks/geolab/subnets/${name}`);
const userIdentity = {
    type: "UserAssigned",
    userAssignedIdentities: [idOf("Microsoft.ManagedIdentity/userAssignedIdentities/front")],
};
const account = "geolabhomes0a1b2c";
const shared = "geolabshare0a1b2c";
const inAccount = { resourceGroupName: group, accountName: account };
const cluster = { resourceGroupName: group, resourceName: "geolab" };
const disk = idOf("Microsoft.Compute/disks/data");
const thisMonth = `${new Date().toISOString().slice(0, 7)}-01T00:00:00Z`;
const notice = {
    enabled: true,
    operator: "GreaterThan",
    threshold: 90,
    contactEmails: ["payer@example.org"],
};
const budget = {
    scope: groupId,
    category: "Cost",
    amount: 1000,
    timeGrain: "Monthly",
    timePeriod: { startDate: thisMonth },
    notifications: { near: notice },
};
const machine = idOf("Microsoft.Compute/virtualMachines/db0");
const recovery = { resourceGroupName: group, vaultName: "machines" };
const container = `iaasvmcontainer;iaasvmcontainerv2;${group};db0`;
const backup = { resourceGroupName: group, vaultName: "copies" };
const automation = { resourceGroupName: group, automationAccountName: "geolab" };
const soon = new Date(Date.now() + 24 * 3600 * 1000).toISOString();

/** What holds data, machines, clusters and what looks after them, in the order in which it can be made. */
export const acceptedData: readonly (readonly [string, Props])[] = [
    [
        "azure-native:storage:StorageAccount",
        {
            ...place,
            accountName: account,
            kind: "StorageV2",
            sku: { name: "Standard_ZRS" },
            minimumTlsVersion: "TLS1_2",
            allowBlobPublicAccess: false,
        },
    ],
    [
        "azure-native:storage:StorageAccount",
        {
            ...place,
            accountName: shared,
            kind: "FileStorage",
            sku: { name: "Premium_ZRS" },
            minimumTlsVersion: "TLS1_2",
            enableHttpsTrafficOnly: false,
        },
    ],
    ["azure-native:storage:BlobContainer", { ...inAccount, containerName: "scratch" }],
    [
        "azure-native:storage:FileShare",
        {
            ...inAccount,
            accountName: shared,
            shareName: "homes",
            shareQuota: 23_000,
            enabledProtocols: "NFS",
        },
    ],
    [
        "azure-native:storage:BlobServiceProperties",
        { ...inAccount, blobServicesName: "default", isVersioningEnabled: true },
    ],
    [
        "azure-native:storage:FileServiceProperties",
        {
            ...inAccount,
            accountName: shared,
            fileServicesName: "default",
            shareDeleteRetentionPolicy: { enabled: true, days: 30 },
        },
    ],
    [
        "azure-native:storage:ManagementPolicy",
        {
            ...inAccount,
            managementPolicyName: "default",
            policy: {
                rules: [
                    {
                        name: "forget",
                        type: "Lifecycle",
                        definition: {
                            actions: {
                                baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } },
                            },
                        },
                    },
                ],
            },
        },
    ],
    [
        "azure-native:network:PrivateEndpoint",
        {
            ...place,
            privateEndpointName: "homes",
            subnet: { id: subnetOf("nodes") },
            privateLinkServiceConnections: [
                {
                    name: "homes",
                    groupIds: ["file"],
                    privateLinkServiceId: idOf(`Microsoft.Storage/storageAccounts/${shared}`),
                },
            ],
        },
    ],
    [
        "azure-native:network:PrivateDnsZoneGroup",
        {
            resourceGroupName: group,
            privateEndpointName: "homes",
            privateDnsZoneGroupName: "default",
            privateDnsZoneConfigs: [
                {
                    name: "file",
                    privateDnsZoneId: idOf(
                        "Microsoft.Network/privateDnsZones/geolab.private.postgres.database.azure.com",
                    ),
                },
            ],
        },
    ],
    [
        "azure-native:network:FlowLog",
        {
            resourceGroupName: "NetworkWatcherRG",
            location: region,
            networkWatcherName: `NetworkWatcher_${region}`,
            flowLogName: "geolab",
            targetResourceId: idOf("Microsoft.Network/virtualNetworks/geolab"),
            storageId: idOf(`Microsoft.Storage/storageAccounts/${account}`),
            enabled: true,
        },
    ],
    [
        "azure-native:containerregistry:Registry",
        { ...place, registryName: "geolab0a1b2c", sku: { name: "Premium" } },
    ],
    [
        "azure-native:compute:DiskEncryptionSet",
        {
            ...place,
            diskEncryptionSetName: "disks",
            identity: { type: "SystemAssigned" },
            activeKey: {
                keyUrl: "https://geolab-0a1b2c.vault.azure.net/keys/disks/0a1b2c",
                sourceVault: { id: idOf("Microsoft.KeyVault/vaults/geolab-0a1b2c") },
            },
        },
    ],
    [
        "azure-native:compute:Disk",
        {
            ...place,
            diskName: "data",
            sku: { name: "Premium_LRS" },
            zones: ["1"],
            diskSizeGB: 256,
            creationData: { createOption: "Empty" },
            encryption: {
                type: "EncryptionAtRestWithCustomerKey",
                diskEncryptionSetId: idOf("Microsoft.Compute/diskEncryptionSets/disks"),
            },
        },
    ],
    [
        "azure-native:compute:Snapshot",
        {
            ...place,
            snapshotName: "data",
            creationData: { createOption: "Copy", sourceResourceId: disk },
        },
    ],
    [
        "azure-native:network:NetworkInterface",
        {
            ...place,
            networkInterfaceName: "db0",
            ipConfigurations: [{ name: "private", subnet: { id: subnetOf("nodes") } }],
        },
    ],
    [
        "azure-native:compute:VirtualMachine",
        {
            ...place,
            vmName: "db0",
            zones: ["1"],
            hardwareProfile: { vmSize: "Standard_E8s_v5" },
            storageProfile: {
                imageReference: {
                    publisher: "Canonical",
                    offer: "0001-com-ubuntu-server-jammy",
                    sku: "22_04-lts-gen2",
                    version: "22.04.202611100",
                },
                osDisk: { name: "db0-system", createOption: "FromImage" },
                dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: disk } }],
            },
            networkProfile: {
                networkInterfaces: [{ id: idOf("Microsoft.Network/networkInterfaces/db0") }],
            },
            osProfile: {
                computerName: "db0",
                adminUsername: "ansible",
                linuxConfiguration: {
                    disablePasswordAuthentication: true,
                    ssh: {
                        publicKeys: [
                            {
                                path: "/home/ansible/.ssh/authorized_keys",
                                keyData: "ssh-ed25519 AAAA",
                            },
                        ],
                    },
                    patchSettings: {
                        patchMode: "AutomaticByPlatform",
                        automaticByPlatformSettings: {
                            bypassPlatformSafetyChecksOnUserSchedule: true,
                        },
                    },
                },
            },
        },
    ],
    [
        "azure-native:compute:VirtualMachineExtension",
        {
            ...place,
            vmName: "db0",
            vmExtensionName: "AzureMonitorLinuxAgent",
            publisher: "Microsoft.Azure.Monitor",
            type: "AzureMonitorLinuxAgent",
            typeHandlerVersion: "1.33",
        },
    ],
    [
        "azure-native:monitor:DataCollectionRuleAssociation",
        {
            resourceUri: machine,
            associationName: "machines",
            dataCollectionRuleId: idOf("Microsoft.Insights/dataCollectionRules/machines"),
        },
    ],
    [
        "azure-native:maintenance:MaintenanceConfiguration",
        {
            ...place,
            resourceName: "sundays",
            maintenanceScope: "InGuestPatch",
            extensionProperties: { InGuestPatchMode: "User" },
            installPatches: { rebootSetting: "IfRequired" },
            startDateTime: "2026-12-06 03:00",
            duration: "03:00",
            timeZone: "UTC",
            recurEvery: "Week Sunday",
        },
    ],
    [
        "azure-native:maintenance:ConfigurationAssignment",
        {
            ...place,
            providerName: "Microsoft.Compute",
            resourceType: "virtualMachines",
            resourceName: "db0",
            configurationAssignmentName: "sundays",
            resourceId: machine,
            maintenanceConfigurationId: idOf(
                "Microsoft.Maintenance/maintenanceConfigurations/sundays",
            ),
        },
    ],
    ...["ConfigurationAssignmentsForResourceGroup", "ConfigurationAssignmentsForSubscription"].map(
        (kind): readonly [string, Props] => [
            `azure-native:maintenance:${kind}`,
            {
                ...(kind.endsWith("Group") ? { resourceGroupName: group } : {}),
                configurationAssignmentName: "sundays",
                maintenanceConfigurationId: idOf(
                    "Microsoft.Maintenance/maintenanceConfigurations/sundays",
                ),
            },
        ],
    ),
    [
        "azure-native:maintenance:ConfigurationAssignmentParent",
        {
            resourceGroupName: group,
            providerName: "Microsoft.Compute",
            resourceParentType: "virtualMachineScaleSets",
            resourceParentName: "workers",
            resourceType: "virtualMachines",
            resourceName: "0",
            configurationAssignmentName: "sundays",
            maintenanceConfigurationId: idOf(
                "Microsoft.Maintenance/maintenanceConfigurations/sundays",
            ),
        },
    ],
    [
        "azure-native:dbforpostgresql:Server",
        {
            ...place,
            serverName: "geolab-0a1b2c",
            version: "16",
            sku: { name: "Standard_D4ds_v5", tier: "GeneralPurpose" },
            administratorLogin: "steward",
            administratorLoginPassword: "Long-enough-1",
            availabilityZone: "1",
            highAvailability: { mode: "ZoneRedundant", standbyAvailabilityZone: "2" },
            storage: { storageSizeGB: 128 },
            backup: { backupRetentionDays: 35 },
            network: {
                delegatedSubnetResourceId: subnetOf("postgres"),
                privateDnsZoneArmResourceId: idOf(
                    "Microsoft.Network/privateDnsZones/geolab.private.postgres.database.azure.com",
                ),
            },
        },
    ],
    [
        "azure-native:dbforpostgresql:Configuration",
        {
            resourceGroupName: group,
            serverName: "geolab-0a1b2c",
            configurationName: "require_secure_transport",
            value: "on",
            source: "user-override",
        },
    ],
    [
        "azure-native:dbforpostgresql:Database",
        { resourceGroupName: group, serverName: "geolab-0a1b2c", databaseName: "hub" },
    ],
    [
        "azure-native:dbforpostgresql:FirewallRule",
        {
            resourceGroupName: group,
            serverName: "geolab-0a1b2c",
            firewallRuleName: "office",
            startIpAddress: "192.0.2.1",
            endIpAddress: "192.0.2.1",
        },
    ],
    [
        "azure-native:redisenterprise:RedisEnterprise",
        {
            ...place,
            clusterName: "geolab-0a1b2c",
            sku: { name: "Balanced_B5" },
            publicNetworkAccess: "Disabled",
            minimumTlsVersion: "1.2",
        },
    ],
    [
        "azure-native:redisenterprise:Database",
        {
            resourceGroupName: group,
            clusterName: "geolab-0a1b2c",
            databaseName: "default",
            port: 10_000,
            clusteringPolicy: "EnterpriseCluster",
        },
    ],
    [
        "azure-native:containerservice:ManagedCluster",
        {
            ...place,
            resourceName: "geolab",
            dnsPrefix: "geolab",
            kubernetesVersion: "1.34",
            identity: userIdentity,
            disableLocalAccounts: true,
            aadProfile: { managed: true, enableAzureRBAC: true },
            oidcIssuerProfile: { enabled: true },
            securityProfile: { workloadIdentity: { enabled: true } },
            networkProfile: {
                networkPlugin: "azure",
                networkPluginMode: "overlay",
                networkDataplane: "cilium",
                networkPolicy: "cilium",
                podCidr: "10.244.0.0/16",
                serviceCidr: "10.100.0.0/16",
                dnsServiceIP: "10.100.0.10",
            },
            agentPoolProfiles: [
                {
                    name: "core",
                    mode: "System",
                    vmSize: "Standard_E2s_v5",
                    count: 1,
                    minCount: 1,
                    maxCount: 3,
                    enableAutoScaling: true,
                    vnetSubnetID: subnetOf("nodes"),
                },
            ],
        },
    ],
    [
        "azure-native:containerservice:AgentPool",
        {
            ...cluster,
            agentPoolName: "user",
            mode: "User",
            vmSize: "Standard_E8s_v5",
            minCount: 0,
            maxCount: 50,
            enableAutoScaling: true,
            vnetSubnetID: subnetOf("nodes"),
        },
    ],
    [
        "azure-native:containerservice:MaintenanceConfiguration",
        {
            ...cluster,
            configName: "aksManagedAutoUpgradeSchedule",
            maintenanceWindow: {
                durationHours: 4,
                startTime: "03:00",
                schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
            },
        },
    ],
    [
        "azure-native:dataprotection:BackupVault",
        {
            ...place,
            vaultName: "copies",
            identity: { type: "SystemAssigned" },
            properties: {
                storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }],
            },
        },
    ],
    [
        "azure-native:containerservice:TrustedAccessRoleBinding",
        {
            ...cluster,
            trustedAccessRoleBindingName: "copies",
            roles: ["Microsoft.DataProtection/backupVaults/backup-operator"],
            sourceResourceId: idOf("Microsoft.DataProtection/backupVaults/copies"),
        },
    ],
    [
        "azure-native:dataprotection:BackupPolicy",
        {
            ...backup,
            backupPolicyName: "daily",
            properties: {
                objectType: "BackupPolicy",
                datasourceTypes: ["Microsoft.DBforPostgreSQL/servers"],
                policyRules: [
                    {
                        objectType: "AzureRetentionRule",
                        name: "Default",
                        isDefault: true,
                        lifecycles: [
                            {
                                deleteAfter: {
                                    objectType: "AbsoluteDeleteOption",
                                    duration: "P35D",
                                },
                                sourceDataStore: {
                                    objectType: "DataStoreInfoBase",
                                    dataStoreType: "OperationalStore",
                                },
                            },
                        ],
                    },
                ],
            },
        },
    ],
    [
        "azure-native:dataprotection:BackupInstance",
        {
            ...backup,
            backupInstanceName: "postgres",
            properties: {
                objectType: "BackupInstance",
                dataSourceInfo: {
                    objectType: "Datasource",
                    datasourceType: "Microsoft.DBforPostgreSQL/servers",
                    resourceID: disk,
                },
                policyInfo: {
                    policyId: idOf(
                        "Microsoft.DataProtection/backupVaults/copies/backupPolicies/daily",
                    ),
                },
            },
        },
    ],
    [
        "azure-native:recoveryservices:Vault",
        {
            ...place,
            vaultName: "machines",
            sku: { name: "RS0", tier: "Standard" },
            properties: { publicNetworkAccess: "Disabled" },
        },
    ],
    [
        "azure-native:recoveryservices:ProtectionPolicy",
        {
            ...recovery,
            policyName: "daily",
            properties: {
                backupManagementType: "AzureIaasVM",
                policyType: "V2",
                instantRpRetentionRangeInDays: 7,
            },
        },
    ],
    [
        "azure-native:recoveryservices:ProtectionContainer",
        {
            ...recovery,
            fabricName: "Azure",
            containerName: `StorageContainer;storage;${group};${account}`,
            properties: {
                containerType: "StorageContainer",
                backupManagementType: "AzureStorage",
                sourceResourceId: idOf(`Microsoft.Storage/storageAccounts/${account}`),
            },
        },
    ],
    [
        "azure-native:recoveryservices:ProtectedItem",
        {
            ...recovery,
            fabricName: "Azure",
            containerName: container,
            protectedItemName: `vm;iaasvmcontainerv2;${group};db0`,
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                sourceResourceId: machine,
                policyId: idOf("Microsoft.RecoveryServices/vaults/machines/backupPolicies/daily"),
            },
        },
    ],
    ["azure-native:consumption:Budget", { ...budget, budgetName: "geolab" }],
    ["azure-native:costmanagement:Budget", { ...budget, budgetName: "payer" }],
    [
        "azure-native:security:Pricing",
        {
            scopeId: `subscriptions/${anySubscription}`,
            pricingName: "KeyVaults",
            pricingTier: "Standard",
        },
    ],
    [
        "azure-native:security:SecurityContact",
        { securityContactName: "default", emails: "security@example.org", isEnabled: true },
    ],
    [
        "azure-native:automation:AutomationAccount",
        { ...place, automationAccountName: "geolab", sku: { name: "Basic" } },
    ],
    [
        "azure-native:automation:Runbook",
        {
            ...automation,
            location: region,
            runbookName: "Restore",
            runbookType: "PowerShell72",
            draft: {},
        },
    ],
    [
        "azure-native:automation:Schedule",
        {
            ...automation,
            scheduleName: "sundays",
            name: "sundays",
            frequency: "Week",
            interval: 1,
            startTime: soon,
        },
    ],
    [
        "azure-native:automation:JobSchedule",
        {
            ...automation,
            jobScheduleId: "5c1d0b4e-0000-4000-8000-000000000009",
            runbook: { name: "Restore" },
            schedule: { name: "sundays" },
        },
    ],
];
