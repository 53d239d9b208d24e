import { anySubscription } from "../../../rehearsal/azure/account";
import type { Props, Value } from "../../../rehearsal/provider/values";
import { withAt } from "../aws/account";
import type { TestSubscription } from "./account";
import { group, refusal } from "./account";
import {
    acceptedInputs,
    assign,
    idOf,
    place,
    role,
    subnetOf,
    subscriptionBefore,
} from "./whole-subscription";

type Change = (there: TestSubscription, inputs: Props) => Props;
const at =
    (path: string, value: Value | undefined): Change =>
    (_there, inputs) =>
        withAt(inputs, path, value);
const all =
    (...changes: readonly Change[]): Change =>
    (there, inputs) =>
        changes.reduce((now, change) => change(there, now), inputs);
const other = { roleAssignmentName: "5c1d0b4e-0000-4000-8000-00000000000a" };
const disks = "Microsoft.Compute/disks";

/** Makes something first, out of the inputs of another of its type. */
const first =
    (short: string, changes: Props, then: Change = (_, inputs) => inputs): Change =>
    (there, inputs) => {
        const type = `azure-native:${short}`;
        there.create(type, { ...acceptedInputs(type), ...changes }, "first");
        return then(there, inputs);
    };
/** Protects a disk in the backup vault. */
const ofDisk = all(
    at("properties.dataSourceInfo.datasourceType", "Microsoft.Compute/disks"),
    at("properties.dataSourceInfo.resourceID", idOf(`${disks}/data`)),
);
const itemOf = (account: string): Change =>
    all(
        at("containerName", `StorageContainer;storage;${group};geolabhomes0a1b2c`),
        at("protectedItemName", "AzureFileShare;homes"),
        at("properties.protectedItemType", "AzureFileShareProtectedItem"),
        at("properties.sourceResourceId", idOf(`Microsoft.Storage/storageAccounts/${account}`)),
    );
/** Logs of an account of blobs go to another account. */
const archivedIn = (changes: Props): Change =>
    all(
        first("storage:StorageAccount", { accountName: "kept0a1b2c" }),
        first("storage:StorageAccount", {
            accountName: "logs0a1b2c",
            networkRuleSet: shut,
            ...changes,
        }),
        at(
            "resourceUri",
            idOf("Microsoft.Storage/storageAccounts/kept0a1b2c/blobServices/default"),
        ),
        at("storageAccountId", idOf("Microsoft.Storage/storageAccounts/logs0a1b2c")),
    );
const shut = { defaultAction: "Deny", bypass: "AzureServices" };
const monthsOn = (count: number): string => {
    const day = new Date();
    return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + count, 1))
        .toISOString()
        .slice(0, 10);
};

/** Takes everything back that was allowed. */
const withoutRights: Change = (there, inputs) => {
    for (const { type, id } of there.cloud.all("azure-native:authorization:RoleAssignment"))
        there.cloud.drop(type, id);
    return inputs;
};
const front = idOf("Microsoft.ManagedIdentity/userAssignedIdentities/front");
const sealedAccount = {
    keySource: "Microsoft.Keyvault",
    encryptionIdentity: { encryptionUserAssignedIdentity: front },
    keyVaultProperties: { keyVaultUri: "https://geolab-0a1b2c.vault.azure.net", keyName: "disks" },
};
const sealedServer = {
    type: "AzureKeyVault",
    primaryUserAssignedIdentityId: front,
    primaryKeyURI: "https://geolab-0a1b2c.vault.azure.net/keys/disks",
};

