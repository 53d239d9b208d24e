/** What a host's own jobs have to have said about themselves. */
export interface WantedMetric {
    readonly name: string;
    /** Whose it is when it is bad. */
    readonly layer: string;
    /** As in: the host does not say … */
    readonly what: string;
    /** A time in seconds since 1970 that is not longer ago; or one value, and its word. */
    readonly good: { readonly hours: number } | { readonly value: number; readonly word: string };
    /** Whether a host without it has one too few. */
    readonly due: boolean;
    readonly fix: string;
}

/** A job of each night may be some hours late. */
const nightly = 36;

/** By whom: `components/platforms/vms/backups/`, and the check of files. */
export const wantedMetrics: readonly WantedMetric[] = [
    {
        name: "steward_backup_last_result",
        layer: "backups",
        what: "how its last backup went",
        good: { value: 1, word: "1: good" },
        due: false,
        fix: "read `journalctl --unit 'steward-backup*'` on the host",
    },
    {
        name: "steward_backup_last_success_timestamp_seconds",
        layer: "backups",
        what: "when its last good backup was",
        good: { hours: nightly },
        due: false,
        fix: "read `journalctl --unit 'steward-backup*'` on the host",
    },
    {
        name: "steward_restore_drill_last_result",
        layer: "backups",
        what: "how its last restore drill went",
        good: { value: 1, word: "1: good" },
        due: false,
        fix: "read `journalctl --unit 'steward-restore-drill*'` on the host",
    },
    {
        name: "steward_restore_drill_last_success_timestamp_seconds",
        layer: "backups",
        what: "when its last good restore drill was",
        good: { hours: 8 * 24 },
        due: false,
        fix: "read `journalctl --unit 'steward-restore-drill*'` on the host",
    },
    {
        name: "steward_files_changed",
        layer: "intrusion-detection",
        what: "how many of its system's files were changed",
        good: { value: 0, word: "0: none" },
        due: false,
        fix: "read the report of the check of files on the host, and accept it or look for who it was",
    },
    {
        name: "steward_files_check_timestamp_seconds",
        layer: "intrusion-detection",
        what: "when its files were checked",
        good: { hours: nightly },
        due: false,
        fix: "read `journalctl --unit 'steward-files*'` on the host",
    },
];
