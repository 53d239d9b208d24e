import { sharedName } from "../../../model/commcare/internal-names";
import { machinesWith } from "../../../model/commcare/plan";
import { services } from "../../../model/commcare/services";
import type { EnvironmentInput } from "./input";
import { groupOf } from "./inventory";

/** What `public.yml` says: variables of Ansible, none of them a secret. */
export type Public = Readonly<Record<string, unknown>>;

/** The archive that commcare-cloud downloads is proven by its sum, which belongs to the version. */
const elasticsearch = {
    elasticsearch_version: "6.8.23",
    elasticsearch_download_sha256:
        "424af91f838f9e5f13e0292f97cbd6333535450291a621d761bd479dfc2dff78.",
} as const;

/** @see https://archive.apache.org/dist/zookeeper/zookeeper-3.7.1/ */
const zookeeper = {
    zookeeper_version: services.zookeeper.version,
    // commcare-cloud's name for whatever sum: its kind stands in front.
    zookeeper_download_sha1:
        "sha512:9103628a50745fa1a289bca666fda4a9c08ec17c55cf13e66887e7ba76e93dbae60a1f1ffd6c10798be3a16069344ecbc00cebb29bf03d9cd7096ccd098ed011",
} as const;

const secret = (name: string): string => `{{ ${name} }}`;

export function publicOf(input: EnvironmentInput): Public {
    const { spec, addresses, hosts } = input;
    const { plan, commcare } = spec.workload;
    const { mail } = commcare;
    const voters = machinesWith(plan, "zookeeper").length;
    return {
        commcare_cloud_root_user: hosts.rootUser,
        commcare_cloud_pem: hosts.rootKey,
        nofile_limit: 65_536,
        nameservers: [],
        KSPLICE_ACTIVE: false,
        DATADOG_ENABLED: false,
        TWO_FACTOR_GATEWAY_ENABLED: false,
        show_maintenance_updates_on_deploy: false,

        ...elasticsearch,
        elasticsearch_endpoint: "{{ groups.elasticsearch.0 }}",
        elasticsearch_cluster_name: `${groupOf(spec.name)}_es`,
        elasticsearch_delete_old_logs: true,
        ...sharedMemory(input),

        ...zookeeper,
        zookeeper_cluster: voters > 1,

        couchdb_version: services.couchdb.version,
        couchdb_use_haproxy: false,
        // Without it the nodes talk on a random port, which no firewall can let through.
        couchdb_cluster_port: 9_100,
        ...couch(input),

        formplayer_java_version: "{{ java_17_bin_path }}/java",

        REDIS_BROKER_HOST: addresses.redisBroker,
        REDIS_BROKER_PORT: "6379",
        // A number of its own where cache and tasks share a server: emptying the cache empties no queue.
        REDIS_BROKER_DB: addresses.redisBroker === addresses.redis ? "1" : "0",

        ...hosts.variables,
        // The platform copies databases and disks; copies on the disk they are copied from save nothing.
        backup_blobdb: false,
        backup_postgres: false,
        backup_couch: false,

        ...sharedDirectory(input),

        root_email: mail.server,
        server_email: mail.from,
        server_admin_email: mail.server,
        default_from_email: mail.from,
        support_email: mail.support,
        accounts_email: mail.support,
        contact_email: mail.support,
        feedback_email: mail.support,
        soft_assert_email: mail.server,

        localsettings: localsettings(input),
    };
}

/** What a service may take of a machine that it shares; on one of its own commcare-cloud's rules hold. */
function sharedMemory({ spec }: EnvironmentInput): Public {
    const { plan } = spec.workload;
    const limit = (slug: "elasticsearch" | "redis", key: string, part: number): Public => {
        const [machine] = machinesWith(plan, slug);
        const others = machine?.services.filter((each) => each !== slug && each !== "redis-broker");
        if (machine === undefined || others?.length === 0) return {};
        return { [key]: `${Math.floor((machine.memoryGiB * 1_024) / part)}m` };
    };
    return {
        ...limit("elasticsearch", "elasticsearch_memory", 4),
        ...limit("redis", "redis_maxmemory", 8),
    };
}

function couch({ spec, addresses }: EnvironmentInput): Public {
    const { plan } = spec.workload;
    const nodes = machinesWith(plan, "couchdb").length;
    const copies = Math.min(3, nodes);
    const quorum = Math.floor(copies / 2) + 1;
    const balancer = plan.balancers.find(({ service }) => service === "couchdb-proxy");
    const [proxy] = machinesWith(plan, "couchdb-proxy");
    const host =
        balancer === undefined
            ? addresses.machines[proxy?.name ?? ""]
            : addresses.endpoints[balancer.name];
    return {
        couchdb2: { username: secret("COUCH_USERNAME"), password: secret("COUCH_PASSWORD") },
        couchdb_cluster_settings: { q: 8, r: quorum, w: quorum, n: copies },
        couch_dbs: {
            default: {
                host,
                port: 25_984,
                name: "commcarehq",
                username: secret("COUCH_USERNAME"),
                password: secret("COUCH_PASSWORD"),
                is_https: false,
            },
        },
    };
}

/** commcare-cloud's words for whatever NFS the cloud keeps. */
function sharedDirectory({ spec, addresses, hosts }: EnvironmentInput): Public {
    if (spec.workload.plan.sharedDirectory === "machine" || hosts.shared === undefined) return {};
    return {
        shared_dir_gid: 1_500,
        efs_shared_mount_dir: sharedName(spec.name),
        efs_shared_mount_endpoint: `${addresses.sharedDirectory}:${hosts.shared.path}`,
        efs_shared_mount_options: hosts.shared.options,
    };
}

function localsettings({ spec, addresses }: EnvironmentInput): Public {
    const { mail, domain } = spec.workload.commcare;
    return {
        ALLOWED_HOSTS: [domain],
        ALLOW_MAKE_SUPERUSER_COMMAND: true,
        COUCH_USERNAME: secret("COUCH_USERNAME"),
        COUCH_PASSWORD: secret("COUCH_PASSWORD"),
        DEPLOY_MACHINE_NAME: "{{ inventory_hostname }}",
        ELASTICSEARCH_MAJOR_VERSION: 6,
        EMAIL_SMTP_HOST: mail.smtpHost,
        EMAIL_SMTP_PORT: mail.smtpPort,
        EMAIL_USE_TLS: true,
        ENABLE_PRELOGIN_SITE: false,
        ENABLE_SOFT_ASSERT_EMAILS: false,
        ENTERPRISE_MODE: true,
        HQ_INSTANCE: spec.name,
        INACTIVITY_TIMEOUT: 20_160,
        INVOICE_FROM_ADDRESS: {},
        INVOICE_PREFIX: "",
        INVOICE_STARTING_NUMBER: 1,
        BANK_ADDRESS: {},
        BANK_NAME: "",
        BANK_SWIFT_CODE: "",
        IS_DIMAGI_ENVIRONMENT: false,
        J2ME_ADDRESS: "",
        PILLOWTOP_MACHINE_ID: spec.name,
        REDIS_DB: "0",
        REDIS_HOST: addresses.redis,
        REDIS_PORT: "6379",
        REMINDERS_QUEUE_ENABLED: true,
        REQUIRE_TWO_FACTOR_FOR_SUPERUSERS: true,
        RESTRICT_DOMAIN_CREATION: true,
        SMS_GATEWAY_URL: "",
        SMS_QUEUE_ENABLED: true,
        WS4REDIS_CONNECTION_HOST: addresses.redis,
    };
}
