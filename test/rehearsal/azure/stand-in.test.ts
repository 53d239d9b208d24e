import { azureStandIn } from "../../../rehearsal/azure/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { group, groupId, refusal, region, TestSubscription } from "./account";

const groupType = "azure-native:resources:ResourceGroup";
const networkType = "azure-native:network:VirtualNetwork";
const subnetType = "azure-native:network:Subnet";
const accountType = "azure-native:storage:StorageAccount";

const network = {
    resourceGroupName: group,
    virtualNetworkName: "geolab",
    addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
};
const subnet = {
    resourceGroupName: group,
    virtualNetworkName: "geolab",
    subnetName: "nodes",
    addressPrefix: "10.20.0.0/20",
};
const account = {
    resourceGroupName: group,
    accountName: "geolabhomes0a1b2c",
    kind: "StorageV2",
    sku: { name: "Standard_ZRS" },
};

describe("a type that is not rehearsed", () => {
    const type = "azure-native:quantum:Workspace";
    const says = `the rehearsal does not know ${type}; add it to a file of rehearsal/azure/types/`;

    it("is refused by check", () => {
        expect(new TestSubscription().problems(type, {})).toEqual([says]);
    });

    it("is refused by everything else", () => {
        const there = new TestSubscription();
        const old = { type, id: "f", urn: "urn", inputs: {}, outputs: {} };
        const asked = there.request(type, "f", {});
        const acts = [
            () => azureStandIn.create({ ...asked, preview: false }),
            () => azureStandIn.update({ ...asked, old, preview: false }),
            () => azureStandIn.diff({ ...asked, old }),
            () => {
                azureStandIn.delete({ ...asked, old });
            },
        ];
        expect(acts.map(refusal)).toEqual(Array(4).fill(`NotRehearsed: ${says}`));
    });
});

it("gives ids as the resource manager does", () => {
    const there = TestSubscription.withGroup();
    expect(there.first(groupType).id).toBe(groupId);
    const { id, outputs } = there.create(networkType, network);
    expect(id).toBe(`${groupId}/providers/Microsoft.Network/virtualNetworks/geolab`);
    expect(outputs["name"]).toBe("geolab");
    expect(outputs["type"]).toBe("Microsoft.Network/virtualNetworks");
    expect(outputs["azureApiVersion"]).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(outputs["provisioningState"]).toBe("Succeeded");
    expect("resourceGroupName" in outputs).toBe(false);
    const inner = there.create(subnetType, subnet);
    expect(inner.id).toBe(`${id}/subnets/nodes`);
    expect(inner.outputs["type"]).toBe("Microsoft.Network/virtualNetworks/subnets");
});