/** Type, what is wrong, inputs that are wrong because of something else that stands there, what is said. */
const refused: readonly (readonly [string, string, Change, RegExp])[] = [
    [
        "network:VirtualNetwork",
        "a group that is not there",
        at("resourceGroupName", "nowhere"),
        /^ResourceGroupNotFound: Resource group 'nowhere'/,
    ],
    [
        "network:Subnet",
        "a network that is not there",
        at("virtualNetworkName", "nowhere"),
        /^ParentResourceNotFound: there is no network VirtualNetwork .*nowhere/,
    ],
    [
        "storage:BlobContainer",
        "an account that is not there",
        at("accountName", "nowhere0a"),
        /^ParentResourceNotFound: .*storageAccounts\/nowhere0a;/,
    ],
    [
        "network:Subnet",
        "a gateway that is not there",
        at("natGateway.id", idOf("Microsoft.Network/natGateways/nowhere")),
        /^ResourceNotFound: natGateway\.id: there is no/,
    ],
    [
        "network:LoadBalancer",
        "a subnet that is not there",
        at("frontendIPConfigurations.subnet.id", subnetOf("nowhere")),
        /^ResourceNotFound: frontendIPConfigurations\[0\]\.subnet\.id/,
    ],
    [
        "network:Subnet",
        "addresses outside the network",
        at("addressPrefix", "10.21.0.0/24"),
        /^NetcfgInvalidSubnet: 10\.21\.0\.0\/24 is outside/,
    ],
    [
        "network:Subnet",
        "addresses of another subnet",
        first("network:Subnet", { subnetName: "first" }),
        /^NetcfgSubnetRangesOverlap: .*overlaps .*first/,
    ],
    [
        "network:NetworkInterface",
        "a subnet that belongs to PostgreSQL",
        at("ipConfigurations.subnet.id", subnetOf("postgres")),
        /^SubnetWithDelegationsCannotBeUsed: /,
    ],
    [
        "network:PrivateEndpoint",
        "a subnet that belongs to PostgreSQL",
        at("subnet.id", subnetOf("postgres")),
        /^SubnetWithDelegationsCannotBeUsed: /,
    ],
    [
        "dbforpostgresql:Server",
        "a subnet that is not PostgreSQL's",
        at("network.delegatedSubnetResourceId", subnetOf("nodes")),
        /^SubnetNotDelegated: /,
    ],
    [
        "network:NetworkInterface",
        "an address of another subnet",
        all(
            at("ipConfigurations.privateIPAllocationMethod", "Static"),
            at("ipConfigurations.privateIPAddress", "10.20.17.9"),
        ),
        /^PrivateIPAddressNotInSubnet: 10\.20\.17\.9/,
    ],
    [
        "network:NetworkInterface",
        "an address that Azure keeps",
        at("ipConfigurations.privateIPAddress", "10.20.0.3"),
        /^PrivateIPAddressNotInSubnet: /,
    ],
    [
        "network:NetworkInterface",
        "no address with Static",
        at("ipConfigurations.privateIPAllocationMethod", "Static"),
        /^PrivateIPAddressIsRequired: /,
    ],
    [
        "network:NatGateway",
        "an address of another zone",
        all(
            first("network:PublicIPAddress", { publicIpAddressName: "zonal", zones: ["2"] }),
            at("publicIpAddresses.id", idOf("Microsoft.Network/publicIPAddresses/zonal")),
            at("zones", ["1"]),
        ),
        /^ZoneMismatch: .*is in zone 2, the gateway in 1/,
    ],
    [
        "network:ApplicationGateway",
        "a listener that it has not",
        at(
            "requestRoutingRules.httpListener.id",
            idOf("Microsoft.Network/applicationGateways/front/httpListeners/https"),
        ),
        /^InvalidResourceReference: .*this has no httpListeners\/https/,
    ],
    [
        "network:FlowLog",
        "a security group",
        at("targetResourceId", idOf("Microsoft.Network/networkSecurityGroups/nodes")),
        /^NsgFlowLogsRetired: /,
    ],
    [
        "network:FlowLog",
        "a network that is logged",
        first("network:FlowLog", { flowLogName: "first" }),
        /^FlowLogLimit: /,
    ],
    [
        "network:PrivateDnsZoneGroup",
        "a second group",
        first("network:PrivateDnsZoneGroup", { privateDnsZoneGroupName: "first" }),
        /^PrivateDnsZoneGroupLimit: /,
    ],
    [
        "privatedns:VirtualNetworkLink",
        "a second link",
        first("privatedns:VirtualNetworkLink", { virtualNetworkLinkName: "first" }),
        /^Conflict: virtualNetwork: is linked to a zone of the name geolab/,
    ],
    [
        "privatedns:VirtualNetworkLink",
        "a second zone that registers",
        all(
            first("privatedns:PrivateZone", { privateZoneName: "geolab.internal" }),
            first("privatedns:VirtualNetworkLink", {
                privateZoneName: "geolab.internal",
                registrationEnabled: true,
            }),
            at("registrationEnabled", true),
        ),
        /^Conflict: registrationEnabled: /,
    ],
    [
        "storage:StorageAccount",
        "a name that everybody takes",
        at("accountName", "backups"),
        /^NameNotAvailable: the name backups is taken in Azure/,
    ],
    [
        "keyvault:Vault",
        "a name that another group has",
        all(
            (there, inputs) => {
                there.create(
                    "azure-native:resources:ResourceGroup",
                    { resourceGroupName: "other", location: "westeurope" },
                    "other",
                );
                return inputs;
            },
            first("keyvault:Vault", { resourceGroupName: "other" }),
        ),
        /^NameNotAvailable: the name geolab-0a1b2c is taken in Azure/,
    ],
    [
        "network:VirtualNetwork",
        "a name that this group has",
        first("network:VirtualNetwork", { virtualNetworkName: "GeoLab" }),
        /^ResourceAlreadyExists: /,
    ],
    [
        "authorization:RoleAssignment",
        "the same role for the same principal",
        first("authorization:RoleAssignment", other),
        /^RoleAssignmentExists: /,
    ],
    [
        "authorization:RoleAssignment",
        "a role that is made up",
        at("roleDefinitionId", role("5c1d0b4e-0000-4000-8000-0000000000ff")),
        /^ResourceNotFound|^RoleDefinitionDoesNotExist/,
    ],
    [
        "authorization:RoleAssignment",
        "a made-up role without a subscription",
        at(
            "roleDefinitionId",
            "/providers/Microsoft.Authorization/roleDefinitions/5c1d0b4e-0000-4000-8000-0000000000ff",
        ),
        /^RoleDefinitionDoesNotExist: /,
    ],
    [
        "authorization:RoleDefinition",
        "a name that another role has",
        first("authorization:RoleDefinition", { roleDefinitionId: other.roleAssignmentName }),
        /^RoleDefinitionWithSameNameExists: /,
    ],
    [
        "managedidentity:FederatedIdentityCredential",
        "a twenty-first credential",
        (there, inputs) => {
            for (let count = 0; count < 20; count += 1)
                there.create("azure-native:managedidentity:FederatedIdentityCredential", {
                    ...inputs,
                    federatedIdentityCredentialResourceName: `hub-${count}`,
                    subject: `system:serviceaccount:hub-${count}:user-sa`,
                });
            return inputs;
        },
        /^TooManyFederatedIdentityCredentials: an identity takes 20/,
    ],
    [
        "managedidentity:FederatedIdentityCredential",
        "the issuer and subject of another",
        first("managedidentity:FederatedIdentityCredential", {
            federatedIdentityCredentialResourceName: "first",
        }),
        /^Conflict: issuer, subject/,
    ],
    [
        "storage:FileShare",
        "NFS on a standard account",
        at("accountName", "geolabhomes0a1b2c"),
        /^UnsupportedHttpVerb: enabledProtocols: NFS needs a FileStorage account/,
    ],
    [
        "storage:FileShare",
        "NFS where only HTTPS is spoken",
        first(
            "storage:StorageAccount",
            { accountName: "sealed0a1b2c", kind: "FileStorage", sku: { name: "Premium_LRS" } },
            at("accountName", "sealed0a1b2c"),
        ),
        /^InvalidRequest: .*enableHttpsTrafficOnly false/,
    ],
    [
        "storage:FileShare",
        "less than a premium share has",
        at("shareQuota", 50),
        /^InvalidHeaderValue: shareQuota: 50 GiB is not 100 to 102400/,
    ],
    [
        "storage:FileShare",
        "another tier than Premium",
        at("accessTier", "Hot"),
        /^InvalidAccessTier: /,
    ],
    [
        "storage:BlobContainer",
        "blobs that everybody reads",
        at("publicAccess", "Blob"),
        /^PublicAccessNotPermitted: publicAccess: Blob/,
    ],
    [
        "monitor:DiagnosticSetting",
        "the same workspace again",
        first("monitor:DiagnosticSetting", { name: "first" }),
        /^Conflict: workspaceId: /,
    ],
    [
        "monitor:DiagnosticSetting",
        "an account of fast disks for logs",
        archivedIn({ kind: "FileStorage", sku: { name: "Premium_LRS" } }),
        /^UnsupportedStorageAccount: storageAccountId: takes no logs, being Premium_LRS/,
    ],
    [
        "monitor:DiagnosticSetting",
        "an account for logs of another region",
        archivedIn({ location: "eastus" }),
        /^BadRequest: storageAccountId: is in eastus, what it logs in canadacentral/,
    ],
    [
        "monitor:DiagnosticSetting",
        "an account for logs without public access",
        archivedIn({ publicNetworkAccess: "Disabled" }),
        /^StorageAccountShut: /,
    ],
    [
        "monitor:DiagnosticSetting",
        "an account for logs that excepts no service",
        archivedIn({ networkRuleSet: { defaultAction: "Deny", bypass: "None" } }),
        /^StorageAccountShut: /,
    ],
    [
        "compute:VirtualMachine",
        "an interface of another machine",
        first("compute:VirtualMachine", { vmName: "db1", storageProfile: { imageReference: {} } }),
        /^NicInUse: /,
    ],
    [
        "compute:VirtualMachine",
        "a disk of another machine",
        all(
            first("network:NetworkInterface", { networkInterfaceName: "db1" }),
            first("compute:VirtualMachine", {
                vmName: "db1",
                networkProfile: {
                    networkInterfaces: [{ id: idOf("Microsoft.Network/networkInterfaces/db1") }],
                },
            }),
        ),
        /^DiskAlreadyAttached: /,
    ],
    [
        "compute:VirtualMachine",
        "a disk of another zone",
        at("zones", ["2"]),
        /^BadRequest: .*is in zone 1, the machine in 2/,
    ],
    [
        "compute:DiskEncryptionSet",
        "a vault without purge protection",
        (there, inputs) => {
            const vault = there.first("azure-native:keyvault:Vault");
            const properties = {
                ...(vault.outputs["properties"] as Props),
                enablePurgeProtection: null,
            };
            there.keep({ ...vault, outputs: { ...vault.outputs, properties } });
            return inputs;
        },
        /^KeyVaultWithoutPurgeProtection: /,
    ],
    [
        "containerservice:AgentPool",
        "a name of the cluster's own pools",
        at("agentPoolName", "core"),
        /^Conflict: agentPoolName: core/,
    ],
    [
        "containerservice:AgentPool",
        "a subnet of PostgreSQL's",
        at("vnetSubnetID", subnetOf("postgres")),
        /^SubnetWithDelegationsCannotBeUsed: /,
    ],
    [
        "containerservice:ManagedCluster",
        "services in the network's range",
        all(
            at("networkProfile.serviceCidr", "10.20.32.0/20"),
            at("networkProfile.dnsServiceIP", "10.20.32.10"),
        ),
        /^ServiceCidrOverlapExistingSubnetsCidr: networkProfile\.serviceCidr/,
    ],
    [
        "recoveryservices:ProtectedItem",
        "a share that speaks NFS",
        itemOf("geolabshare0a1b2c"),
        /^FileShareNotSupported: .*speaks NFS, which Azure Backup does not cover/,
    ],
    [
        "recoveryservices:ProtectedItem",
        "an account that is not registered",
        all(itemOf("geolabhomes0a1b2c"), at("containerName", "StorageContainer;storage;a;b")),
        /^ParentResourceNotFound: .*ProtectionContainer/,
    ],
    [
        "dataprotection:BackupInstance",
        "a vault without an identity",
        (there, inputs) => {
            const vault = there.first("azure-native:dataprotection:BackupVault");
            there.keep({ ...vault, outputs: { ...vault.outputs, identity: null } });
            return inputs;
        },
        /^UserErrorMissingIdentity: /,
    ],
    [
        "dataprotection:BackupInstance",
        "a disk that the vault may not read",
        ofDisk,
        /^UserErrorMissingPermissions: .*needs the role Disk Backup Reader on .*disks\/data/,
    ],
    [
        "maintenance:ConfigurationAssignment",
        "a machine that patches when it likes",
        (there, inputs) => {
            const machine = there.first("azure-native:compute:VirtualMachine");
            there.keep({
                ...machine,
                inputs: withAt(machine.inputs, "osProfile.linuxConfiguration.patchSettings", {
                    patchMode: "ImageDefault",
                }),
            });
            return inputs;
        },
        /^PatchModeNotSupported: /,
    ],
    [
        "authorization:RoleAssignment",
        "an identity that was just made, without its type",
        (there, inputs) => {
            const { outputs } = there.first("azure-native:managedidentity:UserAssignedIdentity");
            return { ...inputs, principalId: outputs["principalId"] ?? "", principalType: null };
        },
        /^PrincipalNotFound: .*give principalType ServicePrincipal/,
    ],
    [
        "authorization:RoleAssignment",
        "an identity that is called a group",
        (there, inputs) => {
            const { outputs } = there.first("azure-native:managedidentity:UserAssignedIdentity");
            return { ...inputs, principalId: outputs["principalId"] ?? "", principalType: "Group" };
        },
        /^UnmatchedPrincipalType: principalType: is Group, and the principal is a ServicePrincipal/,
    ],
    [
        "authorization:RoleAssignment",
        "somebody of whom nobody knows whether it is a user",
        at("principalType", "User"),
        /^UnmatchedPrincipalType: principalType: is User, and the principal is not known/,
    ],
    [
        "compute:Disk",
        "a key that its encryption set may not use",
        withoutRights,
        /^KeyVaultAccessForbidden: .*keys\/disks/,
    ],
    [
        "containerservice:ManagedCluster",
        "a subnet that its identity may not use",
        withoutRights,
        /^LinkedAuthorizationFailed: .*Network Contributor/,
    ],
    [
        "containerservice:ManagedCluster",
        "a zone that its identity may not write",
        at("apiServerAccessProfile", {
            enablePrivateCluster: true,
            privateDNSZone: idOf(
                "Microsoft.Network/privateDnsZones/geolab.private.postgres.database.azure.com",
            ),
        }),
        /^LinkedAuthorizationFailed: .*Private DNS Zone Contributor/,
    ],
    [
        "storage:StorageAccount",
        "a key that it may not use",
        at("encryption", sealedAccount),
        /^KeyVaultAccessForbidden: encryption\.keyVaultProperties: .*keys\/disks/,
    ],
    [
        "dbforpostgresql:Server",
        "a key that it may not use",
        all(withoutRights, at("dataEncryption", sealedServer)),
        /^KeyVaultAccessForbidden: dataEncryption\.primaryKeyURI/,
    ],
    [
        "consumption:Budget",
        "a month that is over",
        at("timePeriod.startDate", monthsOn(-1)),
        /^400: .*is before this month/,
    ],
    [
        "consumption:Budget",
        "a month too far ahead",
        at("timePeriod.startDate", monthsOn(14)),
        /^400: .*more than twelve months ahead/,
    ],
    [
        "automation:Schedule",
        "a time that is past",
        at("startTime", "2020-01-01T00:00:00Z"),
        /^BadRequest: startTime: /,
    ],
    [
        "automation:JobSchedule",
        "a runbook that is not there",
        at("runbook.name", "Nothing"),
        /^NotFound: runbook\.name: there is no Nothing/,
    ],
    [
        "automation:JobSchedule",
        "a pair that is joined",
        first("automation:JobSchedule", { jobScheduleId: other.roleAssignmentName }),
        /^Conflict: /,
    ],
];

