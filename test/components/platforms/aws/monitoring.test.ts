import * as pulumi from "@pulumi/pulumi";
import type { Built } from "./geolab";
import { addHub, build, geolab } from "./geolab";

type Section = Record<string, unknown>;

let built: Built;
beforeAll(async () => {
    built = await build(geolab());
});

const key = "arn:of:monitoring-alerts-store-key";
const groupType = "aws:cloudwatch/logGroup:LogGroup";
const topicOf = (role: string) => `arn:of:monitoring-alerts-${role}`;
const statementsOf = (policy: unknown) =>
    (JSON.parse(policy as string) as { Statement: Section[] }).Statement;
const policyOf = (name: string) =>
    built.find("aws:iam/rolePolicy:RolePolicy", name).inputs as { role: string; policy: string };
const opened = (value: unknown) =>
    new Promise((resolve) => pulumi.jsonStringify(value).apply(resolve)).then(
        (text) => JSON.parse(text as string) as unknown,
    );

describe("the monitoring on AWS", () => {
    it("lets Alertmanager publish to the owners' topics and the sign of life, and do nothing else", () => {
        expect(
            built.find(
                "aws:eks/podIdentityAssociation:PodIdentityAssociation",
                "monitoring-alerts-alerts-identity",
            ).inputs,
        ).toMatchObject({
            clusterName: "geolab",
            namespace: "monitoring",
            serviceAccount: "alertmanager",
            roleArn: "arn:of:monitoring-alerts-alerts-role",
        });
        const { role, policy } = policyOf("monitoring-alerts-alerts-writes");
        expect(role).toMatch(/^monitoring-alerts-alerts/);
        expect(statementsOf(policy)).toEqual([
            {
                Effect: "Allow",
                Action: "sns:Publish",
                Resource: [
                    topicOf("community-representative"),
                    topicOf("site-reliability-engineer"),
                    topicOf("community-guide"),
                    topicOf("hub-administrator"),
                    topicOf("life-sign"),
                ],
            },
            {
                Effect: "Allow",
                Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                Resource: "arn:of:monitoring-alerts-key",
            },
        ]);
    });

    it("has a way to each owner of anything, by the identity of the pod and no key", async () => {
        const { receivers } = built.foundation.monitoring;
        expect(receivers.map(({ role, party }) => `${role} ${party}`)).toEqual([
            "community-representative earthscope",
            "site-reliability-engineer 2i2c",
            "community-guide 2i2c",
            "hub-administrator earthscope",
        ]);
        expect(await opened(receivers[1]?.settings)).toEqual({
            sns_configs: [
                {
                    topic_arn: topicOf("site-reliability-engineer"),
                    sigv4: { region: "us-east-2" },
                    subject: '{{ template "steward.subject" . }}',
                    message: '{{ template "steward.message" . }}',
                    send_resolved: true,
                },
            ],
        });
    });

    it("is missed when no sign of life came for half an hour", () => {
        const topic = built.find("aws:sns/topic:Topic", "monitoring-alerts-life-sign").inputs;
        expect(topic).toMatchObject({
            name: "geolab-life-sign",
            kmsMasterKeyId: "arn:of:monitoring-alerts-key",
        });
        expect(
            built.find("aws:cloudwatch/metricAlarm:MetricAlarm", "monitoring-alerts-life-sign")
                .inputs,
        ).toMatchObject({
            namespace: "AWS/SNS",
            metricName: "NumberOfMessagesPublished",
            dimensions: { TopicName: "geolab-life-sign" },
            period: 600,
            evaluationPeriods: 3,
            comparisonOperator: "LessThanThreshold",
            threshold: 1,
            treatMissingData: "breaching",
            alarmActions: [topicOf("site-reliability-engineer")],
        });
    });

    it("keeps the logs of each hub apart, sealed, owned and for as long as the stack file says", () => {
        const groups = built
            .ofType(groupType)
            .filter(({ name }) => name.startsWith("monitoring-alerts-"));
        expect(groups.map(({ inputs: { tags: _tags, ...inputs } }) => inputs)).toEqual(
            ["hub/prod", "cluster"].map((what) => ({
                name: `/steward/geolab/${what}`,
                retentionInDays: 30,
                kmsKeyId: key,
            })),
        );
        const { policy } = built.find("aws:kms/key:Key", "monitoring-alerts-store-key").inputs;
        expect(statementsOf(policy)[1]).toMatchObject({
            Principal: { Service: "logs.us-east-2.amazonaws.com" },
            Condition: {
                ArnEquals: {
                    "kms:EncryptionContext:aws:logs:arn":
                        "arn:aws:logs:us-east-2:123456789012:log-group:/steward/geolab/*",
                },
            },
        });
    });

    it("lets the collector write into those groups, and make none", () => {
        const { policy } = policyOf("monitoring-alerts-logs-writes");
        expect(statementsOf(policy)).toEqual([
            {
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
                Resource: "arn:aws:logs:us-east-2:123456789012:log-group:/steward/geolab/*:*",
            },
        ]);
        expect(built.foundation.monitoring.logs?.hubs["prod"]).toEqual({
            name: "cloudwatch_logs",
            region: "us-east-2",
            log_group_name: "/steward/geolab/hub/prod",
            log_stream_prefix: "from.",
            auto_create_group: "off",
        });
    });

    it("makes the disks of what is measured sealed and owned, to go with their claims", () => {
        const { parameters, reclaimPolicy } = built.find(
            "kubernetes:storage.k8s.io/v1:StorageClass",
            "monitoring-alerts-class",
        ).inputs as { parameters: Record<string, string>; reclaimPolicy: string };
        expect(reclaimPolicy).toBe("Delete");
        expect(parameters).toMatchObject({ type: "gp3", encrypted: "true", kmsKeyId: key });
        expect(Object.values(parameters)).toEqual(
            expect.arrayContaining([
                "owner-role=site-reliability-engineer",
                "owner-layer=monitoring-alerts",
                "Name=geolab-monitoring",
            ]),
        );
        expect(Object.values(parameters).join()).not.toContain("backup=");
        const grant = policyOf("monitoring-alerts-driver");
        expect(grant.role).toBe("control-plane-ebs-csi-role");
        expect(statementsOf(grant.policy).map(({ Resource }) => Resource)).toEqual([key, key]);
    });

    it("changes nothing of one hub's place when another comes", async () => {
        const more = await build(
            geolab((config) => {
                addHub(config, "staging");
            }),
        );
        const old = built.ofType(groupType).map(({ name, inputs }) => [name, inputs]);
        const now = more.ofType(groupType).map(({ name, inputs }) => [name, inputs]);
        expect(now).toEqual(expect.arrayContaining(old));
        expect(more.find("aws:kms/key:Key", "monitoring-alerts-store-key").inputs).toEqual(
            built.find("aws:kms/key:Key", "monitoring-alerts-store-key").inputs,
        );
        expect(now.map(([name]) => name)).toContain("monitoring-alerts-logs-hub-staging");
    });
});
