import { lifeSign } from "../../../../../components/model/alert-rule";
import { ownerOf } from "../../../../../components/model/matrix";
import { alertRules } from "../../../../../components/workloads/jupyterhub/monitoring/alert-rules";
import { dashboards } from "../../../../../components/workloads/jupyterhub/monitoring/dashboards";
import { scrapes } from "../../../../../components/workloads/jupyterhub/monitoring/scrapes";
import { platforms, watchedSpec, withoutBinder } from "./watched";

const spec = watchedSpec();
const groups = alertRules(spec, platforms.aws);
const all = groups.flatMap(({ rules }) => rules);
const owned = all.filter(({ alert }) => alert !== lifeSign.alert);

describe("the rules of three hubs", () => {
    it("carry the owner of what they watch, and whom to turn to", () => {
        const wrong = owned.filter(({ labels, annotations }) => {
            const { owner_layer: layer = "", scope } = labels;
            const owner = ownerOf(spec.matrix, layer, scope);
            return (
                owner === undefined ||
                labels["owner_role"] !== owner.role ||
                labels["owner_party"] !== owner.party ||
                annotations["contact"]?.includes(owner.contact) !== true
            );
        });
        expect(wrong).toEqual([]);
        expect(owned).toHaveLength(13 + 14 + 9 + 10);
    });

    it("say what it means, what to do, and how bad it is", () => {
        for (const { labels, annotations } of owned) {
            expect(["critical", "warning"]).toContain(labels["severity"]);
            expect(annotations["summary"]?.length).toBeGreaterThan(20);
            expect(annotations["action"]?.length).toBeGreaterThan(20);
        }
    });

    it("watch of each hub what it has", () => {
        const named = (hub: string) =>
            groups.find(({ name }) => name === `hub ${hub}`)?.rules.map(({ alert }) => alert);
        const every = [
            "HubDown",
            "HubNotAnswering",
            "HubRestarts",
            "HubPodWaits",
            "ServersFail",
            "ServersStartSlowly",
            "UsersWaitForMachines",
        ];
        const homes = ["HomesFilling", "HomesFull", "HomesDown", "HomesNotMeasured"];
        const certificate = ["CertificateExpires", "CertificateNotReady"];
        expect(named("prod")).toEqual([...every, ...homes, "HubDatabaseFilling", ...certificate]);
        // EFS grows by itself, and RDS has alarms of AWS's own: nothing is told twice.
        expect(named("staging")).toEqual([...every, ...certificate]);
        expect(named("binder")).toEqual([...every, "HubDatabaseFilling", ...certificate]);
    });

    it("are told apart by hub: each asks for its own hub only", () => {
        const leaks = owned.filter(({ expr, labels: { scope } }) => {
            const others = ["prod", "staging", "binder"].filter((name) => name !== scope);
            return scope !== undefined && others.some((name) => expr.includes(`"${name}`));
        });
        expect(leaks).toEqual([]);
        const anywhere = owned.filter(({ expr, labels: { scope } }) => {
            return scope !== undefined && !expr.includes(`"${scope}`);
        });
        expect(anywhere.map(({ alert }) => alert)).toEqual([]);
    });

    it.each([
        ["azure", /\b(aws|rds|ebs|efs|instance|volumeGiB of its|k3s)\b|deploy.cluster-auto/i, 12],
        ["vms", /\b(aws|rds|ebs|efs|instance|azure|aks|flexible|autoscaler|GiB of its)\b/i, 13],
    ] as const)("send nobody on %s to another platform's ways out", (name, foreign, count) => {
        const [cluster, ...hubs] = alertRules(spec, platforms[name]);
        const rules = [cluster, ...hubs].flatMap((group) => group?.rules ?? []);
        const strange = rules.filter(({ expr, annotations }) =>
            foreign.test([expr, annotations["summary"], annotations["action"]].join(" ")),
        );
        expect(strange.map(({ alert }) => alert)).toEqual([]);
        // Of alerts that every platform has, the same are told; and nothing is asked of what does not run there.
        expect(hubs.flatMap((group) => group.rules.map(({ alert }) => alert))).toEqual(
            groups.slice(1).flatMap((group) => group.rules.map(({ alert }) => alert)),
        );
        expect(cluster?.rules).toHaveLength(count);
        const gone = ["AutoscalerDown", "LogsLost"];
        expect(rules.filter(({ alert }) => gone.includes(alert))).toEqual([]);
    });

    it("do not change when another hub leaves", () => {
        const fewer = alertRules(watchedSpec(withoutBinder), platforms.aws);
        expect(fewer).toEqual(groups.filter(({ name }) => name !== "hub binder"));
    });

    it("fit into the subject of a message: SNS takes 100 characters", () => {
        const longest = Math.max(...all.map(({ alert }) => alert.length));
        const hub = 40; // the longest name of a hub
        expect("RESOLVED: ".length + longest + " of ".length + hub).toBeLessThanOrEqual(100);
    });
});

/** Jobs, by the name that their series bear, and what Prometheus keeps of each; undefined: all. */
const jobs = scrapes(spec, platforms.aws).scrape_configs.map((job) => ({
    job: job.job_name.split(" ")[0] ?? "",
    kept:
        "metric_relabel_configs" in job
            ? job.metric_relabel_configs.map(({ regex }) => new RegExp(`^(${regex})$`))
            : undefined,
}));

/** Prefixes of what comes from jobs that are kept whole. */
const whole = /^(up|ALERTS|kube_|jupyterhub_|prometheus_|alertmanager_|fluentbit_)/;

/** Metrics in an expression, each with the job that it is asked of, where it names one. */
const asked = (expr: string): { name: string; job: string | undefined }[] =>
    [...expr.matchAll(/\b([a-zA-Z_]\w*)\{([^}]*)\}/g)].map(([, name = "", selector = ""]) => ({
        name,
        job: /(?:^|,)job="([^"]*)"/.exec(selector)?.[1],
    }));

it.each([
    ["rules", all.map(({ expr }) => expr)],
    [
        "dashboards",
        dashboards.flatMap(({ panels }) =>
            panels.flatMap(({ queries }) => queries.map(({ expr }) => expr)),
        ),
    ],
])("no metric that %s ask for is thrown away", (_, expressions) => {
    const metrics = expressions.flatMap(asked).filter(({ name }) => !whole.test(name));
    const lost = metrics.filter(
        ({ name, job }) =>
            !jobs
                .filter((each) => job === undefined || each.job === job)
                .some(
                    ({ kept }) => kept?.some((pattern) => pattern.test(name)) ?? job !== undefined,
                ),
    );
    expect(metrics.length).toBeGreaterThan(5);
    expect(lost).toEqual([]);
});
