import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { DiskSpec } from "../../../model/spec/vms-disks";
import { receive, remoteFile, sent } from "../remote-file";
import type { Done, RemoteHost } from "../remote-host";
import { allOf, onHost } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { disksCommand } from "./disks-command";
import { places } from "./places";

export interface DisksArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly disks: readonly DiskSpec[];
    /** Opens what is sealed: `steward:secrets.hosts.disksKey`. */
    readonly key: pulumi.Output<string> | undefined;
    readonly after: readonly Done[];
}

const timer = "steward-grow-disks.timer";

/** Disks of a host for the data of its services: each a logical volume, sealed unless it says otherwise. */
export class Disks extends Layer {
    /** What lies on the disks waits for this. */
    readonly mounted: Done;

    constructor(name: string, args: DisksArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Disks", name, args, opts);
        const { host, disks, key, after } = args;
        const from = (...things: Done[]) => ({ parent: this, dependsOn: allOf(things) });
        const sealed = disks.some(({ encrypted }) => encrypted);
        const packages = ["lvm2", "e2fsprogs", ...(sealed ? ["cryptsetup", "cryptsetup-bin"] : [])];
        const tools = remotePackages(`${name}-lvm`, host, packages, from(...after));
        const command = { path: places.command, content: disksCommand, mode: "755" };
        const table = { path: places.table, content: tableText(disks) };
        const there = [
            tools,
            remoteFile(`${name}-command`, host, command, from(...after)),
            remoteFile(`${name}-table`, host, table, from(...after)),
            ...(sealed ? [keyFile(`${name}-key`, host, key, from(...after))] : []),
        ];
        this.mounted = onHost(
            `${name}-mounted`,
            host,
            // The table is part of it, so that another disk in it is brought about.
            {
                bring: `# ${disks.map(({ mount }) => mount).join(" ")}\n${places.command}`,
                undo: `${places.command} release`,
            },
            from(...there),
        );
        const unit = remoteFile(`${name}-unit`, host, growService, from(...after));
        const clock = remoteFile(`${name}-timer`, host, growTimer, from(...after));
        onHost(
            `${name}-growing`,
            host,
            {
                bring: `if systemctl --quiet is-active ${timer} && systemctl --quiet is-enabled ${timer}; then echo unchanged; exit; fi
systemctl --quiet enable --now ${timer}
echo changed`,
                undo: `systemctl --quiet disable --now ${timer} 2>/dev/null || true`,
            },
            from(this.mounted, unit, clock),
        );
        this.registerOutputs();
    }
}

/** A line each, its parts apart by tabs. */
function tableText(disks: readonly DiskSpec[]): string {
    const lines = disks.map(({ device, mount, encrypted }) =>
        [device, mount, encrypted ? "sealed" : "plain", groupOf(mount)].join("\t"),
    );
    return `${lines.join("\n")}\n`;
}

/** The volume group of a folder, which keeps it when the disk below changes: /opt/data is steward_opt_data. */
const groupOf = (mount: string) => `steward${mount.replaceAll(/[^A-Za-z0-9]/g, "_")}`;

/**
 * The key on the host. It lasts: without it what it sealed is lost, so that neither another secret nor giving the
 * disks up takes it away.
 */
function keyFile(
    name: string,
    host: RemoteHost,
    key: pulumi.Output<string> | undefined,
    opts: Parameters<typeof onHost>[3],
): Done {
    const bring = `
${receive(places.key)}
if cmp -s "$new" ${places.key}; then echo unchanged; exit; fi
[ ! -e ${places.key} ] || { echo "the disks of ${host.name} are sealed with another key than steward:secrets.hosts.disksKey; add the new one with cryptsetup luksAddKey first, then move ${places.key} away" >&2; exit 1; }
chmod 400 "$new"; sync "$new"; mv -f "$new" ${places.key}
echo changed`;
    const content = pulumi.secret((key ?? pulumi.output("")).apply((text) => text.trim()));
    return onHost(name, host, { bring, undo: ":", stdin: sent(content) }, opts);
}

const reload = "systemctl daemon-reload";

const growService = {
    path: "/etc/systemd/system/steward-grow-disks.service",
    content: `[Unit]
Description=Room that data disks have grown by

[Service]
Type=oneshot
ExecStart=${places.command} grow
ProtectHome=yes
PrivateTmp=yes
RestrictAddressFamilies=AF_UNIX AF_NETLINK
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
UMask=0077
`,
    reload,
};

const growTimer = {
    path: `/etc/systemd/system/${timer}`,
    content: `[Unit]
Description=Room that data disks have grown by

[Timer]
OnCalendar=hourly
RandomizedDelaySec=10min

[Install]
WantedBy=timers.target
`,
    reload,
};
