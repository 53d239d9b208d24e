import type { Environment } from "../../../../components/workloads/commcare/environment/environment";
import {
    checkEnvironment,
    environmentRules,
} from "../../../../components/workloads/commcare/environment/check-environment";
import { commcareEnvironment, commcareVariants } from "../../../support/commcare";

/** Where to break it, a dot between keys and `#web_a1` for the host of that group; undefined takes the key away. */
type Trap = [rule: string, what: string, path: string, value: unknown, stack?: string];

const traps: Trap[] = [
    ["keys-there", "no deploy_env", "meta.deploy_env", undefined],
    ["keys-there", "an empty SITE_HOST", "proxy.SITE_HOST", ""],
    ["keys-there", "no group of people", "meta.users", []],
    ["secrets-reachable", "a backend of nobody's", "meta.secrets_backend", "keychain"],
    ["secrets-reachable", "a vault beside AWS", "meta.secrets_backend", "ansible-vault"],
    ["secrets-reachable", "no aws.yml", "aws", undefined],
    [
        "secrets-reachable",
        "a number for an account",
        "aws.account.sso_config.sso_account_id",
        "1234",
    ],
    ["secrets-reachable", "no region", "aws.terraform.region", undefined],
    ["people-with-keys", "somebody without a key", "keys.operator", undefined],
    [
        "people-with-keys",
        "somebody present and absent",
        "users.commcare-operators.absent",
        ["operator"],
    ],
    ["people-with-keys", "a group without a file", "users.commcare-operators", undefined],
    ["nothing-public-that-belongs-elsewhere", "pgbouncer's", "public.pgbouncer_processes", 2],
    ["nothing-public-that-belongs-elsewhere", "PostgreSQL's", "public.postgresql_version", "14"],
    ["nothing-public-that-belongs-elsewhere", "nginx's", "public.fake_ssl_cert", true],
    ["no-secret-in-public", "a password", "public.couchdb2.password", "plain"],
    ["no-secret-in-public", "a token", "public.localsettings.A_TOKEN", "plain"],
    ["first-sign-in", "no account", "public.commcare_cloud_root_user", undefined],
    ["first-sign-in", "no key", "public.commcare_cloud_pem", undefined],
    ["broker-named", "no broker", "public.REDIS_BROKER_HOST", undefined],
    [
        "broker-named",
        "the cache's own database",
        "public.REDIS_BROKER_HOST",
        "redis.commcare.internal",
    ],
    ["documents-reachable", "CouchDB's own port", "public.couch_dbs.default.port", 15_984],
    [
        "documents-reachable",
        "a node in place of the proxy",
        "public.couch_dbs.default.host",
        "couch-a1.commcare.internal",
    ],
    ["groups-there", "no pillowtop", "inventory.children.pillowtop", undefined],
    ["members-there", "a member that is nowhere", "inventory.children.celery.3", "celery_z9"],
    [
        "one-line-each",
        "two machines of one address",
        "#web_a1.address",
        "couch-a1.commcare.internal",
    ],
    ["one-line-each", "two lines of one machine", "#web_a1.group", "couch_a1"],
    ["addresses-there", "no address", "#web_a1.address", ""],
    ["addresses-there", "a variable for an address", "#web_a1.address", "hostname=web"],
    ["hostnames-differ", "one hostname twice", "#web_a1.variables.hostname", "couch-a1-commcare"],
    ["disks-unlocked", "nothing said", "#couch_a1.variables.root_encryption_mode", undefined],
    [
        "single-machine-with-a-card",
        "one machine without a card",
        "inventory.hosts",
        [
            {
                group: "web_a1",
                address: "192.0.2.13",
                variables: { hostname: "web-a1-commcare", root_encryption_mode: "none" },
            },
        ],
        "commcare-vms",
    ],
    [
        "keys-whole",
        "a host without a key",
        "knownHosts.3",
        "192.0.2.99 ssh-ed25519 AAAA",
        "commcare-vms",
    ],
    ["numbers-differ", "two brokers of one number", "#kafka_b1.variables.kafka_broker_id", 1],
    ["numbers-differ", "no number", "#kafka_b1.variables.zookeeper_server_id", undefined],
    ["voters-know-each-other", "no flag", "public.zookeeper_cluster", false],
    [
        "queues-complete",
        "a queue that nobody works on",
        "appProcesses.celery_processes",
        { celery_a1: { flower: {} }, celery_b1: {}, celery_c1: {} },
    ],
    [
        "queues-known",
        "a queue with a blank",
        "appProcesses.celery_processes.celery_a1",
        { "celery, email_queue": {} },
    ],
    [
        "solo-processes",
        "flower on two machines",
        "appProcesses.celery_processes.celery_b1.flower",
        {},
    ],
    [
        "solo-processes",
        "flower on none",
        "appProcesses.celery_processes.celery_a1.flower",
        undefined,
    ],
    [
        "solo-processes",
        "beat beside a queue",
        "appProcesses.celery_processes.celery_a1.beat,sms_queue",
        {},
    ],
    [
        "one-key-for-a-host",
        "two keys of one machine",
        "appProcesses.pillows",
        { "pillow_a1,pillow_b1": {}, pillow_a1: {} },
    ],
    ["hosts-known", "a group of several", "appProcesses.management_commands.celery", {}],
    ["hosts-known", "a word for no host", "appProcesses.management_commands.elsewhere", {}],
    [
        "every-worker-named",
        "a worker that no key names",
        "appProcesses.celery_processes.celery_b1",
        undefined,
    ],
    ["pillows-known", "no such pillow", "appProcesses.pillows.pillow_a1.CasePillow", {}],
    [
        "pillows-whole",
        "changes that nobody reads",
        "appProcesses.pillows.pillow_b1.case-pillow",
        undefined,
    ],
    ["databases-separate-or-not", "a flag alone", "postgresql.SEPARATE_SYNCLOGS_DB", true],
    [
        "databases-separate-or-not",
        "a database alone",
        "postgresql.SEPARATE_FORM_PROCESSING_DBS",
        false,
        "commcare-aws-eu",
    ],
    [
        "shards-whole",
        "a gap",
        "postgresql.dbs.form_processing.partitions.p2.shards",
        [206, 409],
        "commcare-aws-eu",
    ],
    [
        "shards-whole",
        "no power of two",
        "postgresql.dbs.form_processing.partitions.p5.shards",
        [820, 1_000],
        "commcare-aws-eu",
    ],
    [
        "shards-whole",
        "a partition out of turn",
        "postgresql.dbs.form_processing.partitions.p1",
        undefined,
        "commcare-aws-eu",
    ],
    ["reports-somewhere", "no such database", "postgresql.REPORTING_DATABASES.ucr", "warehouse"],
    [
        "database-hosts-known",
        "an endpoint of several hosts",
        "postgresql.dbs.main.pgbouncer_endpoint",
        "pgbouncer",
    ],
    ["database-hosts-known", "no server", "postgresql.DEFAULT_POSTGRESQL_HOST", "rds_elsewhere"],
    [
        "connections-fit",
        "a pool larger than the server",
        "postgresql.pgbouncer_override.pgbouncer_default_pool",
        5_000,
    ],
];

