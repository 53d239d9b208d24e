import type { DueRule } from "../../../model/alert-rule";
import { age, days, lacking } from "./durations";

/** Whether what hosts keep is copied, and comes back. */
export function copyAlerts(): DueRule[] {
    const about = { layer: "backups", severity: "critical" } as const;
    return [
        {
            ...about,
            alert: "BackupFailed",
            expr: "steward_backup_last_result == 0",
            for: "15m",
            summary: "the last copy of {{ $labels.service }} on {{ $labels.host }} failed",
            action: "On it: systemctl list-units 'steward-backup*'; journalctl --unit of the failed one",
        },
        {
            ...about,
            alert: "BackupOld",
            expr: `${age("steward_backup_last_success_timestamp_seconds")} > ${days(1.25)}`,
            for: "15m",
            summary:
                "the newest copy of {{ $labels.service }} on {{ $labels.host }} is {{ $value | humanizeDuration }} old",
            action: "On it: systemctl list-timers 'steward-backup*'",
        },
        {
            ...about,
            alert: "BackupNotMeasured",
            expr: lacking("steward_backup_last_result", ',keeps_data="yes"'),
            for: "26h",
            summary: "{{ $labels.host }} keeps data, and says nothing of its copies",
            action: "`steward:vms.backups` names where they go; on it: systemctl list-timers 'steward-backup*'",
        },
        {
            ...about,
            alert: "RestoreDrillFailed",
            expr: "steward_restore_drill_last_result == 0",
            for: "15m",
            summary:
                "the newest copy of {{ $labels.service }} on {{ $labels.host }} could not be restored on trial",
            action: "On it: systemctl list-units 'steward-restore*'; journalctl --unit of the failed one",
        },
        {
            ...about,
            alert: "RestoreDrillOld",
            expr: `${age("steward_restore_drill_last_success_timestamp_seconds")} > ${days(15)}`,
            for: "1h",
            summary:
                "whether copies of {{ $labels.service }} on {{ $labels.host }} can be restored was last seen {{ $value | humanizeDuration }} ago",
            action: "On it: systemctl list-timers 'steward-restore*'",
        },
    ];
}
