/**
 * Below this a host has a line for each file that Steward wrote: mode, SHA-256 and layer. An audit goes by it where the
 * stack file alone does not tell what a file has to be, and the host's own check of files knows what is expected.
 */
export const noted = "/var/lib/steward/noted";

/** Defines `note`, which writes that down of `$path` as it is by then. */
export const noting = (mode: string, layer: string): string => `
note() {
    line="${mode} $(sha256sum <"$path" | cut -d ' ' -f 1) ${layer}"
    [ "$line" != "$(cat "${noted}$path" 2>/dev/null)" ] || return 0
    mkdir -p "$(dirname "${noted}$path")"; printf '%s\\n' "$line" >"${noted}$path"
}`;
