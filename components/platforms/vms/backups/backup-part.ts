/**
 * Makes the copies. What belongs together has the tag of its run, and one snapshot of it the tag `whole`, once all of
 * the run is in the repository: whatever was cut short is never taken for a copy, and goes with the next good run.
 */
export const backupPart = String.raw`
# Streams what a command says into a snapshot. A dump that broke off fails the run, which stays without its end.
stream() {
    name=$1
    shift
    rm -f "$state/broken"
    { "$@" || : >"$state/broken"; } |
        repository backup --quiet --host "$host" --tag "$service" --tag "$run" --stdin --stdin-filename "/$service/$name"
    [ ! -e "$state/broken" ] || fail "$name was not dumped whole"
}

new_run() { run=run-$(date -u +%Y%m%dT%H%M%SZ); }

# Straight into the repository, since a disk seldom has room for its own copy; without compression, so that restic
# finds what did not change.
copy_postgresql() {
    local_server
    new_run
    databases=$(sql -d postgres -c 'select datname from pg_database where datallowconn and not datistemplate order by 1')
    [ -z "$(printf '%s\n' "$databases" | grep -v '^[A-Za-z0-9_.-]*$')" ] || fail "a database has a name with other characters than A-Z a-z 0-9 _ . -"
    globals=$(as_postgres pg_dumpall --globals-only --no-tablespaces --no-password)
    for database in $databases; do
        stream "$database.dump" as_postgres pg_dump --format custom --compress 0 --no-tablespaces --no-password "$database"
    done
    printf '%s\n' "$globals" |
        repository backup --quiet --host "$host" --tag "$service" --tag "$run" --tag whole --stdin --stdin-filename "/$service/globals.sql"
}

# A snapshot of its own, which says nothing else: a tag that is added later is a copy with the old one deleted, and a
# repository that takes additions alone would keep both.
end_run() {
    echo "$run" |
        repository backup --quiet --host "$host" --tag "$service" --tag "$run" --tag whole --stdin --stdin-filename "/$service/whole"
}

# A file that vanishes while it is read makes a copy that lacks something: that is tried again.
copy_files() {
    set -f # patterns are restic's
    excludes=
    for pattern in $without; do excludes="$excludes --exclude $pattern"; done
    for tries in 1 2 3; do
        new_run
        if repository backup --quiet --host "$host" --tag "$service" --tag "$run" $excludes $(there); then
            end_run
            return
        fi
        sleep 2
    done
    fail "$service was not copied whole in $tries tries"
}

# Old copies, and what was cut short.
forget() {
    [ "$prune" = true ] || return 0
    repository forget --quiet --host "$host" --tag "$service,whole" --group-by host --keep-daily "$daily" --keep-weekly "$weekly" --keep-monthly "$monthly"
    found=$(snapshots "$service")
    endless=$(printf '%s\n' "$found" | jq -r '
        [.[] | {id, whole: (.tags | index("whole") != null), run: ([.tags[] | select(startswith("run-"))][0])}]
        | ([.[] | select(.whole).run]) as $kept
        | .[] | select(.run as $run | $kept | index([$run]) == null) | .id')
    [ -z "$endless" ] || repository forget --quiet $endless
}

copy() {
    look_up "$1"
    newest=$(newest_run "$service")
    if ! [ -e "$state/own/$service" ] && [ -n "$newest" ]; then
        fail "the repository has copies of $service that another disk made, so this host was replaced: restore them by 'steward-backups restore $service', or keep what is here by 'steward-backups adopt $service'"
    fi
    present || fail "$service was on this host, and is gone"
    "copy_$kind"
    note own "$service" "$run"
    forget
}

back_up() {
    lock
    failed=
    for each in $(if [ $# -gt 0 ]; then echo "$@"; else services; fi); do
        look_up "$each"
        if ! present && ! [ -e "$state/own/$each" ]; then
            echo "$each is not on this host yet"
            note backup "$each.installed" 0
            continue
        fi
        note backup "$each.installed" 1
        # In a process of its own: the shell stops at an error only where nobody asks how it went.
        if "$0" copy "$each"; then record backup "$each" 1; else record backup "$each" 0; failed="$failed $each"; fi
    done
    tell backup
    [ -z "$failed" ] || fail "not copied:$failed"
}
`;
