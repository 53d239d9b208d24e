import { azureDatabaseOffersCheck } from "../../../../stacks/commands/doctor/azure/database-offers";
import { azureKubernetesVersionCheck } from "../../../../stacks/commands/doctor/azure/kubernetes-versions";
import { namesCheck } from "../../../../stacks/commands/doctor/azure/names";
import { publicAddressesCheck } from "../../../../stacks/commands/doctor/azure/public-addresses";
import { azureRegionCheck, azureZonesCheck } from "../../../../stacks/commands/doctor/azure/region";
import { azureVcpusCheck } from "../../../../stacks/commands/doctor/azure/vcpus";
import { vmSizesCheck } from "../../../../stacks/commands/doctor/azure/vm-sizes";
import { globalNamesOf } from "../../../../stacks/commands/doctor/azure/global-names";
import { answered } from "../../../support/arm-front";
import { commcare } from "../../../components/platforms/azure/machines/cluster";
import { utoronto } from "../../../components/platforms/azure/utoronto";
import { ours, Subscription, theirs } from "./subscription";

const subscription = new Subscription();
const rows = subscription.rows.bind(subscription);
const region = "canadacentral";

// https://learn.microsoft.com/rest/api/resources/subscriptions/list-locations
describe("the region", () => {
    const locations = (...zones: string[]) => {
        subscription.says({
            "GET /locations": {
                value: [
                    {
                        name: region,
                        metadata: { regionType: "Physical" },
                        availabilityZoneMappings: zones.map((logicalZone) => ({
                            logicalZone,
                            physicalZone: `${region}-az${logicalZone}`,
                        })),
                    },
                ],
            },
        });
    };

    it("is one of the subscription's", async () => {
        locations();
        expect((await rows(azureRegionCheck, subscription.target()))[0]?.[1]).toBe("ok");
        subscription.says({ "GET /locations": { value: [{ name: "eastus" }] } });
        expect(await rows(azureRegionCheck, subscription.target())).toEqual([
            ["region", "lacking", `the subscription has no region ${region}`],
        ]);
    });

    it("has the zones that are asked for", async () => {
        locations("1", "2");
        expect(await azureZonesCheck.run(subscription.target())).toEqual([
            { id: "zones.1", status: "ok", message: `zone 1 is ${region}-az1 of Azure's` },
            { id: "zones.2", status: "ok", message: `zone 2 is ${region}-az2 of Azure's` },
            {
                id: "zones.3",
                status: "lacking",
                message: `${region} has no zone 3`,
                fix: "take steward:azure.network.zones out of: 1, 2",
            },
        ]);
    });
});

const skus = "GET /providers/Microsoft.Compute/skus";
const [core, user] = ["Standard_E4s_v3", "Standard_E8s_v5"];

interface Over {
    readonly zones?: readonly string[];
    readonly restrictions?: readonly object[];
    readonly sealed?: string;
}

// https://learn.microsoft.com/rest/api/compute/resource-skus/list
const sku = (name: string, family: string, vcpus: string, over: Over = {}) => ({
    resourceType: "virtualMachines",
    name,
    family,
    locationInfo: [{ location: region, zones: over.zones ?? ["1", "2", "3"] }],
    capabilities: [
        { name: "vCPUs", value: vcpus },
        { name: "EncryptionAtHostSupported", value: over.sealed ?? "True" },
    ],
    restrictions: over.restrictions ?? [],
});
const cores = sku(core, "standardESv3Family", "4");

