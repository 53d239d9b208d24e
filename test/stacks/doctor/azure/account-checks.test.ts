import { azure } from "../../../../stacks/commands/doctor/azure/azure";
import { defenderCheck } from "../../../../stacks/commands/doctor/azure/defender";
import { dnsZoneCheck } from "../../../../stacks/commands/doctor/azure/dns-zone";
import { certificateCheck } from "../../../../stacks/commands/doctor/azure/certificate";
import { resourceGroupsCheck } from "../../../../stacks/commands/doctor/azure/resource-groups";
import {
    featuresCheck,
    namespacesOf,
    resourceProvidersCheck,
} from "../../../../stacks/commands/doctor/azure/resource-providers";
import {
    allows,
    azureDeployerCheck,
    rightsCheck,
} from "../../../../stacks/commands/doctor/azure/rights";
import { ArmError } from "../../../../stacks/commands/azure/arm";
import { commcare } from "../../../components/platforms/azure/machines/cluster";
import { building, utoronto } from "../../../components/platforms/azure/utoronto";
import { caller, ours, Subscription, theirs } from "./subscription";

const subscription = new Subscription();
const rows = subscription.rows.bind(subscription);
const inAzure = (over: Record<string, unknown>) =>
    utoronto((config) => Object.assign(config.azure, over));

// https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription
describe("the deployer's rights", () => {
    const definitions = "/providers/Microsoft.Authorization/roleDefinitions";
    const list = "GET /providers/Microsoft.Authorization/roleAssignments";
    const own = `/subscriptions/${utoronto().platform.azure.subscriptionId}`;
    const role = (name: string, permission: object) => ({
        properties: { roleName: name, permissions: [permission] },
    });
    const contributor = role("Contributor", {
        actions: ["*"],
        notActions: ["Microsoft.Authorization/*/Write"],
    });
    const roles = {
        [`GET ${definitions}/contributor`]: contributor,
        [`GET ${definitions}/owner`]: role("Owner", { actions: ["*"], notActions: [] }),
    };
    const assigned = (name: string, scope = own, more: object = {}) => ({
        properties: { scope, roleDefinitionId: `${definitions}/${name}`, ...more },
    });

    it("are enough for an owner of the subscription, or of what is above it", async () => {
        for (const scope of [own, "/", "/providers/Microsoft.Management/managementGroups/all"]) {
            subscription.says({ ...roles, [list]: { value: [assigned("owner", scope)] } });
            expect(await rows(rightsCheck, subscription.target())).toEqual([
                ["rights", "ok", "the caller has Owner on the subscription"],
            ]);
        }
    });

    it("are too few for a contributor alone, and for an owner of one group", async () => {
        const inGroup = assigned("owner", `${own}/resourceGroups/one`);
        subscription.says({ ...roles, [list]: { value: [assigned("contributor"), inGroup] } });
        expect(await rows(rightsCheck, subscription.target())).toEqual([
            [
                "rights",
                "lacking",
                "the caller has Contributor on the subscription, which allows no Microsoft.Authorization/policySetDefinitions/write, " +
                    "no Microsoft.Authorization/policyAssignments/write, no Microsoft.Authorization/roleAssignments/write",
            ],
        ]);
    });

    it("are more where a hub builds, whose role is one of its own", async () => {
        const names = ["contributor", "policies", "assigns"];
        const more = {
            [`GET ${definitions}/policies`]: role("Resource Policy Contributor", {
                actions: ["Microsoft.Authorization/policy*"],
            }),
            [`GET ${definitions}/assigns`]: role("Role Based Access Control Administrator", {
                actions: ["Microsoft.Authorization/roleAssignments/write"],
            }),
        };
        const value = names.map((name) => assigned(name));
        subscription.says({ ...roles, ...more, [list]: { value } });
        const builds = utoronto(building);

        expect(
            (await rows(rightsCheck, subscription.target())).map(([, status]) => status),
        ).toEqual(["ok"]);
        const [found] = await rightsCheck.run(subscription.target(builds));
        expect(found?.status).toBe("lacking");
        expect(found?.message).toMatch(/no Microsoft.Authorization\/roleDefinitions\/write$/);
        expect(found?.fix).toMatch(/ and User Access Administrator$/);
        expect(namespacesOf(builds)).toContain("Microsoft.ContainerRegistry");
    });

    it("are more where the subscription is audited, whose definition is one of its own", async () => {
        const acts = ["policySetDefinitions", "policyAssignments", "roleAssignments"];
        const limited = role("Some policies", {
            actions: acts.map((each) => `Microsoft.Authorization/${each}/write`),
        });
        const value = [assigned("contributor"), assigned("limited")];
        subscription.says({ ...roles, [`GET ${definitions}/limited`]: limited, [list]: { value } });

        const [free] = await rightsCheck.run(subscription.target());
        expect(free?.status).toBe("ok");
        const audited = inAzure({ subscriptionPolicy: "audit" });
        const [found] = await rightsCheck.run(subscription.target(audited));
        expect(found?.status).toBe("lacking");
        expect(found?.message).toMatch(/no Microsoft.Authorization\/policyDefinitions\/write$/);
        expect(found?.fix).toMatch(/ and Role Based Access Control Administrator$/);
    });

    it("are warned of where roles may be assigned under a condition alone", async () => {
        const under = assigned("owner", own, { condition: "@Request[…] ForAnyOfAnyValues" });
        subscription.says({ ...roles, [list]: { value: [under] } });
        expect(
            (await rows(rightsCheck, subscription.target())).map(([id, status]) => [id, status]),
        ).toEqual([
            ["rights", "ok"],
            ["rights.condition", "warning"],
        ]);
    });

    it("are matched as Azure does: a star for anything, no case, refusals within one role", () => {
        const action = "Microsoft.Authorization/roleAssignments/write";
        expect(allows([{ actions: ["microsoft.authorization/*"] }], action)).toBe(true);
        expect(allows([{ actions: ["*/read"] }], action)).toBe(false);
        expect(allows(contributor.properties.permissions, action)).toBe(false);
        expect(allows([...contributor.properties.permissions, { actions: [action] }], action)).toBe(
            true,
        );
    });
});

