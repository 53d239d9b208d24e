import { places } from "./places";

/**
 * `steward-disks`: brings about every disk of the table, from whatever is there, and never writes on one that has
 * anything on it. LUKS lies below LVM, so that the whole disk is sealed, what is added to the group later included.
 *
 * @see https://man7.org/linux/man-pages/man8/wipefs.8.html
 * @see https://gitlab.com/cryptsetup/cryptsetup/-/wikis/FrequentlyAskedQuestions
 */
export const disksCommand = String.raw`#!/bin/sh
# Data disks of this host. Kept by Steward: changes by hand are undone.
#   steward-disks          brings about each of ${places.table}
#   steward-disks grow     gives each the room that its disk has grown by
#   steward-disks release  forgets them at the next start; the data stays on them
set -eu
umask 077
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin LVM_SUPPRESS_FD_WARNINGS=1
tab=$(printf '\t')
said=unchanged

fail() { echo "steward-disks: $*" >&2; exit 1; }

# What a device has on it, in the words of wipefs; nothing where it is empty.
signs() { wipefs --no-act --noheadings --output TYPE "$1" | sort -u | tr -s ' \n' ' ' | sed 's/ *$//'; }

# Refuses a device with anything on it, whatever that is: somebody may miss it. And an empty one where data was.
must_be_empty() {
    ! grep -qsF "/dev/$group/data " /etc/fstab || fail "$device is not the disk that $mount was on: nothing is written on it; attach that one, or begin anew by 'steward-disks release', 'steward-disks' and the copies (steward-backups)"
    found=$(signs "$1")
    parts=$(lsblk --noheadings --list --output NAME "$1" | wc -l)
    [ -z "$found" ] || fail "$1 has $found on it, and is none of $mount's: nothing is written on it; take another disk, or clear it yourself with wipefs if nobody misses that"
    [ "$parts" = 1 ] || fail "$1 has partitions or is in use, and is none of $mount's: nothing is written on it; take another disk"
}

sealing() { [ "$sealed" = sealed ]; }

# What the volume group lies on.
lies_on() { if sealing; then below=/dev/mapper/$group-sealed; else below=$device; fi; }

open_disk() {
    [ -b "$device" ] || fail "$device, the disk of $mount, is not there; whoever answers for hosting knows whether it is attached"
    { sealing && [ ! -b "$below" ]; } || return 0
    if ! cryptsetup isLuks "$device"; then
        must_be_empty "$device"
        cryptsetup luksFormat --batch-mode --type luks2 --label "$group" --key-file ${places.key} "$device"
        said=changed
    fi
    [ "$(blkid --probe --output value --match-tag LABEL "$device")" = "$group" ] || fail "$device is sealed and is none of $mount's: nothing is written on it; take another disk"
    cryptsetup open --key-file ${places.key} "$device" "$group-sealed"
}

make_volume() {
    if ! vgs "$group" >/dev/null 2>&1; then
        must_be_empty "$below"
        vgcreate --quiet "$group" "$below" >/dev/null
        said=changed
    fi
    pvs --noheadings --options vg_name "$below" | grep -qw "$group" || fail "$mount's volumes lie on another disk than $device; name that one, or move them with pvmove"
    if ! lvs "$group/data" >/dev/null 2>&1; then
        # What lay there before the disk was cleared is looked at below, not wiped.
        lvcreate --quiet --wipesignatures n --extents 100%FREE --name data "$group" >/dev/null
        said=changed
    fi
    lvchange --quiet --activate y "$group/data"
    case $(signs "$volume") in
        ext4) ;;
        "")
            mkfs.ext4 -q -m 1 -L "$(printf %.16s "$group")" "$volume"
            said=changed
            ;;
        *) fail "$volume has $(signs "$volume") on it: nothing is written on it; look at what was on $device before" ;;
    esac
}

# A line of a table that begins like it, and no other. Written whole, by renaming.
line_in() {
    [ "$(grep -F "$2" "$1" 2>/dev/null || true)" != "$3" ] || return 0
    { [ ! -e "$1" ] || grep -vF "$2" "$1" || true; [ -z "$3" ] || printf '%s\n' "$3"; } >"$1.steward"
    chmod 644 "$1.steward"
    sync "$1.steward"
    mv -f "$1.steward" "$1"
    systemctl daemon-reload
    said=changed
}

# Without nofail: a host whose data does not come up stops there, and its services with it. The empty folder takes no
# file, so that none of them ever writes below the disk.
hang_up() {
    ! sealing || line_in /etc/crypttab "$group-sealed " "$group-sealed UUID=$(cryptsetup luksUUID "$device") ${places.key} luks"
    line_in /etc/fstab "/dev/$group/data " "/dev/$group/data $mount ext4 defaults,nodev,nosuid 0 2"
    ! mountpoint --quiet "$mount" || { [ "$(readlink -f "$(findmnt --noheadings --output SOURCE --target "$mount")")" = "$(readlink -f "$volume")" ] || fail "$mount is another disk's already"; return 0; }
    install -d -m 755 "$mount"
    [ -z "$(ls -A "$mount")" ] || fail "$mount has files of its own, which the disk would hide; move them away first"
    chattr +i "$mount"
    mount "$mount"
    said=changed
}

grow() {
    real=$(basename "$(readlink -f "$device")")
    [ ! -w "/sys/class/block/$real/device/rescan" ] || echo 1 >"/sys/class/block/$real/device/rescan"
    ! sealing || cryptsetup resize --key-file ${places.key} "$group-sealed"
    pvresize --quiet "$below" >/dev/null
    if [ "$(vgs --noheadings --options vg_free_count "$group" | tr -d ' ')" != 0 ]; then
        lvextend --quiet --extents +100%FREE "$group/data" >/dev/null
        said=changed
    fi
    resize2fs "$volume" >/dev/null 2>&1
}

release() {
    line_in /etc/fstab "/dev/$group/data " ""
    ! sealing || line_in /etc/crypttab "$group-sealed " ""
}

# Those that the table has no more, as when they are released.
forget() {
    for group in $(sed -n 's,^/dev/\(steward_[A-Za-z0-9_]*\)/data .*,\1,p' /etc/fstab); do
        ! grep -q "$tab$group\$" ${places.table} || continue
        line_in /etc/fstab "/dev/$group/data " ""
        line_in /etc/crypttab "$group-sealed " ""
    done
}

verb=bring
[ $# = 0 ] || verb=$1
[ "$verb" != bring ] || forget
while IFS="$tab" read -r device mount sealed group <&3; do
    volume=/dev/$group/data
    lies_on
    case $verb in
        bring) open_disk; make_volume; hang_up; grow ;;
        grow) ! mountpoint --quiet "$mount" || grow ;;
        release) release ;;
        *) fail "takes nothing, grow or release" ;;
    esac
done 3<${places.table}
echo "$said"
`;
