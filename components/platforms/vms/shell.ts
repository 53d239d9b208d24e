/** A text as one word of a POSIX shell. */
export function quote(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What every script begins with. Nothing that it makes is readable by others before it says so. */
const prelude = "set -eu; umask 077; export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin";

/** A script as whoever comes in runs it: standard input reaches it unchanged. */
export function asRoot(user: string, script: string): string {
    const whole = `${prelude}\n${script.trim()}\n`;
    return user === "root" ? `sh -c ${quote(whole)}` : `sudo -n sh -c ${quote(whole)}`;
}
