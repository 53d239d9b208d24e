import type { DueRule } from "../../../model/alert-rule";
import { age, days, lacking } from "./durations";

/** Whether hosts get their patches. */
export function patchAlerts(): DueRule[] {
    const about = { layer: "patching", severity: "warning" } as const;
    return [
        {
            ...about,
            alert: "SecurityUpdatesPending",
            expr: "steward_security_updates_pending > 0",
            for: "2d",
            summary:
                "{{ $labels.host }} lacks {{ $value }} security updates, and for two days nothing installed them",
            action: "On it: unattended-upgrade --dry-run --debug; apt list --upgradable",
        },
        {
            ...about,
            alert: "UpgradesFail",
            expr: `${age("steward_upgrade_last_success_timestamp_seconds")} > ${days(3)}`,
            for: "1h",
            summary:
                "no run of unattended-upgrades ended well on {{ $labels.host }} for {{ $value | humanizeDuration }}",
            action: "On it: journalctl --unit apt-daily-upgrade; less /var/log/unattended-upgrades/unattended-upgrades.log",
        },
        {
            ...about,
            alert: "RebootRequired",
            expr: `${age("steward_reboot_required_since_timestamp_seconds")} > ${days(8)}`,
            for: "1h",
            summary: "{{ $labels.host }} runs what was patched {{ $value | humanizeDuration }} ago",
            action: "Start it anew; with steward:vms.patching.reboot it does so by itself",
        },
        {
            ...about,
            alert: "PatchesNotMeasured",
            expr: lacking("steward_security_updates_pending"),
            for: "6h",
            summary: "{{ $labels.host }} does not say which patches it lacks",
            action: "On it: systemctl status steward-measure.timer steward-measure.service",
        },
    ];
}
