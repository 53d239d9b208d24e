import { build, commcare } from "./cluster";

// The whole cluster takes some seconds to construct.
jest.setTimeout(120_000);

// That it is protected where the stack file says nothing: foundation.test.ts.
it("gives a database up where the stack file says so, and lets it mend itself before the copies", async () => {
    const spec = commcare((config) => {
        const section = config["commcare"] as Record<string, unknown>;
        section["plan"] = { postgresql: { pgmain: { deletionProtection: false } } };
        const aws = config["aws"] as Record<string, Record<string, unknown> | undefined>;
        aws["backups"] = { ...aws["backups"], hourUtc: 2 };
    });
    const built = await build(spec);
    const databases = built.ofType("aws:rds/instance:Instance");
    expect(databases.map(({ inputs }) => inputs)).toEqual([
        expect.objectContaining({
            deletionProtection: false,
            backupWindow: "00:45-01:30",
            maintenanceWindow: "sat:23:00-sun:00:00",
        }),
    ]);
    // A queue is data; what a cache holds can be had again.
    const caches = built.ofType("aws:elasticache/replicationGroup:ReplicationGroup");
    const snapshots = [...databases, ...caches]
        .map(({ inputs }) => inputs["finalSnapshotIdentifier"])
        .sort();
    expect(snapshots).toEqual([
        "commcare-pgmain-final-hex-of-data-services-pgmain-final-snapshot",
        "commcare-redis-broker-final-hex-of-data-services-redis-broker-final-snapshot",
        undefined,
    ]);
});
