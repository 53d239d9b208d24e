import { objectStore } from "../../../model/commcare/object-store";
import { buildLines, programs } from "./go-program";

const settings = "/etc/object-store.env";
const installer = "/usr/local/sbin/install-object-store";
const unit = "object-store.service";

/**
 * What the machine with the object store does at its first start; commcare-cloud knows no such store. It mounts its
 * disk of data itself, and makes a file system on it only where there is none: the disk outlives the machine.
 *
 * @param device Where the disk of data is found.
 * @param secretKey What HQ signs its requests with.
 * @see https://github.com/versity/versitygw/wiki
 */
export function objectStoreStart(
    device: string,
    secretKey: string,
): Readonly<Record<string, unknown>> {
    const { accessKey } = objectStore;
    return {
        write_files: [
            {
                path: settings,
                permissions: "0600",
                content: `ROOT_ACCESS_KEY_ID=${accessKey}\nROOT_SECRET_ACCESS_KEY=${secretKey}\n`,
            },
            { path: `/etc/systemd/system/${unit}`, permissions: "0644", content: unitText() },
            { path: installer, permissions: "0755", content: installScript(device) },
        ],
        runcmd: [["snap", "wait", "system", "seed.loaded"], [installer]],
    };
}

/** A store that reaches its own directory and nothing else of the machine. */
function unitText(): string {
    const { directory, port } = objectStore;
    return [
        "[Unit]",
        "Description=Object store of the cluster (S3)",
        "Wants=network-online.target",
        "After=network-online.target",
        // Without its disk it would write on the system's.
        "RequiresMountsFor=/opt/data",
        "",
        "[Service]",
        "User=objects",
        `EnvironmentFile=${settings}`,
        `ExecStart=${programs}/versitygw --port :${String(port)} --health /health --quiet posix ${directory}`,
        "Restart=always",
        "RestartSec=5",
        "LimitNOFILE=65536",
        "NoNewPrivileges=yes",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        `ReadWritePaths=${directory}`,
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "PrivateDevices=yes",
        "ProtectKernelTunables=yes",
        "ProtectControlGroups=yes",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
        "",
    ].join("\n");
}

/**
 * For root, and may be run again: a disk with data stays as it is, the program is built anew. Another version is
 * installed by naming it with its sum.
 */
export function installScript(device: string): string {
    const { module, version, sum, directory, bucket } = objectStore;
    return [
        "#!/bin/bash",
        "# Installs the object store, or another version of it: install-object-store VERSION SUM",
        "set -euo pipefail",
        `version=\${1:-} sum=\${2:-} disk=${device}`,
        'for _ in $(seq 60); do if test -e "$disk"; then break; fi; sleep 5; done',
        'found=0; blkid -p "$disk" > /dev/null || found=$?',
        "case $found in",
        "    0) ;;",
        '    2) mkfs.ext4 -q "$disk" ;;',
        '    *) echo "what is on $disk cannot be told; nothing was written" >&2; exit 1 ;;',
        "esac",
        "mkdir -p /opt/data",
        'grep -qF "$disk" /etc/fstab || echo "$disk /opt/data ext4 noatime,nofail 0 2" >> /etc/fstab',
        "systemctl daemon-reload",
        "mountpoint -q /opt/data || mount /opt/data",
        "id objects > /dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin objects",
        `install -d -o objects -g objects -m 0700 ${directory} ${directory}/${bucket}`,
        ...buildLines({ module, path: "/cmd/versitygw", version, sum }),
        `systemctl enable ${unit}`,
        `systemctl restart ${unit}`,
        "",
    ].join("\n");
}
