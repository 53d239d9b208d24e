import { ownerOf } from "../../../../components/model/matrix";
import { ownerTags } from "../../../../components/model/tags";
import { globalName } from "../../../../components/platforms/azure/names";
import { pushActions } from "../../../../components/platforms/azure/image-builds";
import type { BuiltOnAzure, Section } from "./utoronto";
import { build, building, opened, utoronto } from "./utoronto";

jest.setTimeout(120_000);

const spec = utoronto(building);
const owner = ownerOf(spec.matrix, "user-image", "binder");
if (owner === undefined) throw new Error("lost the owner");
const tags = { ...spec.tags, ...ownerTags(owner) };
const { subscriptionId } = spec.platform.azure;
const name = "user-image-binder-builds";
const registryName = globalName("registry", {
    subscriptionId,
    clusterName: "utoronto",
    what: "binder-builds",
});

let built: BuiltOnAzure;
beforeAll(async () => {
    built = await build(spec);
});

const native = (type: string) => `azure-native:${type}`;
const inputsOf = (type: string, called: string) =>
    opened(built.find(native(type), called).inputs) as Section;
const registryId = `/subscriptions/${subscriptionId}/resourceGroups/utoronto-community-guide/providers/Microsoft.ContainerRegistry/registries/${registryName}`;

describe("the registry of what a hub builds", () => {
    it("is one of its own, with its owner, that nobody enters without an identity", () => {
        expect(inputsOf("containerregistry:Registry", `${name}-registry`)).toMatchObject({
            resourceGroupName: "utoronto-community-guide",
            location: "canadacentral",
            registryName,
            sku: { name: "Standard" },
            adminUserEnabled: false,
            anonymousPullEnabled: false,
            tags,
        });
    });

    it("forgets each night what is older than its days, locked or not, below its prefix", () => {
        const { step, ...task } = inputsOf("containerregistry:Task", `${name}-forgets`);
        const { encodedTaskContent } = step as { encodedTaskContent: string };

        expect(task).toMatchObject({
            registryName,
            tags,
            trigger: { timerTriggers: [{ schedule: "0 4 * * *", status: "Enabled" }] },
        });
        expect(Buffer.from(encodedTaskContent, "base64").toString()).toContain(
            "cmd: mcr.microsoft.com/acr/acr-cli:0.17 purge --registry $RegistryName --filter 'binder/builds/.*:.*' --ago 30d --untagged --include-locked\n",
        );
    });
});

describe("who pushes what a hub builds", () => {
    it("is BinderHub's account in the hub's namespace, by an identity of its own", () => {
        expect(
            inputsOf("managedidentity:FederatedIdentityCredential", `${name}-credential`),
        ).toMatchObject({
            subject: "system:serviceaccount:binder:binder",
            audiences: ["api://AzureADTokenExchange"],
        });
        const { resourceName } = inputsOf(
            "managedidentity:UserAssignedIdentity",
            `${name}-identity`,
        );
        expect(resourceName).toBe("utoronto-binder-builds");
    });

    it("may push and lock in that registry alone, and delete nothing", () => {
        const role = inputsOf("authorization:RoleDefinition", `${name}-push-role`);
        const { scope, roleDefinitionId } = inputsOf(
            "authorization:RoleAssignment",
            `${name}-pushes`,
        );

        expect(role).toMatchObject({
            roleName: `Push to ${registryName}`,
            roleType: "CustomRole",
            permissions: [{ actions: pushActions }],
            assignableScopes: [role["scope"]],
        });
        expect(pushActions.filter((action) => /delete|\*/i.test(action))).toEqual([]);
        expect(scope).toBe(registryId);
        expect(roleDefinitionId).toMatch(
            /\/roleDefinitions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
    });

    it("hands on where images go, and how BinderHub asks", () => {
        const builds = built.foundation.hubs["binder"]?.builds;

        expect(builds).toMatchObject({
            imagePrefix: `${registryName}.azurecr.io/binder/builds/`,
            settings: { url: `https://${registryName}.azurecr.io` },
            identity: {
                accountAnnotations: {
                    "azure.workload.identity/client-id": expect.anything() as unknown,
                },
                podLabels: { "azure.workload.identity/use": "true" },
            },
        });
        expect(builds?.client).toContain("class Registry(DockerRegistry)");
    });
});

it("lets machines pull it, by the role for that", () => {
    const { scope, roleDefinitionId } = inputsOf("authorization:RoleAssignment", `${name}-nodes`);

    expect(scope).toBe(registryId);
    expect(roleDefinitionId).toMatch(/7f951dda-4ed3-4680-a7ca-43fe172d538d$/); // AcrPull
});

it("builds on machines where nothing else runs, which give a user namespace to whoever is not root", () => {
    expect(inputsOf("containerservice:AgentPool", "node-pools-binder-build-d4s-v5")).toMatchObject({
        vmSize: "Standard_D4s_v5",
        osSKU: "AzureLinux",
        minCount: 0,
        maxCount: 5,
        availabilityZones: ["1"],
        nodeTaints: ["steward/dedicated=build:NoSchedule"],
        nodeLabels: { "steward/hub": "binder", "steward/dedicated": "build" },
        tags: { hub: "binder", "node-purpose": "build" },
    });
    expect(inputsOf("containerservice:AgentPool", "node-pools-binder-user-e8s-v5")["osSKU"]).toBe(
        "Ubuntu",
    );
});

it("makes nothing for a hub that builds nothing", () => {
    expect(built.foundation.hubs["prod"]?.builds).toBeUndefined();
    expect(built.resources.filter((each) => each.name.includes("prod-builds"))).toEqual([]);
});