describe("the deployer of the cluster", () => {
    const named = utoronto().access.deployer ?? "";
    it.each([
        ["is the caller, or a group of it", [named], "ok"],
        ["is somebody else", ["another"], "lacking"],
        ["is not told where the token names no groups", undefined, "warning"],
    ] as const)("%s", async (_it, groups, status) => {
        const target = subscription.target(utoronto(), groups);
        const found = await azureDeployerCheck.run({
            ...target,
            caller: { ...target.caller, groups },
        });
        expect(found.map((each) => each.status)).toEqual([status]);
        const self = { ...target, caller: { ...target.caller, objectId: named } };
        expect((await azureDeployerCheck.run(self)).map((each) => each.status)).toEqual(["ok"]);
    });
});

// https://learn.microsoft.com/rest/api/resources/providers/list
describe("resource providers", () => {
    const all = namespacesOf(utoronto());
    const registered = (states: Readonly<Record<string, string>>) => {
        subscription.says({
            "GET /providers": {
                value: all.map((namespace) => ({
                    namespace: namespace.toLowerCase(),
                    registrationState: states[namespace] ?? "Registered",
                })),
            },
        });
    };

    it("are all there, those that need no registration too", async () => {
        registered({ "Microsoft.Authorization": "RegistrationFree" });
        expect((await rows(resourceProvidersCheck, subscription.target()))[0]?.[1]).toBe("ok");
    });

    it("are named with the command that registers them", async () => {
        registered({
            "Microsoft.ContainerService": "NotRegistered",
            "Microsoft.Compute": "Registering",
        });
        const found = await resourceProvidersCheck.run(subscription.target());
        const { subscriptionId } = utoronto().platform.azure;
        expect(found).toEqual([
            {
                id: "resource-providers.Microsoft.Compute",
                status: "warning",
                message: "is being registered",
                fix: "wait a minute",
            },
            {
                id: "resource-providers.Microsoft.ContainerService",
                status: "lacking",
                message: "Microsoft.ContainerService is NotRegistered",
                fix: `az provider register --subscription ${subscriptionId} --namespace Microsoft.ContainerService --wait`,
            },
        ]);
    });
});

