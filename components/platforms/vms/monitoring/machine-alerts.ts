import type { DueRule } from "../../../model/alert-rule";
import type { CommcareLayer } from "../../../model/layers";
import { jobs } from "./names";
import type { UnitPattern } from "./unit-layers";
import { commcareUnits, unitPatterns } from "./unit-layers";

/**
 * Alerts about machines: whether they answer, their disks, memory and clock, and what runs on them.
 *
 * @param serviceLayers Innermost layers of the machines that there are: who uses up what a machine has.
 */
export function machineAlerts(serviceLayers: readonly CommcareLayer[]): DueRule[] {
    return [
        ...answering(),
        ...hardwareAlerts(),
        ...[...new Set<CommcareLayer>(["operating-system", ...serviceLayers])].flatMap(spaceAlerts),
        ...serviceLayers.flatMap(memory),
        clock,
        ...failedUnits(unitPatterns(commcareUnits)),
    ];
}

const up = `up{job="${jobs.hosts}"}`;
const reached = `probe_success{job="${jobs.reach}"}`;
const site = `probe_success{job="${jobs.site}"}`;

function answering(): DueRule[] {
    return [
        {
            layer: "hardware-support",
            alert: "HostDown",
            // Both ways: a network that swallows pings is no host that is down, nor is an exporter that stopped.
            expr: `${up} == 0 unless on (host) ${reached} == 1`,
            for: "3m",
            severity: "critical",
            summary: "{{ $labels.host }} does not answer: no ping and no measurement comes back",
            action: "Look at its console and its power, then at the network between it and the others",
        },
        {
            layer: "service-monitoring",
            alert: "HostNotMeasured",
            expr: `${up} == 0 and on (host) ${reached} == 1`,
            for: "10m",
            severity: "warning",
            summary:
                "{{ $labels.host }} answers, and says nothing of how it is: no alert of it comes",
            action: "On it: systemctl status prometheus-node-exporter",
        },
        {
            layer: "app-services",
            alert: "SiteDown",
            // Before CommCare is installed nothing is down.
            expr: `${site} == 0 and on (host) max_over_time(${site}[14d]) == 1`,
            for: "3m",
            severity: "critical",
            summary: "the site does not answer at {{ $labels.host }}, or with an error of its own",
            action: "On it: systemctl status nginx; then the web workers behind it",
        },
    ];
}

/** What the machine under a host does to its disks. */
export function hardwareAlerts(): DueRule[] {
    const rate = (what: string) => `rate(node_disk_${what}_total[10m])`;
    const busy = `${rate("read_time_seconds")} + ${rate("write_time_seconds")}`;
    const done = `${rate("reads_completed")} + ${rate("writes_completed")}`;
    return [
        {
            layer: "hosting",
            alert: "DiskSlow",
            expr: `(${busy}) / (${done}) > 0.1 and (${done}) > 1`,
            for: "30m",
            severity: "warning",
            summary:
                "{{ $labels.device }} of {{ $labels.host }} takes {{ $value | humanizeDuration }} for each read and write",
            action: "Look at the storage that the machine's disks lie on, and at what shares it",
        },
        {
            layer: "hosting",
            alert: "DiskReadOnly",
            expr: 'node_filesystem_readonly{fstype=~"ext[234]|xfs|btrfs"} == 1',
            for: "5m",
            severity: "critical",
            summary:
                "{{ $labels.mountpoint }} of {{ $labels.host }} can only be read: kernels do so with a disk that fails",
            action: "On it: journalctl --dmesg; then look at the storage that the disk lies on",
        },
    ];
}

/** Mounts of the system, whatever else runs on the machine; what fills another is a service. */
const systemMounts = "/|/boot.*|/usr.*|/var|/var/log.*|/tmp|/home";

/** Of file systems that a layer fills. */
export function spaceAlerts(layer: string): DueRule[] {
    const onDisk = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|nfs.*|fuse.*"';
    const mounts = [
        `{${onDisk},mountpoint!~"${systemMounts}",service_layer="${layer}"}`,
        ...(layer === "operating-system" ? [`{${onDisk},mountpoint=~"${systemMounts}"}`] : []),
    ];
    const left = (share: number) =>
        mounts
            .flatMap((of) => [
                `node_filesystem_avail_bytes${of} / node_filesystem_size_bytes${of} < ${share}`,
                `node_filesystem_files_free${of} / node_filesystem_files${of} < ${share}`,
            ])
            .join(" or ");
    const summary =
        "{{ $labels.mountpoint }} of {{ $labels.host }} has {{ $value | humanizePercentage }} of its space or its inodes left";
    const action = "On it: df --human-readable; df --inodes; du --one-file-system";
    const about = { layer, summary, action } as const;
    return [
        { ...about, alert: "DiskFilling", expr: left(0.15), for: "30m", severity: "warning" },
        { ...about, alert: "DiskFull", expr: left(0.05), for: "5m", severity: "critical" },
    ];
}

function memory(layer: CommcareLayer): DueRule[] {
    const of = `{service_layer="${layer}"}`;
    return [
        {
            layer,
            alert: "MemoryUsedUp",
            expr: `node_memory_MemAvailable_bytes${of} / node_memory_MemTotal_bytes${of} < 0.05`,
            for: "15m",
            severity: "warning",
            summary: "{{ $labels.host }} has {{ $value | humanizePercentage }} of its memory left",
            action: "On it: systemd-cgtop --order=memory; larger machines follow from the plan",
        },
        {
            layer,
            alert: "ProcessKilledForMemory",
            expr: `increase(node_vmstat_oom_kill${of}[30m]) > 0`,
            severity: "warning",
            summary: "{{ $labels.host }} had no memory left, and the kernel killed what used most",
            action: "On it: journalctl --dmesg --grep 'Killed process'",
        },
    ];
}

export const clock: DueRule = {
    layer: "operating-system",
    alert: "ClockNotInStep",
    expr: "node_timex_sync_status == 0 or abs(node_timex_offset_seconds) > 0.1",
    for: "1h",
    severity: "warning",
    summary:
        "the clock of {{ $labels.host }} is set by nobody: certificates, logs and replicas go wrong by it",
    action: "On it: chronyc sources; `steward:vms.timeServers` names whom it asks",
};

/** A unit that failed is told to whoever answers for its layer. */
export function failedUnits(patterns: readonly UnitPattern[]): DueRule[] {
    return patterns.map(({ layer, names }) => ({
        layer,
        alert: "UnitFailed",
        expr: `node_systemd_unit_state{state="failed",${names}} == 1`,
        for: "5m",
        severity: "warning",
        summary: "{{ $labels.name }} of {{ $labels.host }} failed",
        action: "On it: systemctl status {{ $labels.name }}; journalctl --unit {{ $labels.name }}",
    }));
}
