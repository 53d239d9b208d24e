import type { KeptFile } from "./remote-file";

/**
 * A command that runs after the distribution's nftables.service has started, reloaded and stopped: each of that takes
 * away every table there is, whoever made it, and a new version of the package starts the service anew where it is on.
 * Units that depend on it would be told of its stop and its reload, and not of its start. That the command fails is no
 * failure of theirs.
 *
 * @see https://packages.debian.org/bookworm/nftables its nftables.service, nftables.conf and postinst
 * @param name Of the file, without its end.
 */
export const afterNftables = (name: string, command: string) =>
    ({
        path: `/etc/systemd/system/nftables.service.d/${name}.conf`,
        content: [
            "# Kept by Steward: changes by hand are undone.",
            "[Service]",
            `ExecStartPost=-${command}`,
            `ExecReload=-${command}`,
            `ExecStopPost=-${command}`,
            "",
        ].join("\n"),
        reload: "systemctl daemon-reload",
    }) satisfies KeptFile;