describe("sizes of machines", () => {
    const judged = async (over: Over) => {
        const users = sku(user, "standardESv5Family", "8", over);
        subscription.says({ [skus]: { value: [cores, users] } });
        return (await rows(vmSizesCheck, subscription.target()))[1];
    };

    it("are asked for once, in the region of the stack", async () => {
        const asked: unknown[] = [];
        subscription.front.answer = ({ path, query }) => {
            if (!path.endsWith("/skus")) return answered({ value: [] });
            asked.push(query.get("$filter"));
            return answered({ value: [cores] });
        };
        const target = subscription.target();
        await Promise.all([vmSizesCheck.run(target), azureVcpusCheck.run(target)]);
        expect(asked).toEqual([`location eq '${region}'`]);
    });

    it("are offered in every zone where they have to stand", async () => {
        expect(await judged({})).toEqual([
            `vm-sizes.${user}`,
            "ok",
            `${user} is offered in zone 1, 2, 3`,
        ]);
        expect((await judged({ zones: ["1", "2"] }))?.[2]).toBe(
            `${user} is not to be had in zone 3`,
        );
    });

    it.each([
        [
            "in a zone",
            { type: "Zone", restrictionInfo: { zones: ["2"] } },
            `${user} is not to be had in zone 2`,
        ],
        [
            "in the region",
            { type: "Location", reasonCode: "NotAvailableForSubscription" },
            `${user} is closed to the subscription in ${region} (NotAvailableForSubscription)`,
        ],
    ])("are closed to the subscription %s", async (_where, restriction, message) => {
        expect((await judged({ restrictions: [restriction] }))?.slice(1)).toEqual([
            "lacking",
            message,
        ]);
    });

    it("seal their hosts where the stack asks for it", async () => {
        expect((await judged({ sealed: "False" }))?.slice(1)).toEqual([
            "lacking",
            `${user} does not encrypt at its host`,
        ]);
    });

    it("are unknown where the region has none", async () => {
        subscription.says({ [skus]: { value: [cores] } });
        expect((await rows(vmSizesCheck, subscription.target()))[1]?.[1]).toBe("lacking");
    });
});

// https://learn.microsoft.com/rest/api/compute/usage/list
describe("vCPUs", () => {
    const usages = `GET /providers/Microsoft.Compute/locations/${region}/usages`;
    const usage = (value: string, limit: number, currentValue = 0) => ({
        name: { value, localizedValue: `${value} vCPUs` },
        limit,
        currentValue,
        unit: "Count",
    });
    const scaleSets = "GET /providers/Microsoft.Compute/virtualMachineScaleSets";
    const says = (limits: object[], sets: object[] = []) => {
        subscription.says({
            [skus]: { value: [cores, sku(user, "standardESv5Family", "8")] },
            [usages]: { value: limits },
            "GET /providers/Microsoft.Compute/virtualMachines": { value: [] },
            [scaleSets]: { value: sets },
        });
    };

    it("suffice for the core and the first of each kind; for all at their most there is a warning", async () => {
        says([
            usage("standardESv3Family", 40),
            usage("standardEsv5Family", 100),
            usage("cores", 300),
        ]);
        expect(await rows(azureVcpusCheck, subscription.target())).toEqual([
            [
                "vcpus.standardESv3Family",
                "ok",
                "standardESv3Family vCPUs: needs 40, free are 40 of 40",
            ],
            ["vcpus.cores", "ok", "cores vCPUs: needs 48, free are 300 of 300"],
            [
                "vcpus.standardESv5Family",
                "ok",
                "standardEsv5Family vCPUs: needs 8, free are 100 of 100",
            ],
            [
                "vcpus.standardESv5Family.full",
                "warning",
                "standardEsv5Family vCPUs: with everything at its max 160, free are 100",
            ],
        ]);
    });

    it("lack beside what others have, with the line that asks for more", async () => {
        says([
            usage("standardESv3Family", 44, 10),
            usage("standardESv5Family", 500),
            usage("cores", 500),
        ]);
        const [first] = await azureVcpusCheck.run(subscription.target());
        const { subscriptionId } = utoronto().platform.azure;
        expect(first).toEqual({
            id: "vcpus.standardESv3Family",
            status: "lacking",
            message: "standardESv3Family vCPUs: needs 40, free are 34 of 44",
            fix:
                "ask for more: az quota update --resource-name standardESv3Family " +
                `--scope /subscriptions/${subscriptionId}/providers/Microsoft.Compute/locations/${region} --limit-object value=50`,
        });
    });

    it("do not count what runs for this stack already", async () => {
        const limits = [
            usage("standardESv3Family", 40, 8),
            usage("standardESv5Family", 500),
            usage("cores", 500),
        ];
        const set = (tags: object) => ({
            tags,
            location: region,
            sku: { name: core, capacity: 2 },
        });
        says(limits, [set(ours)]);
        expect((await rows(azureVcpusCheck, subscription.target()))[0]?.[1]).toBe("ok");
        says(limits, [set(theirs)]);
        expect((await rows(azureVcpusCheck, subscription.target()))[0]?.[1]).toBe("lacking");
    });

    it("of a quota that Azure does not name are a warning", async () => {
        says([usage("standardESv5Family", 500), usage("cores", 500)]);
        expect((await rows(azureVcpusCheck, subscription.target()))[0]).toEqual([
            "vcpus.standardESv3Family",
            "warning",
            "Azure names no quota standardESv3Family of the region",
        ]);
    });
});