it.each(refused)("%s: %s", (short, _what, change, says) => {
    const type = `azure-native:${short}`;
    const before = acceptedInputs(type);
    const fine = subscriptionBefore(type);
    expect(refusal(() => fine.create(type, before))).toBeUndefined();
    const there = subscriptionBefore(type);
    const inputs = change(there, before);
    expect(refusal(() => there.create(type, inputs, "second"))).toMatch(says);
});

it("lets a vault copy a disk once its identity may", () => {
    const type = "azure-native:dataprotection:BackupInstance";
    const there = subscriptionBefore(type);
    const vault = there.first("azure-native:dataprotection:BackupVault").outputs[
        "identity"
    ] as Props;
    for (const guid of [
        "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
        "7efff54f-a5b4-42b5-a1c5-5411624893ce",
    ])
        assign(there, vault["principalId"], guid);
    const copy = () => refusal(() => there.create(type, ofDisk(there, acceptedInputs(type))));
    expect(copy()).toMatch(
        /^UserErrorMSIPermissionsNotPresentOnDES: .*diskEncryptionSets\/disks, which seals/,
    );
    assign(there, vault["principalId"], "acdd72a7-3385-48ef-bd42-f606fba81ae7");
    expect(copy()).toBeUndefined();
});

it("lets a disk be sealed where the identity that its encryption set was given may use the key", () => {
    const there = subscriptionBefore("azure-native:compute:DiskEncryptionSet");
    const { outputs } = there.first("azure-native:managedidentity:UserAssignedIdentity");
    const identity = { type: "UserAssigned", userAssignedIdentities: [front] };
    there.create("azure-native:compute:DiskEncryptionSet", {
        ...acceptedInputs("azure-native:compute:DiskEncryptionSet"),
        identity,
    });
    const make = () =>
        there.create("azure-native:compute:Disk", acceptedInputs("azure-native:compute:Disk"));
    expect(refusal(make)).toMatch(/^KeyVaultAccessForbidden: /);
    assign(there, outputs["principalId"], "e147488a-f6f5-4113-8e2d-b22465e65bf6");
    expect(refusal(make)).toBeUndefined();
});

