import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { frameworks } from "../../../../components/model/commcare/frameworks";
import { optionalQueues, requiredQueues } from "../../../../components/model/commcare/queues";
import type { ServiceSlug } from "../../../../components/model/commcare/services";
import { services } from "../../../../components/model/commcare/services";
import { dataMount } from "../../../../components/platforms/aws/machines/metrics";
import { elsewhere } from "../../../../components/workloads/commcare/environment/rules/elsewhere";

const checkout = process.env["STEWARD_COMMCARE_CLOUD"] ?? "";

const text = (...path: string[]) => readFileSync(join(checkout, ...path), "utf8");
const ansible = (...path: string[]) =>
    parse(text("src", "commcare_cloud", "ansible", ...path)) as Record<string, unknown>;
const defaults = (role: string) => ansible("roles", role, "defaults", "main.yml");

/** The catalogue against the source it was read from, where STEWARD_COMMCARE_CLOUD names a checkout. */
(checkout === "" ? describe.skip : describe)(
    "commcare-cloud says the same as the catalogue",
    () => {
        it.each<[ServiceSlug, string, () => unknown]>([
            ["webworkers", "9010", () => ansible("group_vars", "all.yml")["django_port"]],
            ["formplayer", "8181", () => ansible("group_vars", "all.yml")["formplayer_port"]],
            ["couchdb", "15984", () => ansible("group_vars", "all.yml")["couchdb2_port"]],
            ["zookeeper", "2181", () => ansible("group_vars", "all.yml")["zookeeper_client_port"]],
            ["postgresql", "5432", () => defaults("postgresql_base")["postgresql_port"]],
            ["pgbouncer", "6432", () => defaults("pgbouncer")["pgbouncer_port"]],
            ["elasticsearch", "9200", () => defaults("elasticsearch")["elasticsearch_http_port"]],
            [
                "elasticsearch-data",
                "9300",
                () => defaults("elasticsearch")["elasticsearch_tcp_port"],
            ],
            [
                "celery",
                "5555",
                () =>
                    (
                        parse(
                            text("src/commcare_cloud/environmental-defaults/app-processes.yml"),
                        ) as Record<string, unknown>
                    )["flower_port"],
            ],
        ])("of %s's port %s", (slug, port, theirs) => {
            expect(services[slug].ports.map((each) => String(each.port))).toContain(port);
            expect(String(theirs())).toBe(port);
        });

        it("of where the disk of data is mounted, which alarms look at", () => {
            expect(ansible("group_vars", "all.yml")["encrypted_root"]).toBe(dataMount);
        });

        it.each<[ServiceSlug, () => unknown]>([
            ["couchdb", () => ansible("group_vars", "all.yml")["couchdb_version"]],
            ["elasticsearch", () => defaults("elasticsearch")["elasticsearch_version"]],
            ["kafka", () => defaults("kafka")["kafka_version"]],
            ["postgresql", () => defaults("postgresql_base")["postgresql_version"]],
            [
                "redis",
                () =>
                    /default\('([\d.]+)'\)/.exec(
                        String(ansible("group_vars", "redis.yml")["redis_version"]),
                    )?.[1],
            ],
        ])("of %s's version", (slug, theirs) => {
            expect(String(theirs())).toBe(services[slug].version);
        });

        it("of which variables public.yml may not hold, and of the queues", () => {
            const roles = Object.keys({ ...defaults("postgresql_base"), ...defaults("pgbouncer") });
            const ours = Object.keys(elsewhere).filter(
                (name) => elsewhere[name] === "postgresql.yml",
            );
            expect(ours.sort()).toEqual(roles.sort());

            const schema = text("src/commcare_cloud/environment/schemas/app_processes.py");
            const queues = [...schema.matchAll(/CeleryProcess\("(\w+)"(, required=False)?/g)];
            const names = (optional: boolean) =>
                queues
                    .filter(([, , mark]) => (mark !== undefined) === optional)
                    .map(([, name]) => name);
            expect(names(false).sort()).toEqual([...requiredQueues].sort());
            expect(names(true).sort()).toEqual([...optionalQueues].sort());
        });

        it("of the components and the frameworks that the roles document names", () => {
            const document = text("docs", "source", "prereqs", "4-roles.rst");
            const [, components = "", tools = ""] =
                /core components of a CommCare\s+cloud([^]*?)\* Familiarity with the frameworks([^]*?)Sample Providers/.exec(
                    document,
                ) ?? [];
            const items = (list: string) =>
                [...list.matchAll(/^ +\+ (?:.*\((\w+)\)|(\w+))$/gm)].map(
                    ([, one, other]) => one ?? other,
                );
            const named = (rows: readonly { named?: string }[]) =>
                rows.flatMap((row) => row.named ?? []).sort();

            // Upstream the document has come to name Redis where it named RabbitMQ.
            const today = named(Object.values(services)).filter((name) => name !== "RabbitMQ");
            expect([...new Set(items(components))].sort()).toEqual(today);
            // And Fabric it names no more.
            const tooled = named(Object.values(frameworks)).filter((name) => name !== "Fabric");
            expect(items(tools).sort()).toEqual(tooled);
        });
    },
);
