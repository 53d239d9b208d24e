import type { GlobalKind } from "../../../../components/platforms/azure/names";
import type { Finding } from "../check";
import { isOurs, standing } from "../standing";
import type { AzureCheck, AzureTarget } from "./azure";
import type { TakenName } from "./global-names";
import { globalNamesOf } from "./global-names";

const id = "names";

interface Kind {
    /** Such as `Microsoft.KeyVault/vaults`. */
    readonly type: string;
    readonly noun: string;
    /** Of the question whether a name is free; none where the service has no such question. */
    readonly version?: string;
}

/**
 * Who says whether a name is free.
 *
 * @see https://learn.microsoft.com/rest/api/storagerp/storage-accounts/check-name-availability
 * @see https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/check-name-availability
 * @see https://learn.microsoft.com/rest/api/containerregistry/registries/check-name-availability
 * @see https://learn.microsoft.com/rest/api/postgresql/check-name-availability/execute
 */
const kinds: Readonly<Record<GlobalKind, Kind>> = {
    storageAccount: {
        type: "Microsoft.Storage/storageAccounts",
        noun: "storage account",
        version: "2023-05-01",
    },
    keyVault: { type: "Microsoft.KeyVault/vaults", noun: "key vault", version: "2023-07-01" },
    registry: {
        type: "Microsoft.ContainerRegistry/registries",
        noun: "registry",
        version: "2023-07-01",
    },
    database: {
        type: "Microsoft.DBforPostgreSQL/flexibleServers",
        noun: "PostgreSQL server",
        version: "2024-08-01",
    },
    redis: { type: "Microsoft.Cache/redisEnterprise", noun: "Azure Managed Redis" },
};

interface Resource {
    readonly id?: string;
    readonly tags?: Readonly<Record<string, string>>;
}

interface Availability {
    readonly nameAvailable?: boolean;
    readonly reason?: string;
}

/** Whether the names that are unique in all of Azure are free, or this stack's already. */
export const namesCheck: AzureCheck = {
    id,
    title: "Global names",
    needs: "region",
    run: (target) => Promise.all(globalNamesOf(target.spec).map((each) => look(target, each))),
};

async function look(target: AzureTarget, { kind, name }: TakenName): Promise<Finding> {
    const { arm } = target.caller;
    const { type, noun, version } = kinds[kind];
    const at = `${id}.${name}`;
    const what = `${noun} ${name}`;
    const own = await arm.list<Resource>(arm.inSubscription("/resources"), "2021-04-01", {
        $filter: `name eq '${name}' and resourceType eq '${type}'`,
    });
    const rename = "choose another steward:cluster.name, or delete it";
    const [found] = own;
    if (found !== undefined) {
        return standing(at, what, isOurs(found.tags, target.spec.name), rename);
    }
    if (kind === "keyVault") {
        const deleted = await deletedVault(target, name);
        if (deleted !== undefined) return { ...deleted, id: at };
    }
    if (version === undefined) {
        const message = `the subscription has no ${what}; whether somebody else has, Azure does not say before`;
        return { id: at, status: "ok", message };
    }
    const [namespace = ""] = type.split("/");
    const path = arm.inSubscription(`/providers/${namespace}/checkNameAvailability`);
    const answer = await arm.post<Availability>(path, version, { name, type });
    if (answer.nameAvailable === true) {
        return { id: at, status: "ok", message: `${what} is free` };
    }
    const message = `${what} is not free (${answer.reason ?? "no reason given"}), and not of this subscription`;
    return { id: at, status: "lacking", message, fix: "choose another steward:cluster.name" };
}

interface DeletedVault {
    readonly properties?: {
        readonly deletionDate?: string;
        readonly scheduledPurgeDate?: string;
        readonly purgeProtectionEnabled?: boolean;
        readonly tags?: Readonly<Record<string, string>>;
    };
}

/**
 * A vault that was deleted keeps its name for weeks, and one that is protected from purging gives it up no sooner.
 *
 * @see https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/get-deleted
 */
async function deletedVault({ spec, caller }: AzureTarget, name: string) {
    const { arm } = caller;
    const path = `/providers/Microsoft.KeyVault/locations/${spec.region}/deletedVaults/${name}`;
    const found = await arm.find<DeletedVault>(arm.inSubscription(path), "2023-07-01");
    if (found === undefined) return undefined;
    const { scheduledPurgeDate, purgeProtectionEnabled } = found.properties ?? {};
    const until = scheduledPurgeDate?.slice(0, 10) ?? "an unknown day";
    const message = `key vault ${name} was deleted, and keeps its name until ${until}`;
    const recover = `az keyvault recover --name ${name}, and import it`;
    const purge = `az keyvault purge --name ${name}, and with it all that it sealed`;
    const fix = purgeProtectionEnabled === true ? recover : `${recover}; or ${purge}`;
    return { status: "lacking", message, fix } as const;
}
