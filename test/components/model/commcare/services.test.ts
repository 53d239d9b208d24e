import { commcareLayers } from "../../../../components/model/layers-commcare";
import { flows } from "../../../../components/model/commcare/flows";
import { frameworks } from "../../../../components/model/commcare/frameworks";
import { outbound } from "../../../../components/model/commcare/outbound";
import type { ServiceSlug } from "../../../../components/model/commcare/services";
import { serviceSlugs, services } from "../../../../components/model/commcare/services";

const all = serviceSlugs.map((slug) => [slug, services[slug]] as const);
const outsiders = ["public", "administrators", "every-machine"];
const word = ({ client, server, port, protocol }: ReturnType<typeof flows>[number]) =>
    `${client} → ${server} ${port}/${protocol}`;

describe("the service catalogue", () => {
    it("has a row for each component and each framework that the roles document names", () => {
        const names = (rows: readonly { named?: string }[]) =>
            rows.flatMap(({ named }) => named ?? []).sort();

        expect(names(Object.values(services))).toEqual([
            "Elasticsearch",
            "Kafka",
            "PostgreSQL",
            "RabbitMQ",
            "Redis",
            "RiakCS",
            "Zookeeper",
            "nginx",
        ]);
        expect(names(Object.values(frameworks))).toEqual([
            "Ansible",
            "EncryptFS",
            "Fabric",
            "LVM",
            "Monit",
            "Supervisor",
        ]);
    });

    it("says of what left CommCare HQ what does its work now", () => {
        const gone = all.filter(([, { replacedBy }]) => replacedBy !== undefined);

        expect(gone.map(([slug, { replacedBy, homes }]) => [slug, replacedBy, homes])).toEqual([
            ["rabbitmq", "redis-broker", ["machine"]],
            ["riak-cs", "object-storage", []],
        ]);
    });

    it.each(all)("places %s in a layer, and its clients in the catalogue", (slug, service) => {
        expect(Object.keys(commcareLayers)).toContain(service.layer);
        for (const { port, from, carries, unless } of service.ports) {
            expect(port).toBeGreaterThan(0);
            expect(port).toBeLessThan(65_536);
            expect(from.length).toBeGreaterThan(0);
            expect(carries).not.toBe("");
            for (const client of [...from, ...(unless === undefined ? [] : [unless])]) {
                expect([...serviceSlugs, ...outsiders]).toContain(client);
            }
        }
        if (service.data === null) return;
        const again = /again|made anew/.test(service.data.what);
        const cannot = service.data.what.includes("cannot be had again");
        if (service.data.backup === null) expect([slug, again && !cannot]).toEqual([slug, true]);
    });

    it.each([...all, ...Object.entries(frameworks)])("says until when %s is mended", (_, row) => {
        const { ends, source } = row.support;
        if (ends !== null) expect(new Date(ends).toISOString().slice(0, 10)).toBe(ends);
        expect(source).toMatch(/^https:\/\/\S+|^the cloud/);
    });

    it("opens nothing to the Internet but the way in", () => {
        const fromOutside = (present: readonly ServiceSlug[]) =>
            flows(present)
                .filter(({ client }) => client === "public")
                .map(word);
        const cluster = serviceSlugs.filter((slug) => slug !== "load-balancer");

        expect(fromOutside(serviceSlugs)).toEqual([
            "public → load-balancer 443/tcp",
            "public → load-balancer 80/tcp",
        ]);
        expect(fromOutside(cluster)).toEqual(["public → proxy 443/tcp", "public → proxy 80/tcp"]);
    });

    it("lets each of HQ's machines reach each service that HQ talks to", () => {
        const reached = (client: string) =>
            flows()
                .filter((flow) => flow.client === client)
                .map(({ server, port }) => `${server}:${port}`)
                .sort();
        const hq = [
            "celery:5555",
            "couchdb-proxy:25984",
            "elasticsearch-coordinator:9200",
            "elasticsearch:9200",
            "kafka:9092",
            "object-storage:443",
            "object-store:7070",
            "pgbouncer:6432",
            "plproxy:6432",
            "rabbitmq:5672",
            "redis-broker:6379",
            "redis:6379",
            "shared-directory:2049",
        ];

        for (const client of ["webworkers", "celery", "pillowtop"]) {
            expect(reached(client)).toEqual(hq);
        }
        expect(reached("django-manage")).toEqual([...hq, "postgresql:5432"].sort());
        expect(reached("formplayer")).toEqual(["pgbouncer:6432", "postgresql:5432", "redis:6379"]);
        expect(reached("proxy")).toEqual([
            "formplayer:8181",
            "pgbouncer:6432",
            "redis:6379",
            "shared-directory:2049",
            "webworkers:9010",
        ]);
        expect(reached("mail-relay")).toEqual([]);
    });

    it("lists a flow once, and only between services that the cluster has", () => {
        const few = flows(["proxy", "webworkers", "control"]);

        expect(few.map(word).sort()).toEqual([
            "administrators → control 22/tcp",
            "control → ssh 22/tcp",
            "proxy → webworkers 9010/tcp",
            "public → proxy 443/tcp",
            "public → proxy 80/tcp",
        ]);
        const every = flows().map(word);
        expect(new Set(every).size).toBe(every.length);
    });

    it("keeps search nodes to themselves but for those that are asked", () => {
        const asked = flows().filter(({ port }) => port === 9200);

        expect(new Set(asked.map(({ server }) => server))).toEqual(
            new Set(["elasticsearch", "elasticsearch-coordinator"]),
        );
    });

    it("goes out for HTTP, HTTPS and mail only", () => {
        expect(outbound.map(({ port, protocol }) => [port, protocol])).toEqual([
            [443, "tcp"],
            [80, "tcp"],
            [587, "tcp"],
        ]);
        for (const { from } of outbound) {
            for (const client of from) expect([...serviceSlugs, ...outsiders]).toContain(client);
        }
    });
});
