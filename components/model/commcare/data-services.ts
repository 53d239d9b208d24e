import { hqMachines } from "./app-services";
import { objectStoreService } from "./object-store";
import { searchServices } from "./search-services";
import type { Service } from "./service";
import { postgresqlEnds, support } from "./support";

const layer = "data-services" as const;
const machine = ["machine"] as const;

/** Of Redis as a service of AWS, which has no other 7. */
export const elastiCacheVersion = "7.1";

/**
 * What keeps or carries data. Left as commcare-cloud has it: ports of its group variables and role defaults.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/group_vars/all.yml
 * @see https://docs.couchdb.org/en/stable/setup/cluster.html#ports-and-firewalls
 */
export const dataServices = {
    postgresql: {
        title: "PostgreSQL",
        named: "PostgreSQL",
        groups: ["postgresql"],
        homes: ["machine", "cloud"],
        version: "14",
        ports: [
            {
                port: 5432,
                protocol: "tcp",
                from: ["pgbouncer", "plproxy", "postgresql-standby"],
                carries: "SQL of pooled connections, and replication",
            },
            {
                port: 5432,
                protocol: "tcp",
                from: ["formplayer", "django-manage"],
                carries: "migrations of schemas, which a pool would break",
            },
        ],
        data: {
            path: "/opt/data/postgresql",
            what: "Forms, cases, users of reports: cannot be had again",
            backup: "snapshots of the service with point-in-time recovery; on a machine base backups to object storage (postgres_s3)",
        },
        layer,
        support: support.postgresql,
        inCloud: {
            aws: { support: support.rdsPostgresql, ends: postgresqlEnds.aws },
            azure: { support: support.flexiblePostgresql, ends: postgresqlEnds.azure },
        },
    },
    "postgresql-standby": {
        title: "PostgreSQL standby",
        groups: ["pg_standby"],
        homes: machine,
        version: "14",
        ports: [
            {
                port: 5432,
                protocol: "tcp",
                from: ["pgbouncer", "plproxy"],
                carries: "reads that may be late",
            },
        ],
        data: {
            path: "/opt/data/postgresql",
            what: "A copy of PostgreSQL, made anew from it",
            backup: null,
        },
        layer,
        support: support.postgresql,
    },
    plproxy: {
        title: "PL/Proxy, in front of PostgreSQL's shards",
        groups: ["postgresql"],
        homes: machine,
        version: "14",
        ports: [{ port: 6432, protocol: "tcp", from: hqMachines, carries: "SQL, pooled" }],
        data: null,
        layer,
        support: support.postgresql,
    },
    pgbouncer: {
        title: "pgbouncer",
        groups: ["pgbouncer"],
        homes: machine,
        version: "1.13 or newer",
        ports: [
            {
                port: 6432,
                protocol: "tcp",
                from: [...hqMachines, "formplayer", "plproxy", "proxy"],
                carries: "SQL, pooled; proxies run HQ's commands when static files are deployed",
            },
        ],
        data: null,
        layer,
        support: support.pgbouncer,
    },
    rabbitmq: {
        title: "RabbitMQ",
        named: "RabbitMQ",
        groups: [],
        homes: machine,
        version: "3.10.7",
        ports: [{ port: 5672, protocol: "tcp", from: hqMachines, carries: "tasks (AMQP)" }],
        data: {
            path: "/var/lib/rabbitmq",
            what: "Tasks that nobody has taken yet",
            backup: "snapshots of the disk",
        },
        layer,
        support: support.rabbitmq,
        replacedBy: "redis-broker",
    },
    redis: {
        title: "Redis, the cache",
        named: "Redis",
        groups: ["redis"],
        homes: ["machine", "cloud"],
        version: "7.0.10",
        ports: [
            {
                port: 6379,
                protocol: "tcp",
                from: [...hqMachines, "formplayer", "proxy"],
                carries: "cached values, locks, the manifest of static files",
            },
        ],
        data: { path: "/opt/data/redis", what: "What can be computed again", backup: null },
        layer,
        support: support.redis,
        inCloud: { aws: { version: elastiCacheVersion, support: support.elastiCache } },
    },
    "redis-broker": {
        title: "Redis, the queue of tasks",
        groups: ["redis"],
        homes: ["machine", "cloud"],
        version: "7.0.10",
        ports: [{ port: 6379, protocol: "tcp", from: hqMachines, carries: "tasks" }],
        data: {
            path: "/opt/data/redis",
            what: "Tasks that nobody has taken yet",
            backup: "snapshots of the service or of the disk",
        },
        layer,
        support: support.redis,
        inCloud: { aws: { version: elastiCacheVersion, support: support.elastiCache } },
    },
    ...searchServices,
    kafka: {
        title: "Kafka",
        named: "Kafka",
        groups: ["kafka"],
        homes: machine,
        version: "3.2.3",
        ports: [
            {
                port: 9092,
                protocol: "tcp",
                from: [...hqMachines, "kafka"],
                carries: "changes of documents",
            },
        ],
        data: {
            path: "/opt/data/kafka/data",
            what: "Changes of the last 28 days; made anew by processing documents again",
            backup: "snapshots of the disk",
        },
        layer,
        support: support.kafka,
    },
    zookeeper: {
        title: "ZooKeeper",
        named: "Zookeeper",
        groups: ["zookeeper"],
        homes: machine,
        // The role's own default is 3.4.9; every environment of Dimagi says 3.7.1.
        version: "3.7.1",
        ports: [
            { port: 2181, protocol: "tcp", from: ["kafka"], carries: "state of the brokers" },
            {
                port: 2888,
                protocol: "tcp",
                from: ["zookeeper"],
                carries: "followers to the leader",
            },
            { port: 3888, protocol: "tcp", from: ["zookeeper"], carries: "election of the leader" },
        ],
        data: {
            path: "/var/lib/zookeeper",
            what: "Which broker leads which partition",
            backup: "snapshots of the disk",
        },
        layer,
        support: support.zookeeper,
    },
    couchdb: {
        title: "CouchDB",
        groups: ["couchdb2"],
        homes: machine,
        version: "3.5.0",
        ports: [
            {
                port: 15984,
                protocol: "tcp",
                from: ["couchdb-proxy", "couchdb"],
                carries: "documents",
            },
            { port: 4369, protocol: "tcp", from: ["couchdb"], carries: "Erlang's port mapper" },
            {
                port: 9100,
                protocol: "tcp",
                from: ["couchdb"],
                carries: "Erlang between the nodes, pinned by couchdb_cluster_port",
            },
        ],
        data: {
            path: "/opt/data/couchdb2",
            what: "Applications, users and domains: cannot be had again",
            backup: "snapshots of the disks; on a single node archives to object storage (couch_s3)",
        },
        layer,
        support: support.couchdb,
    },
    "couchdb-proxy": {
        title: "Proxy of CouchDB's nodes",
        groups: ["couchdb2_proxy"],
        homes: ["machine", "cloud"],
        version: "1.28.0",
        ports: [{ port: 25984, protocol: "tcp", from: hqMachines, carries: "documents" }],
        data: null,
        layer,
        support: support.nginx,
    },
    "shared-directory": {
        title: "Shared directory (NFS)",
        groups: ["shared_dir_host"],
        homes: ["machine", "cloud"],
        version: "of Ubuntu",
        ports: [
            {
                port: 2049,
                protocol: "tcp",
                from: [...hqMachines, "proxy"],
                carries: "files in transfer (NFS 4)",
            },
        ],
        data: {
            path: "/opt/shared_<environment>",
            what: "Exports, restores and uploads in transfer; blobs where there is no object storage",
            backup: "backups of the file system, or snapshots of the disk",
        },
        layer,
        support: support.ubuntu,
    },
    "object-storage": {
        title: "Object storage (S3 or compatible)",
        groups: [],
        homes: ["cloud"],
        version: null,
        ports: [
            {
                port: 443,
                protocol: "tcp",
                from: hqMachines,
                carries: "attachments of forms, exports",
            },
        ],
        data: {
            path: null,
            what: "Attachments and form sources: cannot be had again",
            backup: "versions of the objects, and copies in another bucket",
        },
        layer,
        support: support.cloud,
    },
    "object-store": objectStoreService,
    "riak-cs": {
        title: "RiakCS",
        named: "RiakCS",
        groups: [],
        homes: [],
        version: null,
        ports: [],
        data: null,
        layer,
        support: support.riakCs,
        replacedBy: "object-storage",
    },
} as const satisfies Readonly<Record<string, Service>>;
