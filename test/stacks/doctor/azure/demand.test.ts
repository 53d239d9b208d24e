import { isHubs } from "../../../../components/model/spec";
import type { OnlyAzure } from "../../../../components/model/spec";
import { globalNamesOf } from "../../../../stacks/commands/doctor/azure/global-names";
import { groupsOf } from "../../../../stacks/commands/doctor/azure/resource-groups";
import { namespacesOf } from "../../../../stacks/commands/doctor/azure/resource-providers";
import * as hubs from "../../../components/platforms/azure/utoronto";
import * as machines from "../../../components/platforms/azure/machines/cluster";
import type { Recorded } from "../../../support/record-resources";

/** Milliseconds: a whole cluster is built. */
jest.setTimeout(60_000);

/** Which input of a type is its global name. */
const nameKeys: Readonly<Record<string, string>> = {
    "azure-native:storage:StorageAccount": "accountName",
    "azure-native:keyvault:Vault": "vaultName",
    "azure-native:containerregistry:Registry": "registryName",
    "azure-native:dbforpostgresql:Server": "serverName",
    "azure-native:redisenterprise:RedisEnterprise": "clusterName",
};

/** Modules of the SDK that are called otherwise than their resource provider. */
const modules: Readonly<Record<string, string>> = {
    monitor: "insights",
    dns: "network",
    privatedns: "network",
    redisenterprise: "cache",
};

/** What AKS makes the machines of, which no program registers. */
const notOurs = "microsoft.compute";

async function made(spec: OnlyAzure): Promise<readonly Recorded[]> {
    const { resources } = isHubs(spec) ? await hubs.build(spec) : await machines.build(spec);
    return resources.filter(({ type }) => type.startsWith("azure-native:"));
}

const everything = hubs.utoronto((config) => {
    config.azure["dns"] = { create: "utoronto.ca" };
    const [hub] = config.jupyterhub.hubs;
    Object.assign(hub ?? {}, {
        scratch: { bucket: "scratch", deleteAfterDays: 7 },
        datasets: [{ bucket: "images" }],
    });
});

describe.each([
    ["hubs", everything],
    ["one hub at the least", hubs.utoronto(undefined, ["staging"])],
    ["a hub that builds", hubs.utoronto(hubs.building, ["staging"])],
    ["machines", machines.commcare()],
])("what the doctor asks about for %s", (_of, spec) => {
    let resources: readonly Recorded[] = [];
    beforeAll(async () => {
        resources = await made(spec);
    });

    it("is every global name that the program takes, and no other", () => {
        const taken = resources.flatMap(({ type, inputs }) => {
            const key = nameKeys[type];
            return key === undefined ? [] : [String(inputs[key])];
        });
        expect(
            globalNamesOf(spec)
                .map(({ name }) => name)
                .sort(),
        ).toEqual([...new Set(taken)].sort());
    });

    it("is every resource group that the program makes, and no other", () => {
        const names = resources
            .filter(({ type }) => type === "azure-native:resources:ResourceGroup")
            .map(({ inputs }) => String(inputs["resourceGroupName"]));
        expect(groupsOf(spec).sort()).toEqual(names.sort());
    });

    it("is every resource provider that the program needs, and no other", () => {
        const needed = new Set(
            resources.map(({ type }) => {
                const module = type.split(":")[1] ?? "";
                return `microsoft.${modules[module] ?? module}`;
            }),
        );
        const asked = namespacesOf(spec).map((each) => each.toLowerCase());
        expect([...needed].filter((each) => !asked.includes(each))).toEqual([]);
        const idle = asked.filter((each) => !needed.has(each) && each !== notOurs);
        expect(idle).toEqual([]);
    });
});
