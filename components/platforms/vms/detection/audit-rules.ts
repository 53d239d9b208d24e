import { noted } from "../noted-files";

/**
 * What the kernel writes down of whoever does it: few rules, each of something that an intruder has to do and a
 * cluster does seldom. What the benchmark of CIS and the STIG of Ubuntu ask for beyond them fills a log that nobody reads.
 *
 * @see https://www.cisecurity.org/benchmark/ubuntu_linux
 * @see https://stigviewer.cyberprotection.com/stigs/canonical_ubuntu_24.04_lts/2025-05-16/finding/V-270806
 * @see https://man7.org/linux/man-pages/man7/audit.rules.7.html
 */
const watched: readonly { readonly key: string; readonly why: string; readonly paths: string[] }[] =
    [
        {
            key: "identity",
            why: "who there is",
            paths: [
                "/etc/passwd",
                "/etc/shadow",
                "/etc/group",
                "/etc/gshadow",
                "/etc/security/opasswd",
            ],
        },
        {
            key: "privilege",
            why: "who may be root",
            paths: ["/etc/sudoers", "/etc/sudoers.d"],
        },
        {
            key: "way-in",
            why: "how SSH lets in",
            paths: ["/etc/ssh", "/root/.ssh", "/etc/pam.d"],
        },
        {
            key: "time",
            why: "what time it is, and where",
            paths: ["/etc/localtime", "/etc/chrony"],
        },
        {
            key: "start",
            why: "what starts by itself",
            paths: ["/etc/systemd/system", "/etc/crontab", "/etc/cron.d", "/var/spool/cron"],
        },
        {
            key: "audit",
            why: "what is written down",
            paths: ["/etc/audit", "/etc/fail2ban"],
        },
        {
            key: "steward",
            why: "whose the host is, and its firewall",
            paths: ["/etc/steward", noted],
        },
    ];

const calls: readonly { readonly key: string; readonly why: string; readonly of: string }[] = [
    { key: "time", why: "the clock is set by hand", of: "settimeofday,clock_settime" },
    {
        key: "modules",
        why: "the kernel is changed",
        of: "init_module,finit_module,delete_module",
    },
    // By mount until util-linux 2.39, which Ubuntu 24.04 has, and by move_mount since.
    { key: "mounts", why: "somebody mounts", of: "mount,move_mount,umount2" },
];

/** Calls by people who signed in, as root too: a daemon that sets the clock or mounts does its work. */
const people = "-F auid!=unset";

/** Rules as auditctl reads them; each call for both sizes of word, since a program may be of either. */
export const auditRules = [
    "## Kept by Steward: changes by hand are undone.",
    ...watched.flatMap(({ key, why, paths }) => [
        `## ${why}`,
        ...paths.map((path) => `-w ${path} -p wa -k ${key}`),
    ]),
    ...calls.flatMap(({ key, why, of }) => [
        `## ${why}`,
        ...["b64", "b32"].map(
            (word) => `-a always,exit -F arch=${word} -S ${of} ${people} -k ${key}`,
        ),
    ]),
    "",
].join("\n");

/** By what `ausearch --key` finds what each rule has written down. */
export const auditKeys = [...new Set([...watched, ...calls].map(({ key }) => key))];

export const auditRulesPath = "/etc/audit/rules.d/60-steward.rules";

/**
 * Takes the rules into use where auditd runs. A container has no audit of its own: there it is an alert that tells so,
 * and no `up` that stops.
 */
export const loadAuditRules =
    "if systemctl --quiet is-active auditd; then augenrules --load >&2; fi";
