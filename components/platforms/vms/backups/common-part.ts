import { publishing } from "../monitoring/publishing";
import { places } from "./places";

/** What every verb of the command needs: restic with its settings, what there is to copy, and how a run went. */
export const commonPart = String.raw`#!/bin/sh
# Copies of this host's data, off the host. Kept by Steward: changes by hand are undone.
set -eu
umask 077
cd / # postgres may not be where whoever calls is
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin
. ${places.settings}
state=${places.state}
tab=$(printf '\t')

fail() { echo "steward-backups: $*" >&2; exit 1; }

repository() {
    restic -o sftp.command='ssh -F ${places.ssh} backups -s sftp' --cache-dir ${places.cache} "$@"
}

# One at a time on this host; whoever is called by one that has the lock goes on.
lock() {
    [ -z "$(printenv STEWARD_BACKUPS_LOCKED || true)" ] || return 0
    exec 9>${places.lock}
    flock --nonblock 9 || { echo "waiting for another run" >&2; flock 9; }
    export STEWARD_BACKUPS_LOCKED=yes
    repository unlock --quiet || true # those of runs that were cut short
}

services() { cut -f 1 ${places.sources}; }

# Sets kind, paths and without.
look_up() {
    service=$1
    line=$(grep "^$service$tab" ${places.sources}) || fail "$service is not copied here; take one of:" $(services)
    kind=$(printf %s "$line" | cut -f 2)
    paths=$(printf %s "$line" | cut -f 3)
    without=$(printf %s "$line" | cut -f 4)
}

# Whether there is anything of a service on this host yet.
present() {
    case $kind in
        postgresql) command -v pg_lsclusters >/dev/null && [ -n "$(pg_lsclusters -h)" ] ;;
        files) [ -n "$(there)" ] ;;
    esac
}

# Those of the paths that there are.
there() {
    for path in $paths; do
        [ ! -d "$path" ] || echo "$path"
    done
}

# Snapshots of a service as JSON; null is what old versions say for none.
snapshots() {
    found=$(repository snapshots --json --host "$host" --tag "$1")
    printf '%s\n' "$found" | jq '(. // []) | map(.tags |= (. // []))'
}

# The newest run that came to its end.
newest_run() {
    found=$(snapshots "$1,whole")
    printf '%s\n' "$found" | jq -r '[.[].tags[] | select(startswith("run-"))] | max // empty'
}

# Of a run: number and path of each snapshot, apart by a tab; not of one that only says that it ended.
snapshots_of() {
    found=$(snapshots "$1,$2")
    printf '%s\n' "$found" | jq -r --arg marker "/$1/whole" '.[] | select(.paths[0] != $marker) | [.id, .paths[0]] | @tsv'
}

note() {
    mkdir -p "$state/$1"
    printf '%s\n' "$3" >"$state/$1/.new"
    mv -f "$state/$1/.new" "$state/$1/$2"
}

# How a kind of run (backup, restore_drill) went for a service: 1 good, 0 bad.
record() {
    note "$1" "$2.result" "$3"
    [ "$3" = 0 ] || note "$1" "$2.success" "$(date +%s)"
}

metric() {
    echo "# HELP steward_$1_$2 $4"
    echo "# TYPE steward_$1_$2 gauge"
    for file in "$state/$1"/*."$3"; do
        [ ! -e "$file" ] || echo "steward_$1_$2{service=\"$(basename "$file" ".$3")\"} $(cat "$file")"
    done
}

${publishing}

# Worked out before anything is written: of what breaks off nothing is told.
tell() {
    told=$(
        metric "$1" last_result result "Whether the last run went well."
        metric "$1" last_success_timestamp_seconds success "When a run last went well."
        [ "$1" != backup ] || metric "$1" service_installed installed "Whether there is anything of the service on this host."
        [ "$1" != restore_drill ] || metric "$1" items items "Rows or files that came back."
    )
    printf '%s\n' "$told" | publish "steward_$1.prom"
}

as_postgres() { setpriv --reuid postgres --regid postgres --init-groups -- "$@"; }
sql() { as_postgres psql --no-psqlrc --no-password --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 "$@"; }

# The server that runs on this host, for psql and its like.
local_server() {
    PGPORT=$(pg_lsclusters -h | awk '$4 ~ /^online/ { print $3; exit }')
    [ -n "$PGPORT" ] || fail "PostgreSQL is on this host and does not run; start it"
    export PGPORT
}
`;
