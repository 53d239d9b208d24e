/** The restore drill: the newest copies are brought back beside the data, counted, and thrown away. */
export const drillPart = String.raw`
# Twice its size has to be free: indices are made anew, and a full disk would harm the host.
room() {
    size=0
    for id in $(snapshots_of "$service" "$run" | cut -f 1); do
        size=$((size + $(repository stats --json --mode restore-size "$id" | jq .total_size)))
    done
    free=$(df --block-size=1 --output=avail "$scratch" | tail -n 1)
    [ "$free" -gt $((2 * size)) ] || fail "a drill of $service takes $((2 * size)) bytes in $scratch, and $free are free; name a larger folder as steward:vms.backups.drill.folder"
}

end_drill() {
    [ -z "$server" ] || as_postgres "$server/pg_ctl" --silent --mode immediate --pgdata "$trial/data" stop || true
    rm -rf --one-file-system "$trial"
}

# A server of its own, which nobody reaches but by its socket.
drill_postgresql() {
    version=$(pg_lsclusters -h 2>/dev/null | awk '{ print $1; exit }')
    bin=/usr/lib/postgresql/$version/bin
    [ -n "$version" ] && [ -x "$bin/initdb" ] || fail "there are copies of PostgreSQL, and it is not on this host"
    chown postgres: "$trial"
    as_postgres test -w "$trial" || fail "postgres may not enter $trial; name a folder that everybody may pass to as steward:vms.backups.drill.folder"
    as_postgres "$bin/initdb" --auth peer --encoding UTF8 --no-sync --pgdata "$trial/data" >/dev/null
    as_postgres "$bin/pg_ctl" --silent --wait --pgdata "$trial/data" --log "$trial/log" \
        -o "-h '' -k $trial -p 5432 -c fsync=off -c max_connections=10" start
    server=$bin
    export PGHOST="$trial" PGPORT=5432
    bring_postgresql
    items=0
    all=0
    for database in $(sql -d postgres -c 'select datname from pg_database where datallowconn and not datistemplate'); do
        all=$((all + $(sql -d "$database" -c "$tables")))
        items=$((items + $(sql -d "$database" -c "
            select coalesce(sum((xpath('/row/n/text()', query_to_xml(
                format('select count(*) as n from %I.%I', schemaname, tablename), false, true, '')))[1]::text::bigint), 0)
            from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")))
    done
    [ "$all" = 0 ] || [ "$items" -gt 0 ] || fail "all $all tables came back empty"
}

drill_files() {
    repository --no-cache restore "$(snapshots_of "$service" "$run" | cut -f 1)" --quiet --target "$trial" --verify
    items=$(find "$trial" -type f | wc -l)
}

try() {
    look_up "$1"
    run=$(newest_run "$service")
    [ -n "$run" ] || fail "the repository has no whole copy of $service"
    mkdir -p "$scratch"
    room
    chmod 711 "$scratch"
    trial=$(mktemp -d "$scratch/$service.XXXXXX")
    server=
    trap end_drill EXIT
    "drill_$kind"
    note restore_drill "$service.items" "$items"
    echo "$service came back as it was at $run: $items rows or files"
}

# A part of everything is read as well, not of the newest copies alone.
drill() {
    lock
    failed=
    sound=1
    { [ "$prune" != true ] || repository prune --quiet; } && repository check --quiet --read-data-subset=5% ||
        { sound=0; failed=" the repository"; }
    for each in $(services); do
        run=$(newest_run "$each") || { record restore_drill "$each" 0; failed="$failed $each"; continue; }
        [ -n "$run" ] || [ -e "$state/own/$each" ] || continue
        if "$0" try "$each"; then record restore_drill "$each" "$sound"; else record restore_drill "$each" 0; failed="$failed $each"; fi
    done
    tell restore_drill
    [ -z "$failed" ] || fail "not sound:$failed"
}
`;
