import { textfiles } from "../monitoring/names";

/** Where on a host everything about its copies lies. */
export const places = {
    /** What the command is told: the repository and what opens it, root's alone. */
    settings: "/etc/steward/backups/settings",
    password: "/etc/steward/backups/password",
    /** A line for each thing that is copied. */
    sources: "/etc/steward/backups/sources",
    key: "/etc/steward/backups/key",
    knownHosts: "/etc/steward/backups/known_hosts",
    ssh: "/etc/steward/backups/ssh_config",
    command: "/usr/local/sbin/steward-backups",
    /** How the last runs went, and which services' data is this host's own. */
    state: "/var/lib/steward/backups",
    cache: "/var/cache/steward-restic",
    lock: "/run/lock/steward-backups",
    /** Read by the node exporter of Debian and Ubuntu. */
    metrics: textfiles,
} as const;
