import type { HostBackup } from "../../../../components/model/commcare/host-backups";
import { backupSources, hostBackups } from "../../../../components/model/commcare/host-backups";
import { serviceSlugs, services } from "../../../../components/model/commcare/services";

const all: Readonly<Partial<Record<string, HostBackup>>> = hostBackups;

it("says of every service that keeps data on a machine how it comes back, and of no other", () => {
    const keeping = serviceSlugs.filter(
        (slug) => services[slug].data !== null && services[slug].homes.includes("machine"),
    );
    expect(Object.keys(all).sort()).toEqual([...keeping].sort());
});

it("copies whatever cannot be had again", () => {
    const lost = serviceSlugs.filter(
        (slug) =>
            services[slug].homes.includes("machine") &&
            /cannot be had again|blobs/.test(services[slug].data?.what ?? ""),
    );
    expect(lost.map((slug) => [slug, all[slug]?.kind])).toEqual([
        ["postgresql", "dump"],
        ["couchdb", "files"],
        ["shared-directory", "files"],
        ["object-store", "files"],
    ]);
});

it("copies files from where the catalogue has them", () => {
    for (const slug of serviceSlugs) {
        const found = all[slug];
        if (found?.kind === "files") expect(found.paths).toContain(services[slug].data?.path);
    }
});

it("gives a host its own services, with the folder of its environment", () => {
    const placed = ["postgresql", "pgbouncer", "redis", "shared-directory"] as const;
    expect(backupSources({ services: placed }, "geolab")).toEqual([
        { service: "postgresql", kind: "postgresql", paths: [], without: [], mounts: [] },
        {
            service: "shared-directory",
            kind: "files",
            paths: ["/opt/shared_geolab", "/opt/data/blobdb"],
            without: [],
            mounts: [],
        },
    ]);
    expect(backupSources({ services: ["proxy", "kafka"] }, "geolab")).toEqual([]);
});
