/** Brings copies back: onto an empty host, or on trial beside the data. */
export const restorePart = String.raw`
# What a snapshot has under a path. Not out of the cache: what is damaged in the repository has to be found.
fetch() { repository --no-cache dump "$1" "$2" || : >"$state/broken"; }
fetched() { [ ! -e "$state/broken" ] || fail "the repository does not give $1 back whole"; }

tables="select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"

exists() { [ "$(sql -d postgres -c "select count(*) from pg_database where datname = '$1'")" = 1 ]; }

# Into the server that PGHOST and PGPORT name, whose databases are empty where they exist.
bring_postgresql() {
    found=$(snapshots_of "$service" "$run")
    rm -f "$state/broken"
    globals=$(printf '%s\n' "$found" | awk -F '\t' '$2 ~ /\/globals.sql$/ { print $1 }')
    fetch "$globals" "/$service/globals.sql" |
        sed 's/^CREATE ROLE \(.*\);$/DO $$ BEGIN CREATE ROLE \1; EXCEPTION WHEN duplicate_object THEN NULL; END $$;/' |
        sql -d postgres -f - >/dev/null
    fetched "/$service/globals.sql"
    for path in $(printf '%s\n' "$found" | cut -f 2 | grep '\.dump$'); do
        id=$(printf '%s\n' "$found" | awk -F '\t' -v path="$path" '$2 == path { print $1 }')
        database=$(basename "$path" .dump)
        if exists "$database"; then into="$database"; create=; else into=postgres; create=--create; fi
        fetch "$id" "$path" | as_postgres pg_restore --exit-on-error --no-tablespaces $create --dbname "$into"
        fetched "$path"
    done
}

restore_postgresql() {
    present || fail "PostgreSQL is not on this host; install it first, of the same version or a newer one"
    local_server
    for path in $(snapshots_of "$service" "$run" | cut -f 2 | grep '\.dump$'); do
        database=$(basename "$path" .dump)
        if exists "$database" && [ "$(sql -d "$database" -c "$tables")" != 0 ]; then
            fail "the database $database has tables; rename or drop it first: nothing is overwritten"
        fi
    done
    bring_postgresql
}

restore_files() {
    must_be_mounted
    id=$(snapshots_of "$service" "$run" | cut -f 1)
    before=
    for path in $paths; do
        [ -d "$path" ] || continue
        [ -z "$(ls -A "$path" | grep -v '^lost+found$')" ] || fail "$path is not empty; stop its service and move it away first: nothing is overwritten"
        before="$before $path:$(stat -c %u:%g "$path")"
    done
    repository --no-cache restore "$id" --quiet --target / --verify
    # A host that was installed anew may count its accounts otherwise.
    for each in $before; do
        path=$(echo "$each" | cut -d : -f 1)
        owner=$(echo "$each" | cut -d : -f 2-)
        came=$(stat -c %u:%g "$path")
        [ "$came" = "$owner" ] || chown -R --no-dereference --from="$came" "$owner" "$path"
    done
}

restore() {
    lock
    look_up "$1"
    run=$2
    [ -n "$run" ] || run=$(newest_run "$service")
    [ -n "$run" ] || fail "the repository has no whole copy of $service"
    ended=$(snapshots "$service,whole,$run")
    [ "$(printf '%s\n' "$ended" | jq length)" != 0 ] || fail "the repository has no whole copy $run of $service; see: steward-backups list"
    "restore_$kind"
    note own "$service" "$run"
    echo "$service is as it was at $run"
}
`;
