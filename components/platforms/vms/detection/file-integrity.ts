import { textfiles } from "../monitoring/names";
import { publishing } from "../monitoring/publishing";
import { noted } from "../noted-files";

const state = "/var/lib/steward/files";

/** Where each part lies on a host. */
export const integrityPaths = {
    settings: "/etc/steward/aide.conf",
    command: "/usr/local/sbin/steward-files",
    state,
} as const;

/**
 * What is watched: what starts, who comes in, and what is configured. Data, logs and homes are not, nor what changes
 * by itself: links that packages set, certificates that are renewed (k3s' own too), the first file system of a new
 * kernel.
 *
 * @see https://manpages.ubuntu.com/manpages/jammy/man5/aide.conf.5.html Ubuntu 22.04's 0.17 is the oldest that reads it
 */
export const integritySettings = `# Kept by Steward: changes by hand are undone.
database_in=file:${state}/aide.db
database_out=file:${state}/aide.db.new
gzip_dbout=no
log_level=warning
report_level=list_entries
report_url=stdout

Content = ftype+p+u+g+n+s+acl+caps+xattrs+sha256
Place = ftype+p+u+g

!/etc/mtab
!/etc/resolv[.]conf
!/etc/adjtime
!/etc/ld[.]so[.]cache
!/etc/[.]pwd[.]lock
!/etc/(passwd|shadow|group|gshadow|subuid|subgid)-
!/etc/udev/hwdb[.]bin
!/etc/rc[0-6S][.]d
!/etc/systemd/system/[^/]+[.](wants|requires)
!/etc/letsencrypt/(archive|live|csr|keys)
!/etc/rancher/(node|k3s/k3s[.]yaml)
!/etc/(.*/)?[.]steward[.]
!/usr/lib/modules/[^/]+/modules[.]
!/usr/lib/python3/.*/__pycache__

/etc d Place
/etc Content
/boot/vmlinuz Content
/usr/bin Content
/usr/sbin Content
/usr/lib d Place
/usr/lib Content
/usr/local d Place
/usr/local Content
/root/[.](ssh|profile|bashrc) Content
/home/[^/]+/[.](ssh|profile|bashrc) Content
/var/spool/cron Content
`;

/** Each night, and soon after it is set up: the first look takes everything as it is. */
export const integrityTimer = {
    unit: "steward-files",
    description: "Looks for files that neither a package nor Steward changed",
    command: `${integrityPaths.command} check`,
    when: [
        "OnActiveSec=10min",
        "OnCalendar=*-*-* 04:00",
        "RandomizedDelaySec=30min",
        "Persistent=true",
    ],
    service: [
        "PrivateNetwork=yes",
        "PrivateTmp=yes",
        "ProtectHome=read-only",
        "CapabilityBoundingSet=CAP_DAC_READ_SEARCH",
        "StateDirectory=steward/files",
        "StateDirectoryMode=0700",
        `ReadWritePaths=-${textfiles}`,
        "Nice=19",
        "IOSchedulingClass=idle",
    ],
};

/**
 * `steward-files`: what is not as it was. A change is expected when the package database accounts for it, by a
 * package that came since and whose sums hold, or when Steward wrote the file so; never when rights or owners changed.
 * Whoever is root on the host can forge all of that: this finds those who do not know of it.
 */
export const integrityCommand = `#!/bin/sh
# Kept by Steward: changes by hand are undone.
set -eu
umask 077
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
usage='steward-files: what neither a package nor Steward changed; steward-files check: looks again; steward-files accept: takes all as it is now'
state=${state}
aide() { command aide --config ${integrityPaths.settings} "$@"; }
${publishing}
measured() {
    publish steward-files.prom <<END
# HELP steward_files_changed Files that neither a package nor Steward changed.
# TYPE steward_files_changed gauge
steward_files_changed $(wc -l <$state/changed)
# HELP steward_files_check_timestamp_seconds When that was last looked at.
# TYPE steward_files_check_timestamp_seconds gauge
steward_files_check_timestamp_seconds $(date +%s)
END
}
accept() {
    aide --init >/dev/null
    mv -f $state/aide.db.new $state/aide.db
    : >$state/changed
}
# Each difference as WHAT FLAGS PATH; flags are AIDE's letters of what differs.
differences() {
    awk '/^[A-Za-z?!][^:\\/]*: \\// {
        at = index($0, ": /"); flags = substr($0, 2, at - 2); path = substr($0, at + 2)
        if (length(flags) < 10) next
        what = flags ~ /^[+]+$/ ? "added" : flags ~ /^-+$/ ? "removed" : "changed"
        gsub(" ", "", flags)
        print what, flags, path
    }'
}
owner() { dpkg-query --search "$1" 2>/dev/null || dpkg-query --search "\${1#/usr}" 2>/dev/null; }
expected() {
    case $1$2 in changed*[pug]*) return 1 ;; esac
    if [ "$1" = removed ]; then
        case $3 in /usr/local/*) return 1 ;; /usr/*) ! owner "$3" >/dev/null; return ;; *) return 1 ;; esac
    fi
    if [ -s "${noted}$3" ] && [ "$(sha256sum <"$3" | cut -d ' ' -f 1)" = "$(cut -d ' ' -f 2 "${noted}$3")" ]; then
        return
    fi
    package=$(owner "$3") || return 1
    package=\${package%%: *}; package=\${package%%, *}
    for list in "/var/lib/dpkg/info/$package.list" "/var/lib/dpkg/info/$package:"*.list; do
        [ "$list" -nt $state/aide.db ] && ! grep -qxF -e "$3" -e "\${3#/usr}" $state/unverified && return
    done
    return 1
}
mkdir -p $state
exec 9>$state/.lock
flock 9
case "\${1-list}" in
    list) cat $state/changed 2>/dev/null || { echo 'nobody looked yet: steward-files check' >&2; exit 1; } ;;
    accept)
        accept
        measured
        logger -t steward-files -p auth.notice "\${SUDO_USER:-\${USER:-somebody}} accepted all files as they are" || true ;;
    check)
        if ! [ -e $state/aide.db ]; then accept; measured; exit; fi
        code=0
        report=$(aide --update) || code=$?
        if [ "$code" -gt 7 ]; then printf '%s\\n' "$report" >&2; exit "$code"; fi
        if [ "$code" -gt 0 ]; then dpkg --verify | sed 's|^[^/]*||' >$state/unverified || true; fi
        printf '%s\\n' "$report" | differences | while read -r what flags path; do
            expected "$what" "$flags" "$path" || printf '%s %s %s\\n' "$what" "$path" "$flags"
        done >$state/changed.part
        mv -f $state/changed.part $state/changed
        # What was expected is not looked at again; what was not stays there until somebody accepts it.
        if [ -s $state/changed ]; then rm -f $state/aide.db.new; else mv -f $state/aide.db.new $state/aide.db; fi
        measured
        cat $state/changed ;;
    *) echo "$usage"; [ "$1" = --help ] || exit 2 ;;
esac
`;
