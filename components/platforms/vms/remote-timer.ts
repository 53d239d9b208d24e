import { remoteFile } from "./remote-file";
import type { Done, OnLayer, RemoteHost } from "./remote-host";
import { allOf } from "./remote-host";

export interface RemoteTimerArgs {
    /** Name of both units, without its end. */
    readonly unit: string;
    readonly description: string;
    /** One command, run as root. */
    readonly command: string;
    /** Lines of `[Timer]`. @see https://www.freedesktop.org/software/systemd/man/latest/systemd.timer.html */
    readonly when: readonly string[];
    /** Further lines of `[Service]`: what the command may do, beyond `confined`. */
    readonly service: readonly string[];
}

/**
 * What no script of ours needs, whatever it does. Files are only read but for `ReadWritePaths` of its own.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing
 */
export const confined = [
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "SystemCallArchitectures=native",
] as const;

/** A command that a host runs by itself, again and again. */
export function remoteTimer(
    name: string,
    host: RemoteHost,
    { unit, description, command, when, service }: RemoteTimerArgs,
    opts: OnLayer,
): Done {
    const folder = "/etc/systemd/system";
    const run = remoteFile(
        `${name}-service`,
        host,
        {
            path: `${folder}/${unit}.service`,
            content: [
                "# Kept by Steward: changes by hand are undone.",
                "[Unit]",
                `Description=${description}`,
                "[Service]",
                "Type=oneshot",
                `ExecStart=${command}`,
                ...confined,
                ...service,
                "",
            ].join("\n"),
            reload: "systemctl daemon-reload",
        },
        opts,
    );
    return remoteFile(
        `${name}-timer`,
        host,
        {
            path: `${folder}/${unit}.timer`,
            content: [
                "# Kept by Steward: changes by hand are undone.",
                "[Unit]",
                `Description=${description}`,
                "[Timer]",
                ...when,
                "[Install]",
                "WantedBy=timers.target",
                "",
            ].join("\n"),
            reload: `if [ -e "$path" ]; then
    systemctl daemon-reload; systemctl --quiet enable ${unit}.timer; systemctl restart ${unit}.timer
else
    systemctl stop ${unit}.timer; rm -f ${folder}/timers.target.wants/${unit}.timer; systemctl daemon-reload
fi`,
        },
        { ...opts, dependsOn: allOf([run]) },
    );
}
