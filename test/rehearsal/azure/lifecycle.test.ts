import { azureStandIn } from "../../../rehearsal/azure/stand-in";
import { deletedItemType, deletedVaultType } from "../../../rehearsal/azure/types/keyvault";
import type { Props, Value } from "../../../rehearsal/provider/values";
import { withAt } from "../aws/account";
import type { TestSubscription } from "./account";
import { groupId, refusal } from "./account";
import { acceptedInputs, subscriptionBefore } from "./whole-subscription";

const typed = (short: string): string => `azure-native:${short}`;

/** Everything stands, and nothing is locked. */
function unlocked(): TestSubscription {
    const there = subscriptionBefore();
    there.delete(there.first(typed("authorization:ManagementLockByScope")));
    return there;
}

/** What is deleted, what keeps it, Azure's word for it. */
const held: readonly (readonly [string, string, string])[] = [
    ["network:VirtualNetwork", "NetworkInterface", "InUseSubnetCannotBeDeleted"],
    ["network:Subnet", "NetworkInterface", "InUseSubnetCannotBeDeleted"],
    ["network:NetworkSecurityGroup", "Subnet", "InUseNetworkSecurityGroupCannotBeDeleted"],
    ["network:PublicIPAddress", "NatGateway", "PublicIPAddressCannotBeDeleted"],
    ["network:NatGateway", "Subnet", "InUseNatGatewayCannotBeDeleted"],
    ["network:NetworkInterface", "VirtualMachine", "NicInUse"],
    [
        "network:WebApplicationFirewallPolicy",
        "ApplicationGateway",
        "WebApplicationFirewallPolicyCannotBeDeleted",
    ],
    ["privatedns:PrivateZone", "VirtualNetworkLink", "CannotDeleteResource"],
    ["compute:Disk", "VirtualMachine", "OperationNotAllowed"],
    ["compute:DiskEncryptionSet", "Disk", "DiskEncryptionSetInUse"],
    ["authorization:PolicyDefinition", "PolicyAssignment", "PolicyDefinitionInUse"],
    ["monitor:DataCollectionRule", "DataCollectionRuleAssociation", "RuleHasAssociations"],
    [
        "maintenance:MaintenanceConfiguration",
        "ConfigurationAssignment",
        "MaintenanceConfigurationInUse",
    ],
    ["recoveryservices:Vault", "ProtectedItem", "ServiceResourceNotEmptyWithBackendMessage"],
    ["recoveryservices:ProtectionPolicy", "ProtectedItem", "BMSUserErrorPolicyInUse"],
    ["dataprotection:BackupVault", "BackupInstance", "ResourceDeletionFailed"],
    ["dataprotection:BackupPolicy", "BackupInstance", "BMSUserErrorPolicyInUse"],
];

it.each(held)("%s cannot be deleted before %s", (short, holder, code) => {
    const there = unlocked();
    const says = refusal(() => {
        there.delete(there.first(typed(short)));
    });
    expect(says).toMatch(
        new RegExp(`^${code}: .*cannot be deleted: \\w+ ${holder} .*delete that first$`),
    );
});

it("refuses to delete a role while somebody has it", () => {
    const there = unlocked();
    const definition = there.first(typed("authorization:RoleDefinition"));
    there.create(typed("authorization:RoleAssignment"), {
        ...acceptedInputs(typed("authorization:RoleAssignment")),
        roleAssignmentName: "5c1d0b4e-0000-4000-8000-00000000000c",
        roleDefinitionId: definition.id,
    });
    expect(
        refusal(() => {
            there.delete(definition);
        }),
    ).toMatch(/^RoleDefinitionHasAssignments: /);
});

it("refuses to delete an application group that a rule names", () => {
    const there = unlocked();
    const asg = there.first(typed("network:ApplicationSecurityGroup"));
    const { sourceAddressPrefix: _, ...rule } = acceptedInputs(typed("network:SecurityRule"));
    there.create(typed("network:SecurityRule"), {
        ...rule,
        securityRuleName: "more",
        priority: 300,
        sourceApplicationSecurityGroups: [{ id: asg.id }],
    });
    expect(
        refusal(() => {
            there.delete(asg);
        }),
    ).toMatch(/^ApplicationSecurityGroupInUse: /);
});

it("refuses to delete a resource group with something in it", () => {
    const there = unlocked();
    const says = refusal(() => {
        there.delete(there.first(typed("resources:ResourceGroup")));
    });
    expect(says).toMatch(
        /^ResourceGroupNotEmpty: .* still holds \w+ \w+ .* and \d+ more, which Azure would delete/,
    );
    for (const each of there.cloud.all())
        if (each.id !== groupId) there.cloud.drop(each.type, each.id);
    expect(
        refusal(() => {
            there.delete(there.first(typed("resources:ResourceGroup")));
        }),
    ).toBeUndefined();
});

