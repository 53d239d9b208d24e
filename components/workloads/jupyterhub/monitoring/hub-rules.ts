import type { HubSpec } from "../../../model/spec/jupyterhub";
import { homesNamespace, names } from "../names";
import type { DueRule } from "../../../model/alert-rule";
import { noneServes } from "../../../model/alert-rule";
import type { ClusterWatch } from "../../../platforms/monitoring-foundation";
import { userPods } from "./names";

/** What is watched of one hub, each told to whoever answers for that part of the hub. */
export function hubRules(hub: HubSpec, { actions }: ClusterWatch): DueRule[] {
    return [
        ...itself(hub.name),
        ...servers(hub.name, actions),
        ...(hub.homes.storage === "nfs" ? homes(hub.name, actions) : []),
        ...(hub.database.kind === "sqlite-pvc" ? database(hub.name, actions) : []),
        ...certificate(hub.name),
    ];
}

function itself(hub: string): DueRule[] {
    const about = { layer: "hub", hub } as const;
    const own = `namespace="${hub}",pod!~"${userPods}|user-placeholder-.*"`;
    return [
        {
            ...about,
            alert: "HubDown",
            expr: noneServes(hub, "hub|proxy"),
            for: "5m",
            severity: "critical",
            summary: `{{ $labels.deployment }} of ${hub} does not run: nobody signs in`,
            action: `kubectl -n ${hub} describe pod -l component={{ $labels.deployment }}; then its logs`,
        },
        {
            ...about,
            alert: "HubNotAnswering",
            expr: `up{job="hub",hub="${hub}"} < 1`,
            for: "10m",
            severity: "critical",
            summary: `${hub} runs and does not answer, or not to the key of the monitoring`,
            action: `kubectl -n ${hub} logs deploy/hub; a database that hangs or is full shows there`,
        },
        {
            ...about,
            alert: "HubRestarts",
            expr: `increase(kube_pod_container_status_restarts_total{${own}}[1h]) > 3`,
            severity: "warning",
            summary: `{{ $labels.pod }} of ${hub} starts again and again`,
            action: `kubectl -n ${hub} logs --previous {{ $labels.pod }}; too little memory shows as OOMKilled`,
        },
        {
            ...about,
            alert: "HubPodWaits",
            expr: `max by (pod) (kube_pod_status_phase{${own},phase="Pending"}) > 0`,
            for: "15m",
            severity: "warning",
            summary: `{{ $labels.pod }} of ${hub} does not start`,
            action: `kubectl -n ${hub} describe pod {{ $labels.pod }}: its events say what it waits for`,
        },
    ];
}

const started = "jupyterhub_server_spawn_duration_seconds";

function servers(hub: string, actions: ClusterWatch["actions"]): DueRule[] {
    const about = { layer: "hub", hub } as const;
    const starts = (status: string) =>
        `sum(increase(${started}_count{hub="${hub}",status=~"${status}"}[30m]))`;
    return [
        {
            ...about,
            alert: "ServersFail",
            // Of two that fail one may be somebody's own broken image.
            expr: `${starts("failure")} > 2 and ${starts("failure")} / ${starts("failure|success")} > 0.25`,
            for: "5m",
            severity: "critical",
            summary: `users of ${hub} cannot start servers: {{ $value | humanizePercentage }} fail`,
            action: `kubectl -n ${hub} get events --sort-by=.lastTimestamp; then the hub's logs`,
        },
        {
            ...about,
            alert: "ServersStartSlowly",
            expr: `histogram_quantile(0.5, sum by (le) (rate(${started}_bucket{hub="${hub}",status="success"}[1h]))) > 300 and ${starts("success")} > 3`,
            for: "15m",
            severity: "warning",
            summary: `half of the users of ${hub} wait longer than five minutes for a server`,
            action: "Look for machines that start late or images that grew; seats can be kept free (placeholders)",
        },
        {
            ...about,
            alert: "UsersWaitForMachines",
            expr: `sum(kube_pod_status_unschedulable{namespace="${hub}",pod=~"${userPods}"}) > 0`,
            for: "15m",
            severity: "warning",
            summary: `for a quarter of an hour users of ${hub} wait for a machine: {{ $value }} now`,
            action: actions.UsersWaitForMachines,
        },
    ];
}

/** The server of the homes measures its own disk; what the platform sees of that disk has alarms of its own. */
function homes(hub: string, actions: ClusterWatch["actions"]): DueRule[] {
    const about = { layer: "home-storage", hub } as const;
    const of = (what: string) =>
        `node_filesystem_${what}_bytes{job="homes",hub="${hub}",mountpoint="/shared-volume"}`;
    const used = `1 - ${of("avail")} / ${of("size")}`;
    const action = actions.HomesFilling;
    return [
        {
            ...about,
            alert: "HomesFilling",
            expr: `${used} > 0.85`,
            for: "15m",
            severity: "warning",
            summary: `the homes of ${hub} are {{ $value | humanizePercentage }} full`,
            action,
        },
        {
            ...about,
            alert: "HomesFull",
            expr: `${used} > 0.95`,
            for: "5m",
            severity: "critical",
            summary: `the homes of ${hub} are {{ $value | humanizePercentage }} full: soon nobody can save`,
            action,
        },
        {
            ...about,
            alert: "HomesDown",
            expr: noneServes(homesNamespace(hub), ".+"),
            for: "5m",
            severity: "critical",
            summary: `the server of the homes of ${hub} does not run: open notebooks hang`,
            action: `kubectl -n ${homesNamespace(hub)} describe pod; a disk that is not attached shows there`,
        },
        {
            ...about,
            alert: "HomesNotMeasured",
            expr: `absent(${of("size")})`,
            for: "30m",
            severity: "warning",
            summary: `nobody knows how full the homes of ${hub} are`,
            action: `kubectl -n ${homesNamespace(hub)} logs deploy/home-nfs -c metrics-exporter`,
        },
    ];
}

/** A database that the cloud runs has alarms of the cloud's own. */
function database(hub: string, actions: ClusterWatch["actions"]): DueRule[] {
    const of = (what: string) =>
        `kubelet_volume_stats_${what}_bytes{namespace="${hub}",persistentvolumeclaim="${names.hubDatabase}"}`;
    return [
        {
            layer: "hub-database",
            hub,
            alert: "HubDatabaseFilling",
            expr: `1 - ${of("available")} / ${of("capacity")} > 0.85`,
            for: "15m",
            severity: "warning",
            summary: `the disk of the database of ${hub} is {{ $value | humanizePercentage }} full`,
            action: actions.HubDatabaseFilling,
        },
    ];
}

/** Of a certificate that was asked for; before the world finds the domain there is none. */
function certificate(hub: string): DueRule[] {
    const about = { layer: "ingress-tls", hub } as const;
    const own = `namespace="${hub}",name="${names.wayIn}"`;
    const action = `kubectl -n ${hub} describe certificate,order,challenge: the last event says what Let's Encrypt lacks`;
    return [
        {
            ...about,
            alert: "CertificateExpires",
            // It is renewed a third of its life before its end, a month of ninety days.
            expr: `certmanager_certificate_expiration_timestamp_seconds{${own}} - time() < 21 * 86400`,
            for: "1h",
            severity: "warning",
            summary: `the certificate of ${hub} ends in {{ $value | humanizeDuration }} and was not renewed`,
            action,
        },
        {
            ...about,
            alert: "CertificateNotReady",
            expr: `certmanager_certificate_ready_status{${own},condition="True"} < 1`,
            for: "1h",
            severity: "critical",
            summary: `${hub} has no certificate: browsers refuse it`,
            action,
        },
    ];
}
