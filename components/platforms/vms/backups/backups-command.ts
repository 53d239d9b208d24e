import { backupPart } from "./backup-part";
import { commonPart } from "./common-part";
import { drillPart } from "./drill-part";
import { restorePart } from "./restore-part";

const verbs = String.raw`
usage="steward-backups: copies of this host's data, off the host
  list                    the copies that there are; one that is whole says so
  back-up [SERVICE...]    makes copies now
  restore SERVICE [RUN]   brings the newest copy back, or that of a run, where nothing is yet
  adopt SERVICE           on a host that was replaced: what is here now is right, copy it
  drill                   brings the newest copies back on trial, and throws them away
  restic ARGUMENT...      restic, with the repository of this host"

# Makes the repository where there is none; a wrong password or a silent server is no reason to make one.
prepare() {
    if repository cat config >/dev/null 2>&1; then echo unchanged; return; fi
    repository init >/dev/null
    echo changed
}

verb=help
[ $# = 0 ] || { verb=$1; shift; }
case $verb in
    list) repository snapshots --host "$host" ;;
    back-up) back_up "$@" ;;
    restore) [ $# -ge 1 ] || fail "name a service; take one of:" $(services); [ $# -ge 2 ] || set -- "$1" ""; restore "$1" "$2" ;;
    adopt) [ $# = 1 ] || fail "name a service; take one of:" $(services); look_up "$1"; note own "$1" adopted ;;
    drill) drill ;;
    restic) repository "$@" ;;
    prepare) prepare ;;
    copy) copy "$1" ;; # of back-up
    try) try "$1" ;; # of drill
    *) echo "$usage" ;;
esac
`;

/** `steward-backups`: everything about the copies of a host is one command, which timers and people run alike. */
export const backupsCommand = [commonPart, backupPart, restorePart, drillPart, verbs].join("");