it("refuses to delete what is locked, or lies in what is locked", () => {
    const there = subscriptionBefore();
    const says = refusal(() => {
        there.delete(there.first(typed("network:Subnet")));
    });
    expect(says).toMatch(
        /^ScopeLocked: .*subnets\/nodes is locked by .*locks\/keep; delete the lock first$/,
    );
});

it.each(["keyvault:Key", "keyvault:Secret"])(
    "keeps the name of a deleted %s in its vault",
    (short) => {
        const there = unlocked();
        const item = there.first(typed(short));
        const { inputs } = item;
        there.delete(item);
        expect(there.cloud.all(deletedItemType)).toHaveLength(1);
        expect(refusal(() => there.create(typed(short), inputs))).toMatch(
            /^ObjectIsDeletedButRecoverable: /,
        );
        const key = short === "keyvault:Key" ? "keyName" : "secretName";
        expect(() => there.create(typed(short), { ...inputs, [key]: "another" })).not.toThrow();
    },
);

it("deletes a group whose vault is gone, with the keys and secrets that were left in it", () => {
    const there = unlocked();
    const rest = ["Key", "Secret", "Vault"].map((kind) => there.first(typed(`keyvault:${kind}`)));
    const whole = there.first(typed("resources:ResourceGroup"));
    const says = () =>
        refusal(() => {
            there.delete(whole);
        });
    for (const each of there.cloud.all())
        if (each !== whole && !rest.includes(each)) there.cloud.drop(each.type, each.id);
    expect(says()).toMatch(/^ResourceGroupNotEmpty: .* and 2 more/);
    there.delete(there.first(typed("keyvault:Vault")));
    expect(says()).toBeUndefined();
});

it("keeps the name of a deleted vault, until it is recovered", () => {
    const type = typed("keyvault:Vault");
    const there = subscriptionBefore(typed("keyvault:Key"));
    there.delete(there.first(type));
    expect(there.cloud.all(type)).toEqual([]);
    expect(there.cloud.all(deletedVaultType)).toHaveLength(1);
    const inputs = acceptedInputs(type);
    expect(refusal(() => there.create(type, inputs))).toMatch(
        /^ConflictError: a vault of the name geolab-0a1b2c was deleted and is kept until \d{4}-\d\d-\d\d; recover it/,
    );
    const recovered = withAt(inputs, "properties.createMode", "recover");
    expect(refusal(() => there.create(type, recovered))).toBeUndefined();
});

