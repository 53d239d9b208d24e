/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What every script begins with. Nothing that it makes is readable by others before it says so. */
const prelude = "set -eu; umask 077; export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin";

/** Below so many KiB, or so many files that could still be made, a disk is named as the likely reason of a failure. */
const little = { room: 16 * 1024, files: 1_000 } as const;

/** The host's own disks, of which awk says something. */
const disks = (unit: string, rule: string) =>
    [
        `df --portability ${unit} --local --exclude-type=tmpfs --exclude-type=devtmpfs --exclude-type=squashfs`,
        `awk 'NR > 1 && ${rule}' >&2`,
    ].join(" 2>/dev/null | ");

/**
 * A shell that cannot write says `I/O error`, and a program may say nothing: so the disks without room are named. A
 * filesystem that counts no files has 0 of them.
 */
const roomLeft = [
    disks(
        "--block-size=1K",
        `$4 < ${String(little.room)} { printf "%s has %d MiB left: make room on it\\n", $6, $4 / 1024 }`,
    ),
    disks(
        "--inodes",
        `$2 > 0 && $4 < ${String(little.files)} { printf "%s has room for %d more files: remove some from it\\n", $6, $4 }`,
    ),
].join("; ");

/** A script as whoever comes in runs it: standard input reaches it unchanged. */
export function asRoot(user: string, script: string): string {
    const whole = `${prelude}
set +e
(
set -e
${script.trim()}
)
code=$?
[ "$code" = 0 ] || { ${roomLeft}; }
exit "$code"
`;
    return user === "root" ? `sh -c ${quote(whole)}` : `sudo -n sh -c ${quote(whole)}`;
}
