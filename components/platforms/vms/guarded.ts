import type * as pulumi from "@pulumi/pulumi";
import { noted, noting } from "./noted-files";
import { layerOf, receive, sent } from "./remote-file";
import type { Done, OnLayer, RemoteHost, Steps } from "./remote-host";
import { allOf, onHost } from "./remote-host";
import { quote } from "./shell";

/** Seconds after which a change that nobody confirmed is rolled back. */
const window = 120;

/** A change by which somebody could lock everybody out. */
export interface Guarded {
    /** A slug; names its timer and its files. */
    readonly noun: string;
    /** What lasts, once the change is confirmed. A reboot before that brings back what was there. */
    readonly path: string;
    readonly content: pulumi.Input<string>;
    /** Fails where the file `$new` is wrong. */
    readonly check: string;
    /** Takes `$candidate` into use, a file that no restart knows. */
    readonly activate: string;
    /** Takes `$path` into use again, or nothing where that is not there. */
    readonly rollBack: string;
    /** Makes `$path` last, in use already. */
    readonly keep: string;
    /** After `$path` is gone. */
    readonly undone: string;
}

/**
 * A change that is tried before it lasts: put into use for two minutes, and kept only when a new connection came
 * through. Whatever stops in between, the host opens again by itself. Then `apply` has been done, and is not done
 * again: `confirm` finds the change gone and tries it once more, and `sure` comes by a connection after that. In all
 * other cases that one has nothing to do.
 *
 * @returns what made sure of it.
 */
export function guarded(
    name: string,
    host: RemoteHost,
    { noun, path, content, check, activate, rollBack, keep, undone }: Guarded,
    opts: OnLayer,
): Done {
    const unit = `steward-roll-back-${noun}`;
    const names = `
path=${quote(path)}
candidate=/run/steward/${noun}`;
    const backward = `${names}
rm -f "$candidate"
${rollBack}`;
    const script = (mode: "apply" | "confirm" | "sure") => `
${receive(path)}
${names}
${noting("644", layerOf(opts))}
mkdir -p /run/steward
if cmp -s "$new" "$path" && ! [ -e "$candidate" ]; then
    if [ "$(stat -c '%a %U %G' "$path")" = '644 root root' ]; then echo unchanged; exit; fi
    chown root:root "$path"; chmod 644 "$path"
    echo changed; exit
fi
armed() { systemctl --quiet is-active ${unit}.timer; }
if [ ${mode} != apply ] && armed && cmp -s "$new" "$candidate"; then
    systemctl stop ${unit}.timer
    chmod 644 "$new"; sync "$new"; mv -f "$new" "$path"; sync "$(dirname "$path")"; note
    ${keep}
    rm -f "$candidate"
    echo changed; exit
fi
${check}
systemctl stop ${unit}.timer 2>/dev/null || true
systemd-run --quiet --collect --unit ${unit} --on-active ${String(window)} --timer-property AccuracySec=1s sh -c ${quote(backward)}
cp "$new" "$candidate"
${activate}
${
    mode === "sure"
        ? `echo 'the change of ${noun} was rolled back before a new connection confirmed it; it is tried again: run this again within ${String(window)} seconds' >&2; exit 1`
        : "echo changed"
}`;
    const undo = `${names}
systemctl stop ${unit}.timer 2>/dev/null || true
rm -f "$candidate" "$path" "${noted}$path"
${undone}`;
    const stdin = sent(content);
    const step = (mode: "apply" | "confirm" | "sure", fresh: Steps["fresh"], before: Done[]) =>
        onHost(
            `${name}-${mode}`,
            host,
            { bring: script(mode), undo: mode === "sure" ? undo : ":", stdin, fresh },
            before.length === 0 ? opts : { ...opts, dependsOn: allOf(before) },
        );
    const applied = step("apply", undefined, []);
    return step("sure", "again", [step("confirm", "once", [applied])]);
}
