import type { Problem } from "../problem";
import type { MachinePlan } from "./plan";
import { machinesWith, servicesOf } from "./plan";
import type { ServiceSlug } from "./services";
import { services } from "./services";

const at = "steward:commcare.plan";

/** What no CommCare runs without. */
export const needed: readonly ServiceSlug[] = [
    "control",
    "proxy",
    "webworkers",
    "celery",
    "pillowtop",
    "formplayer",
    "django-manage",
    "postgresql",
    "pgbouncer",
    "redis",
    "redis-broker",
    "couchdb",
    "couchdb-proxy",
    "kafka",
    "zookeeper",
    "shared-directory",
];

/** What commcare-cloud takes to be on one machine. */
const alone: readonly ServiceSlug[] = [
    "control",
    "django-manage",
    "redis",
    "redis-broker",
    "shared-directory",
    "couchdb-proxy",
    "plproxy",
    "object-store",
];

/** What a whole plan lacks, or has in two places. */
export function checkPlan(plan: MachinePlan): Problem[] {
    const present = servicesOf(plan, false);
    const problems: Problem[] = needed
        .filter((slug) => !present.includes(slug))
        .map((slug) => ({
            path: at,
            message: `has no ${services[slug].title}`,
            fix: `place ${slug} on a line of ${at}.machines`,
        }));
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `${at}${path}`, message, fix });

    for (const slug of alone) {
        const names = machinesWith(plan, slug).map(({ name }) => name);
        if (names.length < 2) continue;
        say("", `has ${slug} on ${names.join(" and ")}`, "keep it on one: `first` places it once");
    }
    const managed: [ServiceSlug, boolean][] = [
        ["postgresql", plan.postgresql.length > 0],
        ["redis", plan.redis !== null],
        ["redis-broker", plan.redisBroker !== null],
        ["shared-directory", plan.sharedDirectory === "cloud"],
        ["couchdb-proxy", plan.balancers.some(({ service }) => service === "couchdb-proxy")],
    ];
    for (const [slug, inCloud] of managed) {
        const [on] = machinesWith(plan, slug);
        if (!inCloud || on === undefined) continue;
        say("", `has ${slug} on ${on.name} and in the cloud`, "keep one of the two");
    }
    for (const { name, services: placed } of machinesWith(plan, "object-store")) {
        if (placed.length === 1) continue;
        const message = `has object-store on ${name} beside others, whose disk it would be`;
        say("", message, "give it a line of its own");
    }
    const nodes = searchNodes(plan);
    const kinds = ["elasticsearch-master", "elasticsearch-data", "elasticsearch-coordinator"];
    const roles = kinds.filter((kind) => nodes.has(kind));
    if (roles.length > 0 && (roles.length < 3 || nodes.has("elasticsearch"))) {
        const fix = `place all of ${kinds.join(", ")}, or elasticsearch alone`;
        say("", "mixes kinds of search nodes", fix);
    }
    if (nodes.size === 0) say("", "has no Elasticsearch", "place elasticsearch on a line");
    for (const line of plan.lines) {
        const path = `.machines.${line.name}`;
        const names = plan.machines.filter((each) => each.line === line.name);
        for (const each of Object.keys(line.also ?? {})) {
            if (names.some(({ name }) => name === each)) continue;
            const fix = `take some of: ${names.map(({ name }) => name).join(", ")}`;
            say(`${path}.also.${each}`, "is no machine of this line", fix);
        }
        for (const { name, services: placed } of names) {
            const twice = placed.find((slug, nth) => placed.indexOf(slug) !== nth);
            if (twice === undefined) continue;
            say(path, `names ${twice} twice on ${name}`, "name each service once");
        }
    }
    problems.push(...checkQuorum(plan), ...checkBalancers(plan));
    return problems;
}

function searchNodes(plan: MachinePlan): ReadonlySet<string> {
    const placed = plan.machines.flatMap(({ services: each }) => each);
    return new Set(placed.filter((slug) => slug.startsWith("elasticsearch")));
}

/** An even number of voters survives no more losses than one fewer, and two survive none. */
function checkQuorum(plan: MachinePlan): Problem[] {
    const voters = machinesWith(plan, "zookeeper").length;
    if (voters % 2 === 1 || voters === 0) return [];
    const message = `has ${String(voters)} ZooKeepers, of which a majority has to be there`;
    return [{ path: at, message, fix: "place one, three or five" }];
}

function checkBalancers(plan: MachinePlan): Problem[] {
    const behind = { pgbouncer: ["pgbouncer", "plproxy"], "couchdb-proxy": ["couchdb"] };
    return plan.balancers.flatMap(({ name, service, machines }) =>
        machines.flatMap((each, nth): Problem[] => {
            const path = `${at}.balancers.${name}.machines[${String(nth)}]`;
            const machine = plan.machines.find((one) => one.name === each);
            if (machine === undefined) {
                const fix = `take some of: ${plan.machines.map((one) => one.name).join(", ")}`;
                return [{ path, message: `${each} is no machine of the plan`, fix }];
            }
            if (machines.indexOf(each) !== nth) {
                return [{ path, message: `names ${each} twice`, fix: "name each machine once" }];
            }
            if (machine.services.some((slug) => behind[service].includes(slug))) return [];
            const fix = `take machines that run ${behind[service].join(" or ")}`;
            return [{ path, message: `${each} does not run ${behind[service][0] ?? ""}`, fix }];
        }),
    );
}