it("knows the services of an account that nobody set", () => {
    const type = "azure-native:monitor:MetricAlert";
    const there = subscriptionBefore("azure-native:storage:FileServiceProperties");
    const account = idOf("Microsoft.Storage/storageAccounts/geolabshare0a1b2c");
    const about = (scope: string) => ({
        ...acceptedInputs(type),
        ruleName: scope.slice(-3),
        scopes: [scope],
    });
    expect(
        refusal(() => there.create(type, about(`${account}/fileServices/default`))),
    ).toBeUndefined();
    expect(refusal(() => there.create(type, about(`${account}/fileServices/other`)))).toMatch(
        /^ResourceNotFound: /,
    );
});

it("puts a record into a zone of somebody else's group, and none into a zone that this group has not", () => {
    const type = "azure-native:dns:RecordSet";
    const there = subscriptionBefore(type);
    const record = { ...acceptedInputs(type), zoneName: "example.org" };
    const theirs = { ...record, resourceGroupName: "theirs" };
    expect(refusal(() => there.create(type, theirs))).toBeUndefined();
    expect(refusal(() => there.create(type, record))).toMatch(/^ParentResourceNotFound: /);
});

it("takes what lies in a group that it did not make for somebody else's", () => {
    const there = subscriptionBefore("azure-native:network:Subnet");
    const foreign = `/subscriptions/${anySubscription}/resourceGroups/theirs/providers/Microsoft.Network/natGateways/out`;
    const inputs = withAt(acceptedInputs("azure-native:network:Subnet"), "natGateway.id", foreign);
    const plain = withAt(inputs, "networkSecurityGroup", undefined);
    expect(refusal(() => there.create("azure-native:network:Subnet", plain))).toBeUndefined();
});

it("finds what an id names in whatever case", () => {
    const there = subscriptionBefore("azure-native:compute:VirtualMachineExtension");
    const found = there.create("azure-native:network:PublicIPAddress", {
        ...acceptedInputs("azure-native:network:PublicIPAddress"),
        ...place,
        publicIpAddressName: "more",
    });
    const inputs = {
        ...acceptedInputs("azure-native:network:NatGateway"),
        natGatewayName: "more",
        publicIpAddresses: [{ id: found.id.toLowerCase() }],
    };
    expect(refusal(() => there.create("azure-native:network:NatGateway", inputs))).toBeUndefined();
});