// https://learn.microsoft.com/rest/api/resources/features/get
describe("encryption at the host", () => {
    const at =
        "GET /providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost";
    it.each([
        ["Registered", "ok"],
        ["Pending", "lacking"],
        ["NotRegistered", "lacking"],
    ])("is %s: %s", async (state, status) => {
        subscription.says({ [at]: { properties: { state } } });
        expect((await rows(featuresCheck, subscription.target()))[0]?.[1]).toBe(status);
    });

    it("is not asked about where the stack file goes without", async () => {
        const spec = utoronto((config) => {
            Object.assign(config.azure["nodes"] as object, { encryptionAtHost: false });
        });
        expect((await rows(featuresCheck, subscription.target(spec)))[0]?.[1]).toBe("ok");
        expect(subscription.front.asked).toEqual([]);
    });
});

// https://learn.microsoft.com/rest/api/resources/resource-groups/list
describe("resource groups", () => {
    const groups = (...value: object[]) => {
        subscription.says({ "GET /resourcegroups": { value } });
    };

    it("are free, or of this stack already", async () => {
        groups({ name: "somebody-else" });
        expect((await rows(resourceGroupsCheck, subscription.target()))[0]?.[1]).toBe("ok");
        const managedBy =
            "/subscriptions/s/resourcegroups/g/providers/Microsoft.ContainerService/managedClusters/utoronto";
        groups(
            { name: "utoronto-Site-Reliability-Engineer", tags: ours },
            { name: "utoronto-nodes", managedBy },
        );
        const found = await rows(resourceGroupsCheck, subscription.target());
        expect(found.map(([id, status]) => [id, status])).toEqual([
            ["resource-groups.utoronto-site-reliability-engineer", "warning"],
            ["resource-groups.utoronto-nodes", "warning"],
        ]);
    });

    it("are refused where they are somebody else's", async () => {
        groups({ name: "utoronto-site-reliability-engineer", tags: theirs });
        expect(await rows(resourceGroupsCheck, subscription.target())).toEqual([
            [
                "resource-groups.utoronto-site-reliability-engineer",
                "lacking",
                "the resource group utoronto-site-reliability-engineer stands already, without the tags of this stack",
            ],
        ]);
    });
});

// https://learn.microsoft.com/rest/api/dns/zones/list
describe("the DNS zone", () => {
    const zones = (...value: object[]) => {
        subscription.says({ "GET /providers/Microsoft.Network/dnszones": { value } });
    };
    const zone = { id: "/subscriptions/s/resourceGroups/names/providers/x", name: "utoronto.ca" };
    const used = inAzure({ dns: { zone: "utoronto.ca", resourceGroup: "names" } });
    const made = inAzure({ dns: { create: "utoronto.ca" } });

    it("is there, in its group", async () => {
        zones(zone);
        expect((await rows(dnsZoneCheck, subscription.target(used)))[0]?.[1]).toBe("ok");
        zones({ ...zone, id: "/subscriptions/s/resourceGroups/other/providers/x" });
        expect(await rows(dnsZoneCheck, subscription.target(used))).toEqual([
            ["dns-zone", "lacking", "utoronto.ca is a zone in other, not in names"],
        ]);
        zones();
        expect(await rows(dnsZoneCheck, subscription.target(used))).toEqual([
            ["dns-zone", "lacking", "the subscription has no public zone utoronto.ca"],
        ]);
    });

    it("is free where the stack makes it", async () => {
        zones();
        expect((await rows(dnsZoneCheck, subscription.target(made)))[0]?.[1]).toBe("ok");
        zones({ ...zone, tags: theirs });
        expect((await rows(dnsZoneCheck, subscription.target(made)))[0]?.[1]).toBe("lacking");
    });
});

