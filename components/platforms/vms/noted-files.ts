/**
 * Below this a host has a line for each file that Steward wrote: mode, SHA-256 and layer. An audit goes by it where the
 * stack file alone does not tell what a file has to be, and the host's own check of files knows what is expected.
 */
export const noted = "/var/lib/steward/ours";

/** Sets `$note`, the line of a file whose content is `$new`, and `$ours`, where that stands for `$path`. */
export const notice = (mode: string, layer: string): string => `
ours="${noted}$path"
note="${mode} $(sha256sum <"$new" | cut -d ' ' -f 1) ${layer}"`;

/** Writes it down. */
export const writeNotice = `mkdir -p "$(dirname "$ours")"; printf '%s\\n' "$note" >"$ours"`;
