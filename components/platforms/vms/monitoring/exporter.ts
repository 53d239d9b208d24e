import { exporterPort } from "../../../model/commcare/host-rules";
import { remoteFile } from "../remote-file";
import type { Done, OnLayer, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { measuring } from "./measuring";
import { dropIn, textfiles } from "./names";
import { patchMeasures } from "./patch-measures";

/**
 * What each host says of itself, to the monitoring host alone: the firewall lets nobody else in, and the unit hears
 * nobody else where a kernel filters for it.
 *
 * @param watchers Addresses of the monitoring host.
 */
export function exporter(
    name: string,
    host: RemoteHost,
    watchers: readonly string[],
    opts: OnLayer,
): Done {
    // Before the package, which starts its service at once and for everybody.
    const settings = remoteFile(
        `${name}-exporter`,
        host,
        dropIn("prometheus-node-exporter", [
            "[Unit]",
            "StartLimitIntervalSec=0",
            "[Service]",
            "ExecStart=",
            [
                "ExecStart=/usr/bin/prometheus-node-exporter",
                `--web.listen-address=:${exporterPort}`,
                `--collector.textfile.directory=${textfiles}`,
                "--collector.systemd",
                "--collector.systemd.unit-exclude=.+[.](automount|device|scope|slice|target|path|swap)",
            ].join(" "),
            "RestartSec=5",
            "IPAddressDeny=any",
            `IPAddressAllow=localhost ${watchers.join(" ")}`,
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "ProtectKernelModules=yes",
            "ProtectControlGroups=yes",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            "RestrictNamespaces=yes",
            "RestrictRealtime=yes",
            "LockPersonality=yes",
            "MemoryDenyWriteExecute=yes",
            "SystemCallArchitectures=native",
        ]),
        opts,
    );
    // The exporter asks systemd for its units over D-Bus, which a small installation may lack.
    const packages = ["prometheus-node-exporter", "dbus"];
    const tool = remotePackages(`${name}-node-exporter`, host, packages, {
        ...opts,
        dependsOn: allOf([settings]),
    });
    return measuring(name, host, patchMeasures, { ...opts, dependsOn: allOf([tool]) });
}