// https://learn.microsoft.com/rest/api/defenderforcloud/pricings/list
describe("Defender's plans", () => {
    const on = (...names: string[]) => {
        subscription.says({
            "GET /providers/Microsoft.Security/pricings": {
                value: [
                    "Arm",
                    "Containers",
                    "KeyVaults",
                    "OpenSourceRelationalDatabases",
                    "StorageAccounts",
                ].map((name) => ({
                    name,
                    properties: { pricingTier: names.includes(name) ? "Standard" : "Free" },
                })),
            },
        });
    };
    const all = [
        "Arm",
        "Containers",
        "KeyVaults",
        "OpenSourceRelationalDatabases",
        "StorageAccounts",
    ];

    it("are warned of where the stack switches them on for everybody", async () => {
        on(...all.slice(1));
        expect(await rows(defenderCheck, subscription.target())).toEqual([
            [
                "defender",
                "warning",
                "Arm: off, and switched on by the stack for all of the subscription",
            ],
        ]);
        on(...all);
        expect((await rows(defenderCheck, subscription.target()))[0]?.[1]).toBe("ok");
    });

    it("lack where somebody else keeps them and they are off", async () => {
        on(...all.slice(1));
        const adopts = subscription.target(inAzure({ detection: "adopt" }));
        expect((await rows(defenderCheck, adopts))[0]?.[1]).toBe("lacking");
        const skips = subscription.target(inAzure({ detection: "skip" }));
        expect((await rows(defenderCheck, skips))[0]?.[1]).toBe("ok");
    });
});

// https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/get
describe("the site's certificate", () => {
    const spec = commcare();
    const { vaultId = "", subscriptionId } = {
        ...spec.platform.azure.machines.certificate,
        ...spec.platform.azure,
    };
    const at = `GET ${vaultId.replace(`/subscriptions/${subscriptionId}`, "")}`;

    it("is in a vault that stands and takes roles", async () => {
        subscription.says({ [at]: { properties: { enableRbacAuthorization: true } } }, spec);
        expect((await rows(certificateCheck, subscription.target(spec)))[0]?.[1]).toBe("ok");
        subscription.says({ [at]: { properties: {} } }, spec);
        expect((await rows(certificateCheck, subscription.target(spec)))[0]?.[2]).toBe(
            "key vault health-certificates takes access policies and no roles",
        );
        subscription.says({}, spec);
        expect((await rows(certificateCheck, subscription.target(spec)))[0]?.[1]).toBe("lacking");
    });

    it.each([
        [{ publicNetworkAccess: "Disabled" }, "lacking"],
        [{ networkAcls: { bypass: "None", defaultAction: "Deny" } }, "lacking"],
        [{ networkAcls: { bypass: "AzureServices", defaultAction: "Deny" } }, "ok"],
        [{ networkAcls: { bypass: "None", defaultAction: "Allow" } }, "ok"],
    ])("is in a vault that lets the gateway in: of %j it is %s", async (network, status) => {
        const properties = { enableRbacAuthorization: true, ...network };
        subscription.says({ [at]: { properties } }, spec);
        expect((await rows(certificateCheck, subscription.target(spec)))[0]?.[1]).toBe(status);
    });
});

describe("what Azure does not let the caller see", () => {
    it("is a warning that names the right", () => {
        const message = `The client '${caller}' does not have authorization to perform action 'Microsoft.Network/dnszones/read' over scope '/subscriptions/s'`;
        expect(
            azure.unchecked("dns-zone", new ArmError(403, "AuthorizationFailed", message)),
        ).toEqual({
            id: "dns-zone",
            status: "warning",
            message: "not checked, the answer was AuthorizationFailed",
            fix: "allow the caller Microsoft.Network/dnszones/read, or leave it out with --skip dns-zone",
        });
    });
});