describe("names that the provider makes up", () => {
    it.each([
        [networkType, "virtualNetworkName", /^scratch[0-9a-f]{8}$/],
        [groupType, "resourceGroupName", /^scratch[0-9a-f]{8}$/],
        [subnetType, "subnetName", /^scratch$/],
        ["azure-native:authorization:RoleAssignment", "roleAssignmentName", /^[0-9a-f-]{36}$/],
    ])("%s: %s", (type, property, pattern) => {
        const inputs: Record<string, Props> = {
            [networkType]: { ...network, virtualNetworkName: null },
            [groupType]: { location: region },
            [subnetType]: { ...subnet, subnetName: null },
        };
        const given = inputs[type] ?? {
            scope: groupId,
            principalId: "p",
            roleDefinitionId: `${groupId}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
        };
        const there = TestSubscription.withGroup();
        const first = there.checked(type, "scratch", given);
        expect(first[property]).toMatch(pattern);
        expect(there.checked(type, "scratch", given, first)).toEqual(first);
    });

    it("let a new one stand beside the old one, which a given name does not", () => {
        const there = TestSubscription.withGroup();
        const { virtualNetworkName: _, ...unnamed } = network;
        const other = { location: "eastus2" };
        const made = there.create(networkType, unnamed, "b");
        const given = there.create(networkType, network, "c");
        expect(there.diff(made, { ...unnamed, ...other })).toMatchObject({
            replaces: ["location"],
            deleteBeforeReplace: false,
        });
        expect(there.diff(given, { ...network, ...other }).deleteBeforeReplace).toBe(true);
    });
});

describe("the location that is not given", () => {
    it("is that of the provider's settings", () => {
        expect(TestSubscription.withGroup().checked(networkType, "n", network)["location"]).toBe(
            region,
        );
    });

    it("is else that of the group, and not known while the group is not", () => {
        const there = new TestSubscription({});
        there.create(groupType, { resourceGroupName: group, location: "westeurope" });
        expect(there.checked(networkType, "n", network)["location"]).toBe("westeurope");
        const open = there.checked(networkType, "n", { ...network, resourceGroupName: Unknown });
        expect(open["location"]).toBe(Unknown);
    });

    it("stays what it was", () => {
        const there = TestSubscription.withGroup();
        const old = { ...network, location: "eastus2" };
        expect(there.checked(networkType, "n", network, old)["location"]).toBe("eastus2");
    });
});

it("takes two spellings of a region for one", () => {
    const there = TestSubscription.withGroup();
    const made = there.create(networkType, { ...network, location: "Canada Central" });
    expect(there.diff(made, { ...network, location: region }).replaces).toEqual([]);
});

it.each<[string, Props, Props, string[]]>([
    [networkType, network, { virtualNetworkName: "other" }, ["virtualNetworkName"]],
    [networkType, network, { location: "eastus2" }, ["location"]],
    [networkType, network, { tags: { a: "b" } }, []],
    [accountType, account, { isHnsEnabled: true }, ["isHnsEnabled"]],
    [accountType, account, { sku: { name: "Standard_LRS" } }, []],
])("%s %j with %j replaces by %j", (type, inputs, change, replaces) => {
    const there = TestSubscription.withGroup();
    const made = there.create(type, inputs);
    expect(there.diff(made, { ...inputs, ...change }).replaces).toEqual(replaces);
});

it("refuses a change that Azure does not make in place", () => {
    const there = TestSubscription.withGroup();
    const made = there.create(accountType, account);
    expect(
        refusal(() => there.update(made, { ...account, enableNfsV3: true, isHnsEnabled: true })),
    ).toBe(
        `PropertyChangeNotAllowed: isHnsEnabled, enableNfsV3: a storage StorageAccount cannot change this in place; replace ${made.id}`,
    );
});

it("tells no more in a preview than is certain", () => {
    const there = TestSubscription.withGroup();
    const outputs = there.preview(accountType, account);
    expect(outputs["kind"]).toBe("StorageV2");
    expect(outputs["name"]).toBe(Unknown);
    expect(outputs["primaryEndpoints"]).toBe(Unknown);
});

it("keeps what it made up through an update", () => {
    const there = TestSubscription.withGroup();
    const made = there.create(accountType, account);
    const after = there.update(made, { ...account, tags: { a: "b" } });
    expect(after.outputs).toEqual({ ...made.outputs, tags: { a: "b" } });
    expect(there.diff(after, after.inputs)).toEqual({
        changed: [],
        within: [],
        replaces: [],
        deleteBeforeReplace: false,
    });
});

it("says where inside of an argument a change is, by names that are plain, as the provider does", () => {
    const there = TestSubscription.withGroup();
    const made = there.create(accountType, {
        ...account,
        networkRuleSet: { defaultAction: "Deny", bypass: "None" },
        tags: { one: "1", "a.b": "2" },
    });
    const changed = {
        ...made.inputs,
        networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
        tags: { one: "1", "a.b": "3" },
    };
    expect(there.diff(made, changed)).toMatchObject({
        changed: ["networkRuleSet", "tags"],
        within: ["networkRuleSet.bypass", "tags"],
    });
});
