import type { Guarded } from "./guarded";

/** Where sshd looks for a candidate: gone after a restart, so that nothing untried outlives one. */
const tried = "/run/steward/sshd.d";
const path = "/etc/ssh/sshd_config.d/00-steward.conf";

const reload = "systemctl try-reload-or-restart ssh";

/**
 * How people come in: with a key, and as themselves. sshd takes the first value that it reads, so that this file
 * goes before the distribution's own.
 *
 * @param user Whoever Steward comes in as; root keeps its way in by key while that is root.
 * @see https://man.openbsd.org/sshd_config
 * @see https://infosec.mozilla.org/guidelines/openssh
 */
export function sshSettings(user: string): Guarded & { readonly content: string } {
    const content = [
        "# Kept by Steward: changes by hand are undone.",
        `Include ${tried}/*.conf`,
        `PermitRootLogin ${user === "root" ? "prohibit-password" : "no"}`,
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "PermitEmptyPasswords no",
        "AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/steward-keys/%u",
        "X11Forwarding no",
        "AllowAgentForwarding no",
        "MaxAuthTries 4",
        "LoginGraceTime 30",
        "LogLevel VERBOSE",
        "",
    ].join("\n");
    return {
        noun: "ssh",
        path,
        content,
        check: [
            'whole=$(mktemp); cat "$new" /etc/ssh/sshd_config >"$whole"',
            `mkdir -p /run/sshd; sshd -t -f "$whole" || { rm -f "$whole"; exit 1; }; rm -f "$whole"`,
        ].join("\n"),
        // Its own Include is what reads the candidate: without this file there is none, so it is written at first.
        activate: [
            `mkdir -p ${tried}`,
            `grep -v '^Include ' "$candidate" >${tried}/candidate.conf`,
            `[ -e ${path} ] || { printf 'Include ${tried}/*.conf\\n' >${path}.part; chmod 644 ${path}.part; mv ${path}.part ${path}; }`,
            reload,
        ].join("\n"),
        rollBack: `rm -f ${tried}/candidate.conf; ${reload}`,
        keep: `rm -f ${tried}/candidate.conf; ${reload}`,
        undone: `rm -f ${tried}/candidate.conf; ${reload}`,
    };
}