function broken(path: string, value: unknown, stack?: string): Environment {
    const environment = JSON.parse(JSON.stringify(commcareEnvironment({}, stack))) as Environment;
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const place = keys.reduce<Record<string, unknown>>(
        (at, key) =>
            (key.startsWith("#")
                ? environment.inventory.hosts.find(({ group }) => group === key.slice(1))
                : at[key]) as Record<string, unknown>,
        environment as unknown as Record<string, unknown>,
    );
    if (value === undefined) Reflect.deleteProperty(place, last);
    else place[last] = value;
    return environment;
}

describe("the rules of an environment", () => {
    it.each(commcareVariants)("find nothing wrong with %s", (_, change, stack) => {
        expect(checkEnvironment(commcareEnvironment(change, stack))).toEqual([]);
    });

    it.each(
        traps.map(([id, what, path, value, stack]) => [id, what, { path, value, stack }] as const),
    )("%s catches %s", (id, _, { path, value, stack }) => {
        const environment = broken(path, value, stack);
        const caught = environmentRules.filter((rule) => rule.check(environment).length > 0);

        expect(caught.map((rule) => rule.id)).toContain(id);
        for (const problem of checkEnvironment(environment)) {
            expect(Object.values(problem).every((text) => text !== "")).toBe(true);
        }
    });

    it("are each tried, and each named once", () => {
        const ids = environmentRules.map(({ id }) => id);

        expect(new Set(ids).size).toBe(ids.length);
        expect(new Set(traps.map(([id]) => id))).toEqual(new Set(ids));
    });
});
