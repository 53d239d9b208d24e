export const evidencePath = "/usr/local/sbin/steward-evidence";

/**
 * `steward-evidence`: what a host knows of an attack, before anybody cleans up; the most fleeting first. Memory is not
 * dumped: that takes a kernel module, or the infrastructure provider, who can copy the machine as it runs.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3227#section-2.1 order of volatility
 */
export const evidenceCommand = `#!/bin/sh
# Kept by Steward: changes by hand are undone.
set -eu
umask 077
export LC_ALL=C PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
case "\${1-}" in -*) echo 'steward-evidence [FOLDER]: copies what this host knows of an attack into an archive there'; exit ;; esac
[ "$(id -u)" = 0 ] || { echo 'steward-evidence: only root may; sudo it' >&2; exit 1; }
to=\${1:-/var/lib/steward/evidence}
mkdir -p "$to"
name=$(hostname)-$(date -u +%Y%m%dT%H%M%SZ)
all=$to/$name
mkdir "$all"
trap 'rm -rf "$all"' EXIT
free=$(df --output=avail -k "$to" | tail -n 1)
[ "$free" -gt 524288 ] || { echo "less than 512 MiB are left in $to: steward-evidence FOLDER takes another one" >&2; exit 1; }
# What fails, or is not there, is evidence as well: it says so in its file.
note() { file=$1; shift; { echo "# $*"; timeout 120 "$@"; } >"$all/$file.txt" 2>&1 || echo "# ended with $?" >>"$all/$file.txt"; }
note 01-time date -u +%Y-%m-%dT%H:%M:%SZ
note 02-processes ps -eo pid,ppid,user,lstart,stat,wchan:20,args --forest
note 03-programs sh -c 'for one in /proc/[0-9]*; do echo "$one $(readlink "$one/exe") $(sha256sum <"$one/exe" 2>/dev/null)"; done'
note 04-connections ss --all --numeric --processes --tcp --udp --raw
note 05-sockets ss --all --processes --unix
note 06-sessions w
note 07-addresses ip address
note 08-routes ip route show table all
note 09-neighbours ip neighbour
note 10-firewall nft list ruleset
note 11-modules cat /proc/modules
note 12-mounts findmnt
note 13-units systemctl list-units --all --no-pager
note 14-timers systemctl list-timers --all --no-pager
note 15-unit-files systemctl list-unit-files --no-pager
note 16-sign-ins last -Faiw
note 17-failed-sign-ins lastb -Faiw
note 18-kernel dmesg --time-format iso
note 19-owners cat /etc/steward/owners.json
note 20-files steward-files
note 21-packages sh -c 'dpkg --verify; dpkg-query --list'
note 22-rights find / -xdev -type f -perm /6000 -exec ls -l --time-style=full-iso {} +
note 23-recent find /etc /usr /root /home /tmp /var/tmp /dev/shm -xdev -type f -ctime -7 -printf '%C+ %m %u %s %p\\n'
note 24-journal journalctl --no-pager --output short-iso-precise --since -7days
set --
for path in /etc/passwd /etc/shadow /etc/group /etc/sudoers /etc/sudoers.d /etc/ssh /etc/crontab /etc/cron.d /var/spool/cron /etc/systemd/system /etc/ld.so.preload /root/.ssh /root/.bash_history /home/*/.ssh /home/*/.bash_history /var/log/audit /var/log/auth.log /var/log/auth.log.1 /var/log/fail2ban.log /var/log/apt /var/log/dpkg.log /var/lib/steward/files; do
    if [ -e "$path" ]; then set -- "$@" "\${path#/}"; fi
done
tar --create --file "$all/files.tar" --directory / --warning=no-file-changed "$@" 2>"$all/files.txt" || true
tar --create --gzip --file "$to/$name.tar.gz.part" --directory "$to" "$name"
sync "$to/$name.tar.gz.part"
mv "$to/$name.tar.gz.part" "$to/$name.tar.gz"
logger -t steward-evidence -p auth.warning "\${SUDO_USER:-\${USER:-somebody}} took $name.tar.gz" || true
echo "$to/$name.tar.gz"
sha256sum "$to/$name.tar.gz" | cut -d ' ' -f 1
echo 'It holds password hashes, and lies on the host that was attacked: copy it away, and note the sum elsewhere. To call:'
for layer in threat-response intrusion-detection hosting; do steward-owner "$layer" || true; done
`;