/** Type, what is changed, what is said, or undefined where Azure takes it. */
const changed: readonly (readonly [
    string,
    Record<string, Value | undefined>,
    RegExp | undefined,
])[] = [
    [
        "network:VirtualNetwork",
        { "addressSpace.addressPrefixes": ["10.21.0.0/16"] },
        /^InUsePrefixCannotBeDeleted: /,
    ],
    [
        "network:VirtualNetwork",
        { "addressSpace.addressPrefixes": ["10.20.0.0/16", "10.21.0.0/16"] },
        undefined,
    ],
    ["network:PublicIPAddress", { zones: ["1"] }, /^PropertyChangeNotAllowed: zones/],
    [
        "keyvault:Vault",
        { "properties.enablePurgeProtection": undefined },
        /^BadRequest: properties\.enablePurgeProtection: once true/,
    ],
    [
        "keyvault:Vault",
        { "properties.softDeleteRetentionInDays": 30 },
        /^BadRequest: properties\.softDeleteRetentionInDays: is set once/,
    ],
    ["storage:StorageAccount", { kind: "BlobStorage" }, /^AccountPropertyCannotBeUpdated: kind/],
    ["storage:FileShare", { shareQuota: 30_000 }, undefined],
    [
        "storage:FileShare",
        { enabledProtocols: "SMB" },
        /^PropertyChangeNotAllowed: enabledProtocols/,
    ],
    ["compute:Disk", { diskSizeGB: 128 }, /^ResizeDiskError: diskSizeGB: 128 is less than 256/],
    ["compute:Disk", { diskSizeGB: 512 }, undefined],
    ["compute:Disk", { zones: ["2"] }, /^PropertyChangeNotAllowed: zones/],
    ["compute:VirtualMachine", { "hardwareProfile.vmSize": "Standard_E16s_v5" }, undefined],
    [
        "compute:VirtualMachine",
        { "osProfile.computerName": "db9" },
        /^PropertyChangeNotAllowed: osProfile\.computerName/,
    ],
    [
        "dbforpostgresql:Server",
        { "storage.storageSizeGB": 64 },
        /^InvalidParameterValue: storage\.storageSizeGB: 64 is less than 128/,
    ],
    [
        "dbforpostgresql:Server",
        { version: "15" },
        /^InvalidParameterValue: version: 15 is less than 16/,
    ],
    ["dbforpostgresql:Server", { version: "17", "storage.storageSizeGB": 256 }, undefined],
    [
        "redisenterprise:Database",
        { clusteringPolicy: "OSSCluster" },
        /^PropertyChangeNotAllowed: clusteringPolicy/,
    ],
    ["keyvault:Key", { tags: { a: "b" } }, /^PropertyChangeNotAllowed: tags: a keyvault Key/],
    ["keyvault:Secret", { tags: { a: "b" } }, undefined],
    ["containerservice:AgentPool", { maxCount: 80, tags: { a: "b" } }, undefined],
    [
        "containerservice:AgentPool",
        { osDiskSizeGB: 128 },
        /^PropertyChangeNotAllowed: osDiskSizeGB/,
    ],
    ["containerservice:AgentPool", { orchestratorVersion: "1.33" }, undefined],
    [
        "containerservice:AgentPool",
        { orchestratorVersion: "1.99" },
        /^NodePoolMcVersionIncompatible: .*1\.99 is ahead/,
    ],
    ["containerservice:ManagedCluster", { kubernetesVersion: "1.35" }, undefined],
    [
        "containerservice:ManagedCluster",
        { kubernetesVersion: "1.35", "agentPoolProfiles.orchestratorVersion": "1.35" },
        /^NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged: /,
    ],
    [
        "dataprotection:BackupVault",
        { "properties.storageSettings": [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
        /^PropertyChangeNotAllowed: properties\.storageSettings/,
    ],
];

it.each(changed)("%s with %j", (short, changes, says) => {
    const there = unlocked();
    const object = there.first(typed(short));
    const inputs = Object.entries(changes).reduce(
        (now, [path, value]) => withAt(now, path, value),
        object.inputs,
    );
    const said = refusal(() => there.update(object, inputs));
    if (says === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(says);
});

/** Type, what is changed, what replaces it. */
const replaced: readonly (readonly [string, Record<string, Value | undefined>, string[]])[] = [
    [
        "containerservice:ManagedCluster",
        { "networkProfile.podCidr": "10.245.0.0/16" },
        ["networkProfile"],
    ],
    ["containerservice:ManagedCluster", { tags: { a: "b" } }, []],
    ["containerservice:AgentPool", { vmSize: "Standard_E4s_v5" }, ["vmSize"]],
    ["network:PrivateEndpoint", { "subnet.id": "/subscriptions/a/b" }, ["subnet"]],
    [
        "authorization:RoleAssignment",
        { principalId: "5c1d0b4e-0000-4000-8000-0000000000dd" },
        ["principalId"],
    ],
    ["dbforpostgresql:Server", { administratorLogin: "other" }, ["administratorLogin"]],
    ["automation:JobSchedule", { "runbook.name": "Other" }, ["runbook"]],
];

it.each(replaced)("%s with %j is replaced by %j", (short, changes, replaces) => {
    const there = subscriptionBefore();
    const object = there.first(typed(short));
    const inputs = Object.entries(changes).reduce(
        (now, [path, value]) => withAt(now, path, value),
        object.inputs,
    );
    expect(there.diff(object, inputs).replaces).toEqual(replaces);
});

it("refuses to unlock the copies of a vault that is locked for good", () => {
    const there = unlocked();
    const vault = there.first(typed("dataprotection:BackupVault"));
    const immutable = (state: string) =>
        withAt(vault.inputs, "properties.securitySettings", { immutabilitySettings: { state } });
    const locked = there.update(vault, immutable("Locked"));
    expect(refusal(() => there.update(locked, immutable("Unlocked")))).toMatch(
        /^UserErrorImmutabilityLocked: /,
    );
});

it("changes the size of a Redis with shards, and of none without", () => {
    const there = unlocked();
    const redis = there.first(typed("redisenterprise:RedisEnterprise"));
    const database = there.first(typed("redisenterprise:Database"));
    const to = (name: string) => () => there.update(redis, withAt(redis.inputs, "sku", { name }));
    expect(refusal(to("Balanced_B10"))).toBeUndefined();
    const outputs = { ...database.outputs, clusteringPolicy: "NoCluster" };
    there.keep({ ...database, outputs });
    expect(refusal(to("Balanced_B20"))).toMatch(
        /^OperationNotAllowed: sku\.name: .*without shards/,
    );
    expect(refusal(to("Balanced_B5"))).toBeUndefined();
});

it("hands out no address twice, and none where all are taken", () => {
    const there = unlocked();
    there.create(typed("network:Subnet"), {
        ...acceptedInputs(typed("network:Subnet")),
        subnetName: "small",
        addressPrefix: "10.20.32.0/29",
        networkSecurityGroup: null,
        natGateway: null,
    });
    const card = (name: string) =>
        there.create(typed("network:NetworkInterface"), {
            ...acceptedInputs(typed("network:NetworkInterface")),
            networkInterfaceName: name,
            ipConfigurations: [
                {
                    name: "a",
                    subnet: {
                        id: `${groupId}/providers/Microsoft.Network/virtualNetworks/geolab/subnets/small`,
                    },
                },
            ],
        });
    const given = ["a", "b", "c"].map(
        (name) => (card(name).outputs["ipConfigurations"] as Props[])[0]?.["privateIPAddress"],
    );
    expect(given).toEqual(["10.20.32.4", "10.20.32.5", "10.20.32.6"]);
    expect(refusal(() => card("d"))).toMatch(/^SubnetIsFull: /);
});

it("lets one writer at a time into an identity and into a server", () => {
    const there = unlocked();
    const turn = (short: string) => {
        const object = there.first(typed(short));
        return azureStandIn.exclusive?.(there.request(object.type, "a", object.inputs));
    };
    expect(turn("managedidentity:FederatedIdentityCredential")).toBe("identity front");
    for (const kind of ["Configuration", "Database", "FirewallRule"])
        expect(turn(`dbforpostgresql:${kind}`)).toBe("server geolab-0a1b2c");
    expect(turn("network:VirtualNetwork")).toBeUndefined();
});

describe("what comes out", () => {
    const whole = subscriptionBefore();
    const outputs = (short: string): Props => whole.first(typed(short)).outputs;

    it("is never a password or the value of a secret", () => {
        const all = whole.cloud.all().map((each) => JSON.stringify(each.outputs));
        expect(all.filter((text) => /s3cret|Long-enough-1/.test(text))).toEqual([]);
    });

    it("is who a resource is, for each identity that it was given", () => {
        const { identity } = outputs("compute:DiskEncryptionSet");
        expect(identity).toMatchObject({
            type: "SystemAssigned",
            principalId: expect.any(String) as string,
        });
        const front = whole.first(typed("managedidentity:UserAssignedIdentity"));
        const { clientId, principalId } = front.outputs;
        expect(outputs("containerservice:ManagedCluster")["identity"]).toMatchObject({
            userAssignedIdentities: { [front.id]: { clientId, principalId } },
        });
    });

    it("is an id for each part of a resource", () => {
        const gateway = whole.first(typed("network:ApplicationGateway"));
        expect(gateway.outputs["frontendPorts"]).toEqual([
            { name: "http", port: 80, id: `${gateway.id}/frontendPorts/http` },
        ]);
    });

    it("is an address of the subnet, another for each", () => {
        const [card] = outputs("network:NetworkInterface")["ipConfigurations"] as Props[];
        expect(card?.["privateIPAddress"]).toBe("10.20.0.5");
        expect(outputs("network:PrivateEndpoint")["customDnsConfigs"]).toMatchObject([
            { ipAddresses: ["10.20.0.4"] },
        ]);
    });

    it("is where a cluster's tokens come from", () => {
        expect(outputs("containerservice:ManagedCluster")["oidcIssuerProfile"]).toMatchObject({
            issuerURL: expect.stringMatching(
                /^https:\/\/canadacentral\.oic\.prod-aks\.azure\.com\/[0-9a-f-]{36}\/[0-9a-f-]{36}\/$/,
            ) as string,
        });
    });

    it("is another version of a secret only where its value is another", () => {
        const there = subscriptionBefore();
        const secret = there.first(typed("keyvault:Secret"));
        const uri = (props: Props) => (props["properties"] as Props)["secretUriWithVersion"];
        const same = there.update(secret, withAt(secret.inputs, "tags", { a: "b" }));
        expect(uri(same.outputs)).toBe(uri(secret.outputs));
        const other = there.update(same, withAt(same.inputs, "properties.value", "0ther"));
        expect(uri(other.outputs)).not.toBe(uri(secret.outputs));
    });
});
