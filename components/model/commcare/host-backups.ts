import { objectStore } from "./object-store";
import type { Machine } from "./plan";
import type { ServiceSlug } from "./services";

/** How what a service keeps comes back after its host is lost, where no cloud copies disks. */
export type HostBackup =
    /** By its own dump, which is consistent whatever is written meanwhile. */
    | { readonly kind: "dump" }
    /** By its files as they lie there; `without`: patterns of what is made anew from the rest. */
    | {
          readonly kind: "files";
          readonly paths: readonly string[];
          readonly without: readonly string[];
      }
    /** By something else than a copy. */
    | { readonly kind: "rebuilt"; readonly how: string };

const queue =
    "a copy of last night holds tasks that were done since: they would be done twice; what is lost is asked for again";

const search =
    "by CommCare HQ's `ptop_preindex`, from PostgreSQL and CouchDB: days on a large cluster, so that a cluster that cannot wait has commcare-cloud's snapshots to object storage (backup_es_s3)";

/**
 * Of every service that keeps data on a machine. PostgreSQL's files are copied while they change and are worth
 * nothing; CouchDB's only ever grow at their end, so that a copy is good at any time.
 *
 * @see https://www.postgresql.org/docs/14/backup-file.html
 * @see https://docs.couchdb.org/en/stable/maintenance/backups.html
 */
export const hostBackups = {
    postgresql: { kind: "dump" },
    "postgresql-standby": { kind: "rebuilt", how: "anew from PostgreSQL, by commcare-cloud" },
    couchdb: {
        kind: "files",
        paths: ["/opt/data/couchdb2"],
        // Views and what was deleted: CouchDB makes the views again when they are first asked.
        without: [".shards", ".delete"],
    },
    "shared-directory": {
        kind: "files",
        // A single server keeps attachments beside the data of its services.
        paths: ["/opt/shared_<environment>", "/opt/data/blobdb"],
        without: [],
    },
    "object-store": { kind: "files", paths: [objectStore.directory], without: [] },
    formplayer: { kind: "rebuilt", how: "by itself: copies of cases that users ask for" },
    redis: { kind: "rebuilt", how: "it is a cache" },
    "redis-broker": { kind: "rebuilt", how: queue },
    rabbitmq: { kind: "rebuilt", how: queue },
    elasticsearch: { kind: "rebuilt", how: search },
    "elasticsearch-data": { kind: "rebuilt", how: search },
    kafka: {
        kind: "rebuilt",
        how: "empty: change processors are told to begin again from the documents",
    },
    zookeeper: { kind: "rebuilt", how: "empty, together with Kafka" },
} as const satisfies Partial<Record<ServiceSlug, HostBackup>>;

/** One thing on a host that is copied off it. */
export interface BackupSource {
    /** The service; also a tag of its snapshots, and a label of its metrics. */
    readonly service: string;
    readonly kind: "postgresql" | "files";
    readonly paths: readonly string[];
    readonly without: readonly string[];
    /** Where a disk has to be mounted: without it there is an empty folder, and nothing of the service. */
    readonly mounts: readonly string[];
}

/** What of a machine has to be copied off it; empty where everything on it comes back without a copy. */
export function backupSources(
    { services }: Pick<Machine, "services">,
    environment: string,
): BackupSource[] {
    return services.flatMap((service): BackupSource[] => {
        const found = Object.hasOwn(hostBackups, service)
            ? (hostBackups as Partial<Record<ServiceSlug, HostBackup>>)[service]
            : undefined;
        if (found === undefined || found.kind === "rebuilt") return [];
        if (found.kind === "dump") {
            return [{ service, kind: "postgresql", paths: [], without: [], mounts: [] }];
        }
        const paths = found.paths.map((path) => path.replace("<environment>", environment));
        return [{ service, kind: "files", paths, without: found.without, mounts: [] }];
    });
}
