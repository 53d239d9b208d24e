import * as pulumi from "@pulumi/pulumi";
import { Layer } from "../../layer";
import { rowName } from "../../model/matrix";
import { noted, noting } from "./noted-files";
import type { Done, OnLayer, RemoteHost } from "./remote-host";
import { onHost } from "./remote-host";
import { quote } from "./shell";

export interface RemoteFileArgs {
    /** Absolute. */
    readonly path: string;
    readonly content: pulumi.Input<string>;
    /** Octal; 644 by default. */
    readonly mode?: string;
    /** A command that fails where the file `$new` is wrong; it is run before anything is replaced. */
    readonly check?: string;
    /** What takes the file into use: run after it changed, and after it is gone again. */
    readonly reload?: string;
}

/** One whose content is known before anything is deployed, and no secret. */
export interface KeptFile extends RemoteFileArgs {
    readonly content: string;
}

/**
 * Reads standard input into `$new`, beside the file it is for: a length in bytes on the first line, then the
 * content. What did not arrive whole changes nothing. What an earlier run left that was cut short is cleared away.
 */
export const receive = (path: string): string => `
path=${quote(path)}
[ -d "$(dirname "$path")" ] || install -d -m 755 "$(dirname "$path")"
part="$(dirname "$path")/.steward.$(basename "$path")"
rm -f "$part".??????
new=$(mktemp "$part.XXXXXX")
trap 'rm -f "$new"' EXIT
trap 'exit 1' HUP INT PIPE TERM
read -r length
cat >"$new"
[ "$(wc -c <"$new")" -eq "$length" ] || { echo "the content of $path did not arrive whole" >&2; exit 1; }`;

/** Content as `receive` reads it. */
export const sent = (content: pulumi.Input<string>): pulumi.Output<string> =>
    pulumi.output(content).apply((text) => `${String(Buffer.byteLength(text))}\n${text}`);

/** Where a file that was there before ours is kept. */
const keptBefore = 'kept="/var/lib/steward/before$path"';

/** The layer that something on a host is part of. */
export const layerOf = ({ parent }: OnLayer): string =>
    parent instanceof Layer ? rowName(parent.owner) : "operating-system";

/**
 * A file on a host: whole or not at all, whatever happens while it is written. What was there before comes back
 * when it is deleted.
 */
export function remoteFile(
    name: string,
    host: RemoteHost,
    { path, content, mode = "644", check, reload }: RemoteFileArgs,
    opts: OnLayer,
): Done {
    const bring = `
${receive(path)}
chmod ${mode} "$new"
${noting(mode, layerOf(opts))}
if cmp -s "$new" "$path" && [ "$(stat -c '%a %U %G' "$path")" = '${mode} root root' ]; then
    note; echo unchanged; exit
fi
${check ?? ":"}
${keptBefore}
if [ -e "$path" ] && ! [ -e "$kept" ] && ! [ -e /var/lib/steward/ours"$path" ]; then
    mkdir -p "$(dirname "$kept")"; cp -a "$path" "$kept.part"; sync "$kept.part"; mv -f "$kept.part" "$kept"
fi
mkdir -p "$(dirname "/var/lib/steward/ours$path")"; : >"/var/lib/steward/ours$path"
sync "$new"
mv -f "$new" "$path"
sync "$(dirname "$path")"
note
${reload ?? ":"}
echo changed`;
    const undo = `
path=${quote(path)}
${keptBefore}
if [ -e "$kept" ]; then mv -f "$kept" "$path"; else rm -f "$path"; fi
rm -f "/var/lib/steward/ours$path" "${noted}$path"
${reload ?? ":"}`;
    return onHost(name, host, { bring, undo, stdin: sent(content) }, opts);
}
