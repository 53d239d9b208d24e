import type { Load } from "./demand";
import { assumptions, capacities, quantities } from "./demand";
import type { ServiceSlug } from "./services";

/** What a service needs in all, buffers included. */
export interface Need {
    readonly cores: number;
    readonly memoryGiB: number;
    /** Disk of its data, one copy. */
    readonly diskGiB: number;
}

/** Memory that a process takes before it has anything to do, GiB. */
const idle = {
    webworkers: 2,
    celery: 2,
    pillowtop: 3,
    formplayer: 2,
    postgresql: 2,
    elasticsearch: 2,
    couchdb: 1,
    kafka: 1,
    redis: 0.5,
} as const;

/**
 * Disk that a service has before the first form, GiB.
 *
 * @see https://github.com/dimagi/commcare_resource_model/blob/master/configs/echis.yml static_baseline
 */
export const emptyDisk = { postgresql: 100, couchdb: 50, elasticsearch: 20, kafka: 20 } as const;

const gib = 1024 ** 3;
const daysOfMonth = 365 / 12;

/**
 * What each service needs under a load. Rises, or stays, with each figure of the load.
 *
 * @returns Services that are not here need no more than the least of a machine.
 */
export function needsOf(load: Load): Partial<Readonly<Record<ServiceSlug, Need>>> {
    const { formsPerDay, users, activeCases, webAppsUsers, months } = load;
    const buffer = 1 + (assumptions.buffer.value / 100) * 1.01 ** months;
    const forms = formsPerDay * daysOfMonth * months;
    const share = (...of: (keyof typeof capacities)[]) => {
        const each = of.map((key) => {
            const { value, cores, memoryGiB } = capacities[key];
            return [(formsPerDay / value) * cores, (formsPerDay / value) * memoryGiB] as const;
        });
        return {
            cores: buffer * each.reduce((sum, [cores]) => sum + cores, 0),
            memoryGiB: buffer * each.reduce((sum, [, memory]) => sum + memory, 0),
        };
    };
    const disk = (bytes: number, before = 0): number =>
        (bytes / gib + before) / (assumptions.diskFull.value / 100);
    const plus = (
        { cores, memoryGiB }: { cores: number; memoryGiB: number },
        memory: number,
        diskGiB = 0,
    ): Need => ({ cores, memoryGiB: memoryGiB + memory, diskGiB });

    const at = (webAppsUsers / quantities.formplayer.value) * buffer;
    const sql =
        forms * (quantities.formSql.value + 1.15 * quantities.caseUpdate.value) +
        activeCases * (quantities.caseSql.value + quantities.caseReport.value) +
        users * 7.8 * 2 * quantities.syncLog.value;
    const search = forms * quantities.formSearch.value + activeCases * quantities.caseSearch.value;
    return {
        proxy: plus(share("proxy"), 1),
        webworkers: plus(share("webworkers"), idle.webworkers),
        celery: plus(share("celery"), idle.celery),
        pillowtop: plus(share("pillowtop"), idle.pillowtop),
        formplayer: plus(
            { cores: at * 8, memoryGiB: at * 16 },
            idle.formplayer,
            disk(webAppsUsers * quantities.formplayerDisk.value),
        ),
        postgresql: plus(
            share("shards", "main", "ucr"),
            idle.postgresql,
            disk(sql, emptyDisk.postgresql),
        ),
        couchdb: plus(
            share("couchdb"),
            idle.couchdb,
            disk(users * quantities.userCouch.value, emptyDisk.couchdb),
        ),
        elasticsearch: plus(
            share("elasticsearch"),
            idle.elasticsearch,
            disk(search, emptyDisk.elasticsearch),
        ),
        kafka: plus(
            share("kafka"),
            idle.kafka,
            disk(formsPerDay * daysOfMonth * 2 * 4 * quantities.change.value, emptyDisk.kafka),
        ),
        redis: plus(
            share("redis"),
            idle.redis + (buffer * 2 * users * quantities.redisUser.value) / gib,
        ),
        "object-store": plus({ cores: 0, memoryGiB: 0 }, 1, disk(forms * quantities.blob.value)),
        "redis-broker": plus({ cores: 0, memoryGiB: 0 }, 1 + share("redis").memoryGiB),
    };
}
