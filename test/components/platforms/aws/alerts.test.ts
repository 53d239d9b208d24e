import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;
interface Statement {
    readonly Principal: { readonly Service?: string | string[] };
    readonly Action: string | string[];
    readonly Resource: string;
    readonly Condition?: Section;
}

let built: Built;
beforeAll(async () => {
    built = await build(geolab());
});

const topicType = "aws:sns/topic:Topic";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const topic = (role: string) => `arn:of:monitoring-alerts-${role}`;
const statementsOf = (policy: unknown) =>
    (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
const said = { StringEquals: { "aws:SourceAccount": "123456789012" } };
const publishers = ["cloudwatch", "budgets", "backup"].map((each) => `${each}.amazonaws.com`);

describe("the alerts on AWS", () => {
    it("have one sealed topic for each role, named after it, and one for the sign of life", () => {
        expect(
            built.ofType(topicType).map(({ inputs }) => [inputs["name"], inputs["kmsMasterKeyId"]]),
        ).toEqual(
            [
                "geolab-community-representative",
                "geolab-site-reliability-engineer",
                "geolab-community-guide",
                "geolab-hub-administrator",
                "geolab-life-sign",
            ].map((name) => [name, "arn:of:monitoring-alerts-key"]),
        );
    });

    it("reach each party by its contact, and by its escalation", () => {
        expect(
            built
                .ofType("aws:sns/topicSubscription:TopicSubscription")
                .map(({ inputs }) => [inputs["topic"], inputs["protocol"], inputs["endpoint"]])
                .sort(),
        ).toEqual(
            [
                [topic("community-guide"), "email", "support@example.org"],
                [topic("community-guide"), "https", "https://pager.example.org"],
                [topic("community-representative"), "email", "geolab@example.org"],
                [topic("hub-administrator"), "email", "geolab@example.org"],
                [topic("site-reliability-engineer"), "email", "support@example.org"],
                [topic("site-reliability-engineer"), "https", "https://pager.example.org"],
            ].sort(),
        );
    });

    it("let the services that publish use the key; EventBridge names no account and is held to the topics", () => {
        const { policy } = built.find("aws:kms/key:Key", "monitoring-alerts-key").inputs;
        const statements = statementsOf(policy).slice(1);
        expect(
            statements.map(({ Principal, Action, Condition }) => [
                Principal.Service,
                Action,
                Condition,
            ]),
        ).toEqual([
            [publishers, ["kms:Decrypt", "kms:GenerateDataKey*"], said],
            [
                "events.amazonaws.com",
                ["kms:Decrypt", "kms:GenerateDataKey*"],
                {
                    ArnLike: {
                        "kms:EncryptionContext:aws:sns:topicArn":
                            "arn:aws:sns:us-east-2:123456789012:*",
                    },
                },
            ],
        ]);
    });

    it("let the same services publish, EventBridge without a condition, which it does not take", () => {
        const { policy } = built.find(
            "aws:sns/topicPolicy:TopicPolicy",
            "monitoring-alerts-community-guide",
        ).inputs;
        expect(
            statementsOf(policy).map(({ Principal, Action, Resource, Condition }) => [
                Principal.Service,
                Action,
                Resource,
                Condition,
            ]),
        ).toEqual([
            [
                publishers,
                "sns:Publish",
                "arn:aws:sns:us-east-2:123456789012:geolab-community-guide",
                said,
            ],
            [
                "events.amazonaws.com",
                "sns:Publish",
                "arn:aws:sns:us-east-2:123456789012:geolab-community-guide",
                undefined,
            ],
        ]);
    });

    it("watch the network, the cluster and the homes", () => {
        expect(
            built
                .ofType(alarmType)
                .map(({ name }) => name)
                .sort(),
        ).toEqual([
            "monitoring-alerts-api-errors",
            "monitoring-alerts-api-storage",
            "monitoring-alerts-homes-prod-iops",
            "monitoring-alerts-homes-prod-stalled",
            "monitoring-alerts-homes-prod-throughput",
            "monitoring-alerts-life-sign",
            "monitoring-alerts-nat-us-east-2a-ports",
            "monitoring-alerts-nat-us-east-2b-ports",
            "monitoring-alerts-nat-us-east-2c-ports",
            "monitoring-alerts-pending-pods",
        ]);
    });

    it("ask for the disk of the homes by a query, because it moves between machines", () => {
        const { inputs } = built.find(alarmType, "monitoring-alerts-homes-prod-stalled");
        expect(inputs["metricQueries"]).toEqual([
            {
                id: "check",
                label: "VolumeStalledIOCheck",
                expression: `SELECT MAX(VolumeStalledIOCheck) FROM "AWS/EBS" WHERE VolumeId = 'home-storage-prod-homes-id'`,
                period: 60,
                returnData: true,
            },
        ]);
        expect(inputs).not.toHaveProperty("dimensions");
        expect(inputs["alarmDescription"]).toBe(
            "geolab: home directories do not answer. home-storage@prod belongs to the site-reliability-engineer, 2i2c (support@example.org).",
        );
    });

    it("send an alarm to whom the watched layer belongs, while the alarm stays with monitoring", async () => {
        const handed = await build(
            geolab((config) => {
                const layers = config["layers"] as Section;
                layers["network"] = { role: "community-representative" };
            }),
        );
        const about = (name: string) => handed.find(alarmType, `monitoring-alerts-${name}`).inputs;
        expect(about("nat-us-east-2a-ports")).toMatchObject({
            alarmActions: [topic("community-representative")],
            okActions: [topic("community-representative")],
            tags: { "owner-layer": "monitoring-alerts", "owner-role": "site-reliability-engineer" },
        });
        expect(about("api-errors")["alarmActions"]).toEqual([topic("site-reliability-engineer")]);
    });

    it("report a backup of this cluster that failed", () => {
        const { inputs } = built.find(
            "aws:cloudwatch/eventRule:EventRule",
            "monitoring-alerts-backups",
        );
        expect(JSON.parse(inputs["eventPattern"] as string)).toEqual({
            source: ["aws.backup"],
            "detail-type": ["Backup Job State Change"],
            detail: {
                state: ["FAILED", "EXPIRED", "ABORTED"],
                backupVaultName: ["backups-vault"],
            },
        });
        expect(
            built.find("aws:cloudwatch/eventTarget:EventTarget", "monitoring-alerts-backups")
                .inputs,
        ).toEqual({ rule: "monitoring-alerts-backups", arn: topic("site-reliability-engineer") });
    });

    it("tell whom the roadmap belongs to what EKS announces, and once a month what to look at", async () => {
        const handed = await build(
            geolab((config) => {
                const layers = config["layers"] as Record<string, unknown>;
                layers["infra-roadmap"] = { role: "community-representative" };
            }),
        );
        const find = (kind: string, noun: string) =>
            handed.find(`aws:cloudwatch/${kind}`, `monitoring-alerts-upkeep-${noun}`).inputs;
        const [rule, target] = ["eventRule:EventRule", "eventTarget:EventTarget"];
        expect(JSON.parse(find(rule, "announced")["eventPattern"] as string)).toEqual({
            source: ["aws.health"],
            "detail-type": ["AWS Health Event"],
            detail: { service: ["EKS"] },
        });
        expect(find(rule, "monthly")).toMatchObject({
            scheduleExpression: "cron(0 9 1 * ? *)",
            tags: { "owner-layer": "monitoring-alerts" },
        });
        expect(find(target, "announced")).toEqual({
            rule: "monitoring-alerts-upkeep-announced",
            arn: topic("community-representative"),
        });
        expect(find(target, "monthly")["arn"]).toBe(topic("community-representative"));
        expect(JSON.parse(find(target, "monthly")["input"] as string)).toMatch(
            /^geolab runs Kubernetes 1\.34, whose standard support ends on 2026-12-02\. Its nodes start from the image that was newest /,
        );
    });
});

describe("the budget of a hub", () => {
    const budgetOf = (from: Built) =>
        from.find("aws:budgets/budget:Budget", "budget-billing-prod-budget").inputs;

    it("mails whoever pays at 80 percent, at what is foreseen, and at 100 percent", () => {
        const { tags, ...inputs } = budgetOf(built);
        const each = {
            comparisonOperator: "GREATER_THAN",
            thresholdType: "PERCENTAGE",
            subscriberEmailAddresses: ["geolab@example.org"],
            subscriberSnsTopicArns: [topic("community-representative")],
        };
        expect(tags).toMatchObject({ "owner-role": "community-representative", hub: "prod" });
        expect(inputs).toEqual({
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: "10000",
            limitUnit: "USD",
            notifications: [
                { ...each, threshold: 80, notificationType: "ACTUAL" },
                { ...each, threshold: 100, notificationType: "FORECASTED" },
                { ...each, threshold: 100, notificationType: "ACTUAL" },
            ],
        });
    });

    it("counts only what carries the hub's tag where the stack file says so", async () => {
        const covering = await build(
            geolab((config) => {
                const { hubs } = config["jupyterhub"] as { hubs: { budget: Section }[] };
                for (const { budget } of hubs) budget["covers"] = "hub";
            }),
        );
        const { filterExpression, metrics } = budgetOf(covering);
        expect(filterExpression).toEqual({
            ands: [
                { tags: { key: "cluster", values: ["geolab"] } },
                { tags: { key: "hub", values: ["prod"] } },
            ],
        });
        expect(metrics).toBe("UnblendedCost");
    });
});
