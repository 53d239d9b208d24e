/** What a host's own jobs have to have said about themselves. */
export interface WantedMetric {
    readonly name: string;
    /** Whose it is when it is bad. */
    readonly layer: string;
    /** As in: the host does not say … */
    readonly what: string;
    /** A time in seconds since 1970 that is not longer ago; or one value, and its word. */
    readonly good: { readonly hours: number } | { readonly value: number; readonly word: string };
    /** Whether a host that has neither it nor this one besides has one too few. */
    readonly due: false | { readonly unless: string };
    /** The job that says it. */
    readonly unit: string;
    /** It is about the kernel, and no container has one of its own. */
    readonly notInContainers?: true;
}

/** Hours: a job of each quarter of an hour may be late, one of each night, and one of each week as well. */
const [often, nightly, weekly] = [2, 36, 8 * 24];

/**
 * What the copies and the checks of files and of the audit say of themselves.
 *
 * @param copied Whether the host has something that is copied; a service that is not there yet has no copies.
 * @param detection The layer of what watches for intruders.
 */
export function wantedMetrics(copied: boolean, detection: string): WantedMetric[] {
    const due = copied && { unless: "steward_backup_service_installed" };
    const went = { value: 1, word: "1: good" };
    const copies = { layer: "backups", due, unit: "steward-backup" };
    const drill = { layer: "backups", due, unit: "steward-restore-drill" };
    const files = { layer: detection, due: false, unit: "steward-files" } as const;
    const audit = { layer: detection, due: false, unit: "steward-audit-rules" } as const;
    return [
        {
            ...copies,
            name: "steward_backup_last_result",
            what: "how its last backup went",
            good: went,
        },
        {
            ...copies,
            name: "steward_backup_last_success_timestamp_seconds",
            what: "when its last good backup was",
            good: { hours: nightly },
        },
        {
            ...drill,
            name: "steward_restore_drill_last_result",
            what: "how its last restore drill went",
            good: went,
        },
        {
            ...drill,
            name: "steward_restore_drill_last_success_timestamp_seconds",
            what: "when its last good restore drill was",
            good: { hours: weekly },
        },
        {
            ...files,
            name: "steward_files_changed",
            what: "how many of its system's files were changed",
            good: { value: 0, word: "0: none" },
        },
        {
            ...files,
            name: "steward_files_check_timestamp_seconds",
            what: "when its files were checked",
            good: { hours: nightly },
        },
        {
            ...audit,
            name: "steward_audit_rules_lacking",
            what: "how many rules of the audit its kernel does not go by",
            good: { value: 0, word: "0: none" },
            notInContainers: true,
        },
        {
            ...audit,
            name: "steward_audit_check_timestamp_seconds",
            what: "when its audit was checked",
            good: { hours: often },
        },
    ];
}
