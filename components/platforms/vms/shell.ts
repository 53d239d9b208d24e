/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What every script begins with. Nothing that it makes is readable by others before it says so. */
const prelude = "set -eu; umask 077; export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin";

/** KiB below which a disk is named as the likely reason of a failure. */
const little = 16 * 1024;

/** A shell that cannot write says `I/O error`, and a program may say nothing: so the disks without room are named. */
const roomLeft = [
    "df --portability --block-size=1K --local --exclude-type=tmpfs --exclude-type=devtmpfs --exclude-type=squashfs",
    `awk 'NR > 1 && $4 < ${String(little)} { printf "%s has %d MiB left: make room on it\\n", $6, $4 / 1024 }' >&2`,
].join(" 2>/dev/null | ");

/** A script as whoever comes in runs it: standard input reaches it unchanged. */
export function asRoot(user: string, script: string): string {
    const whole = `${prelude}
set +e
(
set -e
${script.trim()}
)
code=$?
[ "$code" = 0 ] || ${roomLeft}
exit "$code"
`;
    return user === "root" ? `sh -c ${quote(whole)}` : `sudo -n sh -c ${quote(whole)}`;
}
