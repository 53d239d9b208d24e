import type { GoProgram } from "./go-program";
import { buildLines, programs } from "./go-program";

/** Ubuntu 22.04 has one that knows no identity of a machine. The homes of hubs are copied by the same version. */
const rclone: GoProgram = {
    module: "github.com/rclone/rclone",
    path: "",
    version: "v1.71.0",
    sum: "h1:PK1+IUs3EL3pCdqaeHBPCiDcBpw3MWaMH1eWJsfC2ww=",
};

export interface SharedCopyStart {
    /** Host and path of the share, as `mount` takes them. */
    readonly share: string;
    /** The account that it is copied to. */
    readonly accountName: string;
    /** When copying begins, an hour of the day, UTC. */
    readonly hourUtc: number;
}

/** Containers of that account: what is copied, and when that last went well. */
export const copyContainers = { shared: "shared", runs: "runs" } as const;

const copier = "/usr/local/sbin/copy-shared-directory";
const installer = "/usr/local/sbin/install-shared-copy";
const unit = "/etc/systemd/system/shared-copy";

/** What the machine that copies the shared directory does at its first start; commcare-cloud knows nothing of it. */
export function sharedCopyStart(start: SharedCopyStart) {
    const executable = (path: string, content: string) => ({ path, permissions: "0755", content });
    const readable = (path: string, lines: readonly string[]) => {
        return { path, permissions: "0644", content: [...lines, ""].join("\n") };
    };
    return {
        packages: ["nfs-common"],
        write_files: [
            executable(copier, copyScript(start)),
            executable(installer, installScript()),
            readable(`${unit}.service`, serviceLines),
            readable(`${unit}.timer`, timerLines(start.hourUtc)),
        ],
        runcmd: [["snap", "wait", "system", "seed.loaded"], [installer]],
    };
}

/**
 * Makes the container like the share: what is new is written, what is gone is deleted, and the container keeps what
 * was there before. Links are written as files that say where they lead. Says when it went well where somebody looks.
 *
 * @see https://rclone.org/azureblob/#authentication by the identity of the machine
 */
export function copyScript({ share, accountName }: SharedCopyStart): string {
    const to = (container: string) =>
        `:azureblob,account=${accountName},use_msi=true,no_check_container=true:${container}`;
    return [
        "#!/bin/bash",
        "# Copies the shared directory to another account; shared-copy.timer says when.",
        "set -euo pipefail",
        // Of the service's own: nobody else sees it, and it goes with the service.
        'share="$RUNTIME_DIRECTORY/share"',
        'mkdir -p "$share"',
        `mount -t nfs -o ro,vers=4.1,sec=sys,nconnect=4,noresvport ${share} "$share"`,
        `${programs}/rclone sync "$share" ${to(copyContainers.shared)} --links --transfers=8 --log-level=NOTICE`,
        `date --utc --iso-8601=seconds | ${programs}/rclone rcat ${to(copyContainers.runs)}/last`,
        "",
    ].join("\n");
}

const serviceLines = [
    "[Unit]",
    "Description=Copy of the shared directory",
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=${copier}`,
    "RuntimeDirectory=shared-copy",
    "PrivateMounts=yes",
    "PrivateTmp=yes",
    "ProtectHome=yes",
    "ProtectSystem=strict",
    "Environment=RCLONE_CONFIG=/tmp/rclone.conf RCLONE_CACHE_DIR=/tmp",
    "NoNewPrivileges=yes",
    "Nice=10",
    "IOSchedulingClass=idle",
    "TimeoutStartSec=20h",
];

const timerLines = (hourUtc: number) => [
    "[Unit]",
    "Description=Copy of the shared directory, each day",
    "",
    "[Timer]",
    `OnCalendar=*-*-* ${String(hourUtc).padStart(2, "0")}:00:00 UTC`,
    "Persistent=true",
    "",
    "[Install]",
    "WantedBy=timers.target",
];

function installScript(): string {
    return [
        "#!/bin/bash",
        "# Installs what copies the shared directory, or another version of it: install-shared-copy VERSION SUM",
        "set -euo pipefail",
        "version=${1:-} sum=${2:-}",
        ...buildLines(rclone),
        "systemctl daemon-reload",
        "systemctl enable --now shared-copy.timer",
        "",
    ].join("\n");
}
