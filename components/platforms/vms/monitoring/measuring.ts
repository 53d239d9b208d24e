import { remoteFile } from "../remote-file";
import type { Done, OnLayer, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import type { RemoteTimerArgs } from "../remote-timer";
import { remoteTimer } from "../remote-timer";
import { textfiles } from "./names";

/** What no exporter knows of a host by itself: a script that asks, and leaves the answer for it. */
export interface Measures extends Pick<RemoteTimerArgs, "unit" | "description" | "when"> {
    /** In names of resources. */
    readonly noun: string;
    /** Of the script, absolute. */
    readonly path: string;
    readonly script: string;
}

/** Has a host measured, again and again, by root without any of its rights. */
export function measuring(
    name: string,
    host: RemoteHost,
    { noun, path, script, ...timer }: Measures,
    opts: OnLayer,
): Done {
    const program = remoteFile(
        `${name}-${noun}`,
        host,
        { path, content: script, mode: "755" },
        opts,
    );
    const service = [
        "PrivateNetwork=yes",
        "PrivateTmp=yes",
        "ProtectHome=yes",
        "CapabilityBoundingSet=",
        `ReadWritePaths=${textfiles}`,
        "Nice=10",
    ];
    return remoteTimer(
        `${name}-${noun}`,
        host,
        { ...timer, command: path, service },
        { ...opts, dependsOn: allOf([program]) },
    );
}
