import { readFileSync } from "node:fs";
import { join } from "node:path";
import { handOverOf } from "../../components/platforms/hand-overs";
import { projectRoot } from "../../rehearsal/project-root";
import { commcareEnvironment, commcareSpec } from "../support/commcare";

interface Original {
    machines: {
        name: string;
        type: string;
        zone: string;
        rootGiB: number;
        dataGiB: number | null;
    }[];
    postgresql: Record<string, unknown>[];
    redis: Record<string, unknown>;
    redisBroker: Record<string, unknown>;
    balancers: {
        name: string;
        kind: string;
        machines: string[];
        port: number;
        targetPort: number;
    }[];
    fileSystems: number;
}

/** Figures of the original's terraform.yml; see `source` there. */
const original = JSON.parse(
    readFileSync(join(projectRoot(), "test", "fixtures", "commcare-eu.json"), "utf8"),
) as Original;
const spec = commcareSpec({}, "commcare-aws-eu");
const { plan } = spec.workload;
const { zones } = handOverOf(spec).hosts;
const underscored = (name: string) => name.replaceAll("-", "_");
const byName = <T extends { name: string }>(all: T[]) =>
    [...all].sort((one, other) => one.name.localeCompare(other.name));

describe("the transcribed cluster", () => {
    it("has the original's 27 machines: names, types, zones and disks", () => {
        const ours = plan.machines.map(({ name, instanceType, zone, rootGiB, dataGiB }) => ({
            name: underscored(name),
            type: instanceType,
            zone: zones[zone],
            rootGiB,
            dataGiB,
        }));
        const theirs = original.machines.map(({ name, type, zone, rootGiB, dataGiB }) => ({
            name,
            type,
            zone,
            rootGiB,
            dataGiB,
        }));

        expect(ours).toHaveLength(27);
        expect(byName(ours)).toEqual(byName(theirs));
    });

    it("has its database, its two Redis groups, its file system and its load balancers", () => {
        expect(plan.postgresql).toEqual([
            expect.objectContaining({ ...original.postgresql[0], name: "pgmain1" }),
        ]);
        expect(plan.redis).toMatchObject(original.redis);
        expect(plan.redisBroker).toMatchObject(original.redisBroker);
        expect([plan.sharedDirectory, original.fileSystems]).toEqual(["cloud", 1]);
        expect(
            byName(
                plan.balancers.map(({ name, kind, machines, port, targetPort }) => ({
                    name: underscored(name),
                    kind,
                    machines: machines.map(underscored),
                    port,
                    targetPort,
                })),
            ),
        ).toEqual(byName(original.balancers));
        expect(plan.balancers.filter(({ kind }) => kind === "network")).toHaveLength(5);
    });

    it("hands over the original's groups, but for what they are counted from", () => {
        const { children } = commcareEnvironment({}, "commcare-aws-eu").inventory;

        expect(children["elasticsearch"]).toEqual(["es_master", "es_data", "es_coordinator"]);
        expect(children["postgresql"]).toEqual(
            expect.arrayContaining(["remote_postgresql", "pgbouncer_a2"]),
        );
        expect(children["pgbouncer"]).toEqual([
            "pgbouncer_a1",
            "pgbouncer_b1",
            "pgformplayer_nlb",
            "pgmain_nlb",
            "pgucr_nlb",
            "pgsynclogs_nlb",
            "pgshard_nlb",
        ]);
        expect(children["couchdb2_proxy"]).toEqual(["couch_alb"]);
        expect(children["ansible_skip"]).toHaveLength(7);
        expect(children["shared_efs_client_host"]).toHaveLength(5);
    });
});