// https://learn.microsoft.com/rest/api/virtualnetwork/usages/list
describe("public addresses", () => {
    const says = (limit: number, currentValue: number, value: object[] = []) => {
        subscription.says({
            [`GET /providers/Microsoft.Network/locations/${region}/usages`]: {
                value: [{ name: { value: "PublicIPAddresses" }, limit, currentValue }],
            },
            "GET /providers/Microsoft.Network/publicIPAddresses": { value },
        });
    };

    it("suffice for the way in and the way out, without those that the stack has", async () => {
        says(3, 1);
        expect(await rows(publicAddressesCheck, subscription.target())).toEqual([
            [
                "public-addresses.PublicIPAddresses",
                "ok",
                "PublicIPAddresses: needs 2, free are 2 of 3",
            ],
        ]);
        says(3, 2);
        expect((await rows(publicAddressesCheck, subscription.target()))[0]?.[1]).toBe("lacking");
        says(3, 2, [{ location: region, tags: ours }]);
        expect((await rows(publicAddressesCheck, subscription.target()))[0]?.[1]).toBe("ok");
    });
});

// https://learn.microsoft.com/rest/api/aks/managed-clusters/list-kubernetes-versions
describe("the version of Kubernetes", () => {
    const version = (name: string, plans: string[], isPreview: boolean | null = null) => ({
        version: name,
        isPreview,
        capabilities: { supportPlan: plans },
    });
    const official = ["KubernetesOfficial", "AKSLongTermSupport"];
    const says = (...values: object[]) => {
        subscription.says({
            [`GET /providers/Microsoft.ContainerService/locations/${region}/kubernetesVersions`]: {
                values,
            },
        });
    };
    const [oldest, next] = [version("1.34", official), version("1.36", official)];

    it.each([
        ["one of those supported", [oldest, version("1.35", official), next], "ok"],
        ["the oldest of them", [version("1.35", official), next], "warning"],
        ["a preview", [oldest, version("1.35", official, true)], "warning"],
        ["in long-term support alone", [version("1.35", ["AKSLongTermSupport"]), next], "lacking"],
        ["unknown to the region", [oldest, next], "lacking"],
    ])("is %s", async (_what, values, status) => {
        says(...values);
        expect((await rows(azureKubernetesVersionCheck, subscription.target()))[0]?.[1]).toBe(
            status,
        );
    });
});

