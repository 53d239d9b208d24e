import type { Finding } from "../check";
import type { AzureCheck, AzureTarget } from "./azure";

interface Location {
    readonly name?: string;
    readonly metadata?: { readonly regionType?: string };
    readonly availabilityZoneMappings?: readonly {
        readonly logicalZone?: string;
        readonly physicalZone?: string;
    }[];
}

/** @see https://learn.microsoft.com/rest/api/resources/subscriptions/list-locations */
async function locationOf({ spec, caller: { arm } }: AzureTarget): Promise<Location | undefined> {
    const all = await arm.list<Location>(arm.inSubscription("/locations"), "2022-12-01");
    return all.find(({ name, metadata }) => {
        return name === spec.region && metadata?.regionType !== "Logical";
    });
}

/** Whether the subscription has the region at all. */
export const azureRegionCheck: AzureCheck = {
    id: "region",
    title: "Region",
    needs: "account",
    async run(target) {
        const { region } = target.spec;
        const found = await locationOf(target);
        if (found !== undefined) {
            return [{ id: "region", status: "ok", message: `the subscription has ${region}` }];
        }
        const message = `the subscription has no region ${region}`;
        const fix = "correct steward:cluster.region: az account list-locations --query '[].name'";
        return [{ id: "region", status: "lacking", message, fix }];
    },
};

/** Whether the region has the zones: many have none. https://learn.microsoft.com/azure/reliability/availability-zones-region-support */
export const azureZonesCheck: AzureCheck = {
    id: "zones",
    title: "Availability zones",
    needs: "region",
    async run(target) {
        const { region, platform } = target.spec;
        const found = await locationOf(target);
        const has = new Map(
            (found?.availabilityZoneMappings ?? []).map(({ logicalZone = "", physicalZone }) => {
                return [logicalZone, physicalZone ?? "unknown"];
            }),
        );
        return platform.azure.network.zones.map((zone): Finding => {
            const id = `zones.${zone}`;
            const physical = has.get(zone);
            if (physical !== undefined) {
                return { id, status: "ok", message: `zone ${zone} is ${physical} of Azure's` };
            }
            const there = [...has.keys()].sort().join(", ");
            const fix =
                there === ""
                    ? "take another region: this one has no zones"
                    : `take steward:azure.network.zones out of: ${there}`;
            const message = `${region} has no zone ${zone}`;
            return { id, status: "lacking", message, fix };
        });
    },
};
