import type { Assumption } from "../sizing";

const model = "https://github.com/dimagi/commcare_resource_model/blob/master/configs";
const reach = `${model}/reach_40k.yml`;
const echis = `${model}/echis.yml`;
const ours = "our choice";

/** What sizes follow from, where the stack file says nothing else. */
export const assumptions = {
    formsPerUser: {
        what: "Forms that a user sends in a day",
        value: 3,
        unit: "forms",
        source: `${ours}: at it the documented small cluster of five t3.xlarge carries its 15,000 users; the 40,000-user model has 45`,
    },
    casesPerUser: {
        what: "Active cases of a user",
        value: 400,
        unit: "cases",
        source: `${ours}; the documented single server is for fewer than 10,000`,
    },
    webAppsShare: {
        what: "Users at work in web apps at once, of all users",
        value: 1,
        unit: "%",
        source: `${ours}; the 40,000-user model has 2.5 %`,
    },
    months: {
        what: "Months that the disks have to last",
        value: 12,
        unit: "months",
        source: `${ours}; disks of a cloud grow in place`,
    },
    buffer: {
        what: "Estimation buffer on processors and memory, growing by 1 % with each month",
        value: 25,
        unit: "%",
        source: `${echis} (estimation_buffer; the 40,000-user model has 50)`,
    },
    diskFull: {
        what: "How full a disk may get",
        value: 75,
        unit: "%",
        source: `${reach} (storage_buffer)`,
    },
    rootDisk: {
        what: "Disk of each machine for the system and logs",
        value: 50,
        unit: "GiB",
        source: `${reach} (vm_os_storage_gb)`,
    },
} as const satisfies Record<string, Assumption>;

/** What a cluster has to carry; see `Usage` of the stack file. */
export interface Load {
    readonly users: number;
    readonly formsPerDay: number;
    readonly activeCases: number;
    readonly webAppsUsers: number;
    readonly months: number;
}

/** Fills in what the stack file leaves open. */
export function loadOf(
    said: Readonly<{ users: number } & Partial<{ [Key in keyof Load]: Load[Key] | undefined }>>,
): Load {
    const { formsPerUser, casesPerUser, webAppsShare, months } = assumptions;
    return {
        users: said.users,
        formsPerDay: said.formsPerDay ?? said.users * formsPerUser.value,
        activeCases: said.activeCases ?? said.users * casesPerUser.value,
        webAppsUsers: said.webAppsUsers ?? (said.users * webAppsShare.value) / 100,
        months: said.months ?? months.value,
    };
}

/** Users of the 40,000-user model send 45 forms a day: its capacities by user become capacities by form. */
const modelled = (users: number): number => users * 45;

/** What one node of the model carries: forms a day for so many cores and so much memory. */
interface Capacity extends Assumption {
    readonly cores: number;
    readonly memoryGiB: number;
}

const capacity = (
    what: string,
    users: number,
    cores: number,
    memoryGiB: number,
    key: string,
): Capacity => ({
    what: `${what}: forms a day for ${String(cores)} cores and ${String(memoryGiB)} GiB`,
    value: modelled(users),
    unit: "forms a day",
    source: `${reach} (${key}: ${users.toLocaleString("en-US")} users, 45 forms a day each)`,
    cores,
    memoryGiB,
});

/** What a service can carry, by the model of Dimagi's for 40,000 users. */
export const capacities = {
    webworkers: capacity("Web workers", 15_000, 16, 48, "django"),
    // 62 and 114 processes at 40,000 users.
    celery: capacity("Task workers", 40_000, 43.4, 31, "celery"),
    pillowtop: capacity("Change processors", 40_000, 57, 79.8, "pillowtop"),
    shards: capacity("PostgreSQL, forms and cases", 25_000, 32, 128, "pg_shards"),
    main: capacity("PostgreSQL, everything else", 150_000, 32, 128, "pg_main"),
    ucr: capacity("PostgreSQL, reports", 100_000, 32, 128, "pg_ucr"),
    couchdb: capacity("CouchDB", 50_000, 16, 64, "couchdb"),
    elasticsearch: capacity("Elasticsearch", 15_000, 16, 64, "es_datanode"),
    kafka: capacity("Kafka and ZooKeeper", 200_000, 16, 32, "kafka"),
    redis: capacity("Redis", 200_000, 12, 12, "redis; memory is counted by user"),
    proxy: capacity("nginx", 250_000, 16, 64, "nginx"),
} as const;

/** What depends on something else than forms. */
export const quantities = {
    formplayer: {
        what: "Formplayer: users at work for 8 cores and 16 GiB",
        value: 500,
        unit: "users",
        source: `${reach} (formplayer)`,
    },
    formplayerDisk: {
        what: "Formplayer's disk for a user at work",
        value: 200 * 1024 ** 2,
        unit: "bytes",
        source: `${reach} (formplayer)`,
    },
    redisUser: {
        what: "Redis: memory for a user, twice, since Redis may fill half of its machine",
        value: 50 * 1024,
        unit: "bytes",
        source: `${reach} (redis)`,
    },
    formSql: {
        what: "A form in PostgreSQL",
        value: 1_200,
        unit: "bytes",
        source: `${reach} (pg_shards)`,
    },
    caseSql: {
        what: "A case in PostgreSQL, with its index",
        value: 2_180,
        unit: "bytes",
        source: `${reach} (pg_shards: 1,800 and 380)`,
    },
    caseUpdate: {
        what: "A form's update of a case in PostgreSQL, 1.15 of them for each form",
        value: 515,
        unit: "bytes",
        source: `${reach} (pg_shards), ${echis} (case_transactions)`,
    },
    caseReport: {
        what: "A case in the tables of reports",
        value: 6_135,
        unit: "bytes",
        source: `${echis} (pg_ucr)`,
    },
    syncLog: {
        what: "A synchronisation log, 7.8 a month for each user, kept for two months",
        value: 210_000,
        unit: "bytes",
        source: `${reach} (pg_synclogs), ${echis} (synclogs_monthly)`,
    },
    formSearch: {
        what: "A form in Elasticsearch, with each copy",
        value: 5_500,
        unit: "bytes",
        source: `${reach} (es_datanode)`,
    },
    caseSearch: {
        what: "A case in Elasticsearch, with each copy",
        value: 1_800,
        unit: "bytes",
        source: `${reach} (es_datanode)`,
    },
    userCouch: {
        what: "A user in CouchDB, with each copy",
        value: 600_000,
        unit: "bytes",
        source: `${reach} (couchdb)`,
    },
    change: {
        what: "A change in Kafka, four for each form, kept for two months",
        value: 500,
        unit: "bytes",
        source: `${reach} (kafka)`,
    },
    blob: {
        what: "A form's source and attachments in object storage",
        value: 11_000,
        unit: "bytes",
        source: `${reach} (riakcs)`,
    },
} as const satisfies Record<string, Assumption>;
