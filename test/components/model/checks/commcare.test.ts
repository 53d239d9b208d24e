import { wordProblem } from "../../../../components/model/problem";
import { parseSpec } from "../../../../components/model/spec";
import { commcareConfig } from "../../../support/commcare";

const refused = (change: Record<string, unknown>, stack?: string) =>
    parseSpec(commcareConfig(change, stack)).problems.map(wordProblem);

const machines = (lines: Record<string, unknown>) => ({ plan: { machines: lines } });
const eu = "commcare-aws-eu";

/** The transcribed plan with lines changed; it names all of its machines. */
function euPlan(change: Record<string, unknown>): Record<string, unknown> {
    const { plan } = commcareConfig({}, eu).commcare as { plan: Record<string, unknown> };
    const said = plan["machines"] as Record<string, unknown>;
    const { machines: lines = {}, ...others } = change;
    return { plan: { ...plan, ...others, machines: { ...said, ...(lines as object) } } };
}

describe("a stack of CommCare", () => {
    it("keeps secrets in AWS only where it is on AWS", () => {
        const config = commcareConfig({ secretsBackend: "aws-secrets" });
        const elsewhere = { ...config, cluster: { ...config.cluster, platform: "azure" } };
        expect(parseSpec(elsewhere).problems.map(wordProblem)).toContain(
            "steward:commcare.secretsBackend: aws-secrets is a service of AWS, and the cluster is on azure; write ansible-vault",
        );
    });

    it("is installed by `up` on hosts of one's own alone", () => {
        expect(refused({ deploy: true })).toEqual([
            "steward:commcare.deploy: is for hosts of one's own alone; remove it, and run commcare-cloud on the control machine",
        ]);
    });

    it("is taken as its files have it", () => {
        for (const stack of ["commcare-aws", eu]) expect(refused({}, stack)).toEqual([]);
    });

    it.each<[string, Record<string, unknown>, string]>([
        ["no users", { users: 0 }, "steward:commcare.users: 0 is below 1; write users from 1 to"],
        [
            "a word",
            { users: "many" },
            'steward:commcare.users: "many" is not a whole number; write',
        ],
        ["a fraction", { users: 1.5 }, "steward:commcare.users: 1.5 is not a whole number; write"],
        [
            "neither users nor a plan",
            { users: undefined },
            "steward:commcare.users: is missing, and machines are sized from it; write how many",
        ],
        ["another level", { availability: "total" }, "steward:commcare.availability:"],
        [
            "a branch for a commit of commcare-cloud",
            { commcareCloud: "master" },
            'steward:commcare.commcareCloud: "master" is no commit; write all 40 of its letters',
        ],
        [
            "secrets kept nowhere",
            { secretsBackend: "keychain" },
            "steward:commcare.secretsBackend:",
        ],
        ["a domain that is none", { domain: "CommCare" }, "steward:commcare.domain:"],
        [
            "a domain outside the zone",
            { domain: "commcare.example.com" },
            "steward:commcare.domain: commcare.example.com is not in health.example.org",
        ],
        ["nobody who may sign in", { operators: [] }, "steward:commcare.operators:"],
        [
            "a key that is none",
            { operators: [{ name: "amina", sshKey: "secret" }] },
            "steward:commcare.operators[0].sshKey:",
        ],
        [
            "one person twice",
            {
                operators: ["a", "b"].map((mark) => ({
                    name: "amina",
                    sshKey: `ssh-ed25519 AAAA${mark}`,
                })),
            },
            "steward:commcare.operators: names amina twice; give each person one name",
        ],
        [
            "a zone that the region lacks",
            machines({ web: { zones: ["af-south-1a", "af-south-1b", "af-south-1d"] } }),
            "steward:commcare.plan.machines.web.zones[2]: af-south-1d is no zone of the cluster; take one of: af-south-1a, af-south-1b, af-south-1c",
        ],
        [
            "fewer zones than machines",
            machines({ web: { zones: ["af-south-1a"] } }),
            "steward:commcare.plan.machines.web.zones: names 1 zones for 3 machines",
        ],
        [
            "an instance type that does not exist",
            machines({ web: { instanceType: "t9.huge" } }),
            "steward:commcare.plan.machines.web.instanceType: t9.huge is no instance type",
        ],
        [
            "another processor",
            machines({ web: { instanceType: "m7g.large" } }),
            "steward:commcare.plan.machines.web.instanceType: m7g.large is no instance type that Steward knows for CommCare, which takes x86-64 only",
        ],
        [
            "a type and a size",
            machines({ web: { instanceType: "t3.large", vcpus: 4 } }),
            "steward:commcare.plan.machines.web: says vcpus or memoryGiB beside instanceType",
        ],
        [
            "a service that stands on no machine",
            machines({ web: { services: ["object-storage"] } }),
            "steward:commcare.plan.machines.web.services[0]:",
        ],
        [
            "a line of its own without a size",
            machines({ queue: { services: ["rabbitmq"] } }),
            "steward:commcare.plan.machines.queue: is a line of its own, and does not say",
        ],
        [
            "no proxies",
            machines({ proxy: null }),
            "steward:commcare.plan: has no nginx; place proxy",
        ],
        [
            "no database",
            { plan: { postgresql: { pgmain: null } } },
            "steward:commcare.plan: has no PostgreSQL; place postgresql on a line",
        ],
        [
            "a class of database that does not exist",
            { plan: { postgresql: { pgmain: { instanceClass: "db.huge" } } } },
            "steward:commcare.plan.postgresql.pgmain.instanceClass: db.huge is no class of RDS",
        ],
        [
            "a cache that does not exist",
            { plan: { redis: { nodeType: "cache.huge" } } },
            "steward:commcare.plan.redis.nodeType: cache.huge is no node type of ElastiCache",
        ],
        [
            "a database in two places",
            machines({ sql: { services: ["postgresql"], instanceType: "m6i.large" } }),
            "steward:commcare.plan: has postgresql on sql-a1 and in the cloud; keep one of the two",
        ],
        [
            "a control machine in two places",
            machines({ control: { count: 2 } }),
            "steward:commcare.plan: has control on control-a1 and control-b1; keep it on one",
        ],
        [
            "a service twice on a machine",
            machines({ web: { services: ["webworkers"], first: ["webworkers"] } }),
            "steward:commcare.plan.machines.web: names webworkers twice on web-a1",
        ],
        [
            "an even number of voters",
            machines({ kafka: { count: 2 } }),
            "steward:commcare.plan: has 2 ZooKeepers, of which a majority has to be there",
        ],
        [
            "search nodes of two kinds",
            machines({ master: { services: ["elasticsearch-master"], instanceType: "t3.large" } }),
            "steward:commcare.plan: mixes kinds of search nodes",
        ],
        [
            "a balancer before nothing",
            {
                plan: {
                    balancers: {
                        pgucr: { kind: "network", service: "pgbouncer", machines: ["web-a1"] },
                    },
                },
            },
            "steward:commcare.plan.balancers.pgucr.machines[0]: web-a1 does not run pgbouncer",
        ],
        [
            "a balancer before a machine that is nowhere",
            {
                plan: {
                    balancers: {
                        pgucr: { kind: "network", service: "pgbouncer", machines: ["pg-z9"] },
                    },
                },
            },
            "steward:commcare.plan.balancers.pgucr.machines[0]: pg-z9 is no machine of the plan",
        ],
    ])("is refused with %s", (_, change, problem) => {
        expect(refused(change)).toEqual([expect.stringContaining(problem)]);
    });

    it("takes RabbitMQ on a machine where it is asked for", () => {
        const line = { services: ["rabbitmq"], instanceType: "m6i.large", dataGiB: 50 };

        expect(refused(machines({ queue: line }))).toEqual([]);
    });

    it.each<[string, Record<string, unknown>, string]>([
        [
            "extra services on a machine that is nowhere",
            euPlan({
                machines: {
                    pgbouncer: {
                        services: ["pgbouncer"],
                        also: { "pgbouncer-a9": ["plproxy"] },
                        count: 3,
                        instanceType: "t3a.small",
                        zones: ["eu-west-1a", "eu-west-1b", "eu-west-1a"],
                    },
                },
            }),
            "steward:commcare.plan.machines.pgbouncer.also.pgbouncer-a9: is no machine of this line",
        ],
        [
            "a queue that does not exist",
            processes({ celery: { "celery-b1": { mail: {} } } }),
            'steward:commcare.processes.celery.celery-b1."mail": "mail" is no queue of CommCare HQ',
        ],
        [
            "a queue with a blank",
            processes({ celery: { "celery-b1": { "celery, sms_queue": {} } } }),
            '" sms_queue" is no queue of CommCare HQ',
        ],
        [
            "flower twice",
            processes({ celery: { "celery-b1": { flower: {} } } }),
            "steward:commcare.processes.celery: runs flower on celerybeat-a1 and celery-b1",
        ],
        [
            "beat beside a queue",
            processes({ celery: { "celery-b1": { "beat,celery": {} } } }),
            "beat works no queue and shares an entry; give beat an entry of its own",
        ],
        [
            "queues on a machine of something else",
            processes({ celery: { "web-a1": {} } }),
            "steward:commcare.processes.celery.web-a1: is no machine that runs celery",
        ],
        [
            "a pillow that does not exist",
            processes({ pillows: { "pillow-a1": { CasePillow: {} } } }),
            "steward:commcare.processes.pillows.pillow-a1.CasePillow: is no pillow",
        ],
        [
            "a command that does not exist",
            processes({ managementCommands: { "pillow-a1": ["run_everything"] } }),
            "steward:commcare.processes.managementCommands.pillow-a1.run_everything: is no command",
        ],
        [
            "a gap between shards",
            shards({ p2: { shards: [206, 409], endpoint: "pgshard-nlb" } }),
            "steward:commcare.databases.formProcessing.partitions: leaves a gap or an overlap at p2",
        ],
        [
            "shards that are no power of two",
            shards({ p5: { shards: [820, 999], endpoint: "pgshard-nlb" } }),
            "steward:commcare.databases.formProcessing.partitions: has 1000 shards, no power of two",
        ],
        [
            "an endpoint that is nowhere",
            shards({ p1: { shards: [0, 204], endpoint: "pg-z9" } }),
            "formProcessing.partitions.p1.endpoint: pg-z9 is neither a balancer of pgbouncer nor",
        ],
    ])("whose plan is written out is refused with %s", (_, change, problem) => {
        expect(refused(change, eu)).toContainEqual(expect.stringContaining(problem));
    });
});

/** The transcribed processes, machine by machine replaced. */
function processes(change: Record<string, Record<string, unknown>>): Record<string, unknown> {
    const said = commcareConfig({}, eu).commcare["processes"] as Record<string, object>;
    const merged = Object.entries(change).map(([key, value]) => [key, { ...said[key], ...value }]);
    return { processes: { ...said, ...Object.fromEntries(merged) } };
}

function shards(change: Record<string, unknown>): Record<string, unknown> {
    const said = commcareConfig({}, eu).commcare["databases"] as {
        formProcessing: { partitions: object };
    };
    const partitions = { ...said.formProcessing.partitions, ...change };
    return { databases: { ...said, formProcessing: { ...said.formProcessing, partitions } } };
}
