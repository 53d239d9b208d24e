import { flexibleTypeOf } from "../../../../components/model/commcare/azure-types";
import type { OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import type { Finding } from "../check";
import type { AzureCheck } from "./azure";

const id = "database-offers";

/** A flexible server that is due. */
interface Due {
    readonly name: string;
    /** PostgreSQL's major version. */
    readonly version: string;
    readonly vmSize: string;
    /** In a second zone. */
    readonly standby: boolean;
}

interface Named {
    readonly name?: string;
}

interface Capability {
    readonly supportedServerVersions?: readonly Named[] | null;
    readonly supportedServerEditions?:
        | readonly {
              readonly supportedServerSkus?:
                  | readonly (Named & { readonly supportedHaMode?: readonly string[] | null })[]
                  | null;
          }[]
        | null;
    readonly restricted?: string | null;
    readonly reason?: string | null;
}

function serversOf(spec: OnlyAzure): Due[] {
    const { zones } = spec.platform.azure.network;
    if (!isHubs(spec)) {
        return spec.workload.plan.postgresql.map((each) => ({
            name: each.name,
            version: each.version.split(".")[0] ?? each.version,
            vmSize: each.instanceClass ?? flexibleTypeOf(each),
            standby: each.standby && zones.length > 1,
        }));
    }
    return spec.workload.jupyterhub.hubs.flatMap(({ name, database }): Due[] => {
        if (database.kind !== "flexible-server") return [];
        const { version, vmSize, highAvailability } = database;
        return [{ name, version, vmSize, standby: highAvailability && zones.length > 1 }];
    });
}

/**
 * Whether the subscription gets flexible servers in the region at all, of the version, of the size, and with a
 * standby in another zone where one is asked for.
 *
 * @see https://learn.microsoft.com/rest/api/postgresql/location-based-capabilities/execute
 */
export const azureDatabaseOffersCheck: AzureCheck = {
    id,
    title: "Database sizes",
    needs: "region",
    async run({ spec, caller: { arm } }) {
        const due = serversOf(spec);
        if (due.length === 0) {
            return [{ id, status: "ok", message: "the stack has no flexible server" }];
        }
        const path = `/providers/Microsoft.DBforPostgreSQL/locations/${spec.region}/capabilities`;
        const all = await arm.list<Capability>(arm.inSubscription(path), "2024-08-01");
        const closed = all.find(({ restricted }) => restricted === "Enabled");
        if (closed !== undefined) {
            const message = `flexible servers are closed to the subscription in ${spec.region} (${closed.reason ?? "no reason given"})`;
            const fix = "take another region, or ask Azure's support to lift the restriction";
            return [{ id, status: "lacking", message, fix }];
        }
        return due.map((each) => judge(each, all, spec.region));
    },
};

function judge(due: Due, all: readonly Capability[], region: string): Finding {
    const at = `${id}.${due.name}`;
    const lacking = (message: string, fix: string): Finding => {
        return { id: at, status: "lacking", message, fix };
    };
    const versions = new Set(
        all.flatMap(({ supportedServerVersions }) =>
            (supportedServerVersions ?? []).map(({ name = "" }) => name),
        ),
    );
    if (!versions.has(due.version)) {
        const message = `${region} has no flexible server of PostgreSQL ${due.version}`;
        return lacking(message, `take one of: ${[...versions].sort().join(", ")}`);
    }
    const sku = all
        .flatMap(({ supportedServerEditions }) => supportedServerEditions ?? [])
        .flatMap(({ supportedServerSkus }) => supportedServerSkus ?? [])
        .find(({ name }) => name?.toLowerCase() === due.vmSize.toLowerCase());
    if (sku === undefined) {
        return lacking(`${region} has no flexible server of ${due.vmSize}`, "take another size");
    }
    if (due.standby && sku.supportedHaMode?.includes("ZoneRedundant") !== true) {
        const message = `${due.vmSize} takes no standby in another zone in ${region}`;
        return lacking(message, "take another size, or do without it");
    }
    const message = `${due.vmSize} with PostgreSQL ${due.version} is offered`;
    return { id: at, status: "ok", message };
}