// https://learn.microsoft.com/rest/api/postgresql/location-based-capabilities/execute
describe("flexible servers", () => {
    const spec = commcare();
    const says = (over: object, skuOver: object = {}) => {
        subscription.says(
            {
                [`GET /providers/Microsoft.DBforPostgreSQL/locations/${spec.region}/capabilities`]:
                    {
                        value: [
                            {
                                supportedServerVersions: [{ name: "14" }, { name: "16" }],
                                supportedServerEditions: [
                                    {
                                        name: "GeneralPurpose",
                                        supportedServerSkus: sizes.map((name) => ({
                                            name: name.toLowerCase(),
                                            supportedHaMode: ["ZoneRedundant", "SameZone"],
                                            ...skuOver,
                                        })),
                                    },
                                ],
                                restricted: "Disabled",
                                ...over,
                            },
                        ],
                    },
            },
            spec,
        );
    };
    const sizes = [2, 4, 8, 16, 32].flatMap((count) =>
        ["D", "E"].map((letter) => `Standard_${letter}${String(count)}ds_v5`),
    );
    const statuses = async () =>
        new Set(
            (await rows(azureDatabaseOffersCheck, subscription.target(spec))).map(([, s]) => s),
        );

    it("are offered of the version and the size, with a standby", async () => {
        says({});
        expect(await statuses()).toEqual(new Set(["ok"]));
    });

    it.each([
        ["of the version", { supportedServerVersions: [{ name: "11" }] }, {}],
        ["of the size", { supportedServerEditions: [] }, {}],
        ["with a standby", {}, { supportedHaMode: ["SameZone"] }],
        ["at all", { restricted: "Enabled" }, {}],
    ])("are not offered %s", async (_what, over, skuOver) => {
        says(over, skuOver);
        expect(await statuses()).toEqual(new Set(["lacking"]));
    });
});

describe("global names", () => {
    const spec = utoronto();
    const vault = globalNamesOf(spec).find(({ kind }) => kind === "keyVault")?.name ?? "";
    const free = (nameAvailable: boolean) => (namespace: string) => ({
        [`POST /providers/${namespace}/checkNameAvailability`]: {
            nameAvailable,
            ...(nameAvailable ? {} : { reason: "AlreadyExists" }),
        },
    });
    const namespaces = [
        "Microsoft.Storage",
        "Microsoft.KeyVault",
        "Microsoft.ContainerRegistry",
        "Microsoft.DBforPostgreSQL",
    ];
    const all = (nameAvailable: boolean) =>
        Object.assign({}, ...namespaces.map(free(nameAvailable))) as Record<string, object>;
    const nothing = { "GET /resources": { value: [] } };

    it("are free", async () => {
        subscription.says({ ...nothing, ...all(true) });
        const found = await rows(namesCheck, subscription.target());
        expect(new Set(found.map(([, status]) => status))).toEqual(new Set(["ok"]));
        expect(found).toHaveLength(globalNamesOf(spec).length);
    });

    it("are somebody else's", async () => {
        subscription.says({ ...nothing, ...all(false) });
        const found = await rows(namesCheck, subscription.target());
        expect(new Set(found.map(([, status]) => status))).toEqual(new Set(["lacking"]));
    });

    it("are this stack's already", async () => {
        subscription.says({ "GET /resources": { value: [{ tags: ours }] } });
        const found = await rows(namesCheck, subscription.target());
        expect(new Set(found.map(([, status]) => status))).toEqual(new Set(["warning"]));
    });

    // https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/get-deleted
    it("are held by a vault that was deleted", async () => {
        const at = `GET /providers/Microsoft.KeyVault/locations/${region}/deletedVaults/${vault}`;
        const properties = {
            scheduledPurgeDate: "2027-01-31T00:00:00Z",
            purgeProtectionEnabled: true,
        };
        subscription.says({ ...nothing, ...all(true), [at]: { properties } });
        const found = await namesCheck.run(subscription.target());
        expect(found.filter(({ status }) => status !== "ok")).toEqual([
            {
                id: `names.${vault}`,
                status: "lacking",
                message: `key vault ${vault} was deleted, and keeps its name until 2027-01-31`,
                fix: `az keyvault recover --name ${vault}, and import it`,
            },
        ]);
    });
});
