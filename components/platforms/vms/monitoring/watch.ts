import type * as pulumi from "@pulumi/pulumi";
import { alertTemplates } from "../../../alert-routes";
import type { VmsCommcareSpec } from "../../../model/spec";
import type { RemoteFileArgs } from "../remote-file";
import { remoteFile } from "../remote-file";
import type { OnLayer, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { alertRules } from "./alert-rules";
import { dropIn, folder, ports, restart } from "./names";
import { probeModules, scrapes } from "./scrapes";

const [prometheus, alertmanager, probes] = [
    "prometheus",
    "prometheus-alertmanager",
    "prometheus-blackbox-exporter",
] as const;

/**
 * Prometheus, Alertmanager and the blackbox exporter on one host, each listening on loopback alone: whoever looks at
 * them comes by SSH. Everything is there before the packages, which start their services at once and for everybody.
 *
 * @param routes Alertmanager's configuration, which may hold a password: root's alone, and handed on by systemd.
 */
export function watch(
    name: string,
    host: RemoteHost,
    spec: VmsCommcareSpec,
    routes: pulumi.Output<string>,
    opts: OnLayer,
): void {
    const file = (noun: string, args: RemoteFileArgs) =>
        remoteFile(`${name}-${noun}`, host, args, opts);
    const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
    const rules = file("rules", {
        path: `${folder}/rules.json`,
        content: json({ groups: alertRules(spec) }),
        check: checked("promtool", "check rules"),
        reload: restart(prometheus),
    });
    const files = [
        rules,
        file("probes", {
            path: `${folder}/probes.yml`,
            content: json(probeModules(spec.workload.commcare.domain)),
            reload: restart(probes),
        }),
        file("probes-unit", dropIn(probes, probesUnit)),
        remoteFile(
            `${name}-scrapes`,
            host,
            {
                path: `${folder}/prometheus.yml`,
                content: json(scrapes(spec)),
                check: checked("promtool", "check config"),
                reload: restart(prometheus),
            },
            // Its check reads the rules as well: that of Ubuntu 22.04, 2.31, cannot leave them out.
            { ...opts, dependsOn: allOf([rules]) },
        ),
        file("prometheus-unit", dropIn(prometheus, prometheusUnit(spec))),
        file("templates", {
            path: `${folder}/steward.tmpl`,
            content: alertTemplates,
            reload: restart(alertmanager),
        }),
        file("routes", {
            path: `${folder}/alertmanager.yml`,
            content: routes,
            mode: "600",
            check: checked("amtool", "check-config"),
            reload: restart(alertmanager),
        }),
        file("alertmanager-unit", dropIn(alertmanager, alertmanagerUnit)),
    ];
    remotePackages(`${name}-prometheus`, host, [prometheus, alertmanager, probes], {
        ...opts,
        dependsOn: allOf(files),
    });
}

/** Prometheus's own tools come with its packages: the first configuration is there before them. */
const checked = (tool: string, verb: string) =>
    `if command -v ${tool} >/dev/null; then ${tool} ${verb} "$new" >&2; fi`;

const local = (port: number) => `--web.listen-address=127.0.0.1:${port}`;

const hardened = [
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "SystemCallArchitectures=native",
] as const;

function prometheusUnit({ platform }: VmsCommcareSpec): string[] {
    const { keepDays, keepGiB } = platform.vms.monitoring;
    return [
        "[Service]",
        "ExecStart=",
        [
            "ExecStart=/usr/bin/prometheus",
            `--config.file=${folder}/prometheus.yml`,
            "--storage.tsdb.path=/var/lib/prometheus/metrics2/",
            `--storage.tsdb.retention.time=${keepDays}d`,
            `--storage.tsdb.retention.size=${keepGiB}GB`,
            local(ports.prometheus),
        ].join(" "),
        ...hardened,
        "CapabilityBoundingSet=",
        "ReadWritePaths=/var/lib/prometheus",
    ];
}

const alertmanagerUnit = [
    "[Service]",
    `LoadCredential=alertmanager.yml:${folder}/alertmanager.yml`,
    "ExecStart=",
    [
        "ExecStart=/usr/bin/prometheus-alertmanager",
        "--config.file=${CREDENTIALS_DIRECTORY}/alertmanager.yml",
        "--storage.path=/var/lib/prometheus/alertmanager/",
        local(ports.alertmanager),
        "--cluster.listen-address=", // else it listens for others of its kind
    ].join(" "),
    ...hardened,
    "CapabilityBoundingSet=",
    "ReadWritePaths=/var/lib/prometheus/alertmanager",
];

const probesUnit = [
    "[Service]",
    "ExecStart=",
    [
        "ExecStart=/usr/bin/prometheus-blackbox-exporter",
        `--config.file=${folder}/probes.yml`,
        local(ports.probes),
    ].join(" "),
    ...hardened,
    "AmbientCapabilities=CAP_NET_RAW", // to ping
    "CapabilityBoundingSet=CAP_NET_RAW",
];
