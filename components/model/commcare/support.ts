import type { Support } from "./service";

const calendar = (product: string): string => `https://endoflife.date/${product}`;

/** Where a component of Ubuntu is mended as long as the release is; Canonical names a month, this is its first day. */
const ubuntu: Support = { ends: "2027-04-01", source: "https://ubuntu.com/about/release-cycle" };

/**
 * The last day of each major version of PostgreSQL as a service, by its cloud's calendar.
 *
 * @see https://endoflife.date/amazon-rds-postgresql
 * @see https://endoflife.date/azure-database-for-postgresql
 */
export const postgresqlEnds = {
    aws: { "14": "2027-02-28", "15": "2028-02-29", "16": "2029-02-28", "17": "2030-02-28" },
    azure: { "14": "2026-12-11", "15": "2027-11-11", "16": "2028-11-09", "17": "2029-11-08" },
} as const;

/**
 * When the versions that commcare-cloud installs lose their support.
 *
 * Read in November 2026; a test goes red when a version of the catalogue changes without its line here.
 */
export const support = {
    ubuntu,
    commcareHq: {
        ends: null,
        source: "https://commcare-cloud.readthedocs.io/en/latest/reference/1-commcare-cloud/deploy.html (released continuously: deploy at least every two weeks)",
    },
    cloud: { ends: null, source: "the cloud keeps it current" },
    nginx: { ends: "2026-04-14", source: "https://nginx.org/en/download.html (1.30 took over)" },
    postgresql: { ends: "2026-11-12", source: "https://www.postgresql.org/support/versioning/" },
    /** The same version as a service of AWS. */
    rdsPostgresql: {
        ends: postgresqlEnds.aws["14"],
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
    },
    /** The same version as a flexible server of Azure; from then on at a price, and none is made anew. */
    flexiblePostgresql: {
        ends: postgresqlEnds.azure["14"],
        source: "https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-version-policy",
    },
    pgbouncer: {
        ends: null,
        source: "https://www.pgbouncer.org/changelog.html (the newest release is mended)",
    },
    versitygw: {
        ends: null,
        source: "https://github.com/versity/versitygw/releases (the newest release is mended)",
    },
    couchdb: { ends: null, source: calendar("apache-couchdb") },
    redis: { ends: "2024-07-29", source: calendar("redis") },
    /** Redis 7 as a service of AWS. */
    elastiCache: { ends: null, source: calendar("amazon-elasticache-redis") },
    elasticsearch: { ends: "2022-02-10", source: "https://www.elastic.co/support/eol" },
    /** Until the next release; fixes of vulnerabilities ended on 2024-07-06. */
    kafka: { ends: "2022-09-28", source: calendar("apache-kafka") },
    zookeeper: { ends: "2024-01-19", source: calendar("zookeeper") },
    logstash: { ends: "2026-01-15", source: "https://www.elastic.co/support/eol" },
    java: ubuntu,
    rabbitmq: { ends: "2023-12-31", source: "https://www.rabbitmq.com/release-information" },
    riakCs: {
        ends: null,
        source: "https://github.com/dimagi/commcare-cloud/blob/master/changelog/0028-remove-riak.yml (gone)",
    },
    ansibleCore: {
        ends: "2022-11-07",
        source: "https://docs.ansible.com/ansible/latest/reference_appendices/release_and_maintenance.html",
    },
} as const satisfies Record<string, Support>;
