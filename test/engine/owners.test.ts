import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./steward";
import { defaultConfig, rehearse, temporaryFolder } from "./steward";

jest.setTimeout(120_000);

const folder = temporaryFolder();

/** The default stack with these layers handed to a party that was not there before. */
function handedOver(slugs: readonly string[]): Config {
    const config = defaultConfig();
    const layers = { ...(config["steward:layers"] as Record<string, object>) };
    for (const slug of slugs) layers[slug] = { ...layers[slug], party: "successor" };
    const parties = config["steward:parties"] as object;
    return {
        ...config,
        "steward:layers": layers,
        "steward:parties": {
            ...parties,
            successor: { name: "Successor", contact: "successor@example.org" },
        },
    };
}

/** What holds data, or what data is lost with. */
const dataTypes = [
    "aws:ebs/volume:Volume",
    "aws:s3/bucket:Bucket",
    "aws:backup/vault:Vault",
    "aws:kms/key:Key",
    "aws:eks/cluster:Cluster",
    "aws:lb/loadBalancer:LoadBalancer", // no data, but the name that hubs' domains point at
    "kubernetes:core/v1:PersistentVolume",
    "kubernetes:core/v1:PersistentVolumeClaim",
    "random:index/randomPassword:RandomPassword",
];

/** The ids of everything that holds data: another id is another, empty one. */
function dataInState(): string[] {
    const file = join(folder, "state", ".pulumi", "stacks", "steward", "jupyterhub-aws.json");
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
        checkpoint: { latest: { resources: { type: string; urn: string; id?: string }[] } };
    };
    return checkpoint.latest.resources
        .filter(({ type }) => dataTypes.includes(type))
        .map(({ urn, id }) => `${urn} ${String(id)}`)
        .sort();
}

const rolling = (machine: string) =>
    `the nodes of node-pools-${machine} roll, one after another; what runs on them moves or stops`;
const restarting = (workload: string) => `the pods of ${workload} restart`;

/** Layers whose hand-over nobody notices: nothing rolls, nothing restarts. */
const unnoticed = [
    "account",
    "network",
    "control-plane",
    "backups",
    "object-storage",
    "ingress-tls",
    "security-abuse",
    "auth-config",
    "access-policy",
    "budget-billing",
];

/** What a hand-over of each other layer makes people notice; those of subscriptions are left out here. */
const noticed: readonly (readonly [layer: string, announced: readonly string[]])[] = [
    [
        "node-pools",
        [
            rolling("core"),
            rolling("prod-dask"),
            rolling("prod-gpu-g4dn-xlarge"),
            rolling("prod-user-r5-16xlarge-us-east-2a"),
            rolling("prod-user-r5-4xlarge-us-east-2a"),
            rolling("prod-user-r5-xlarge-us-east-2a"),
            restarting("node-pools-autoscaler:kube-system/cluster-autoscaler"),
            restarting("node-pools-gpu-plugin"),
        ],
    ],
    ["home-storage", [restarting("home-storage-prod-chart:prod-homes/home-nfs")]],
    ["hub-database", ["hub-database-prod-class is made anew; its volumes stay as they are"]],
    [
        "gateway",
        [
            restarting("gateway-certificates-chart:cert-manager/cert-manager"),
            restarting("gateway-certificates-chart:cert-manager/cert-manager-cainjector"),
            restarting("gateway-certificates-chart:cert-manager/cert-manager-webhook"),
            restarting("gateway-chart:gateway/gateway-traefik"),
        ],
    ],
    [
        "monitoring-alerts",
        [
            "monitoring-alerts-class is made anew; its volumes stay as they are",
            restarting("monitoring-alerts-grafana:monitoring/grafana"),
            restarting("monitoring-alerts-logs:node-agents/fluent-bit"),
            restarting("monitoring-alerts-prometheus:monitoring/prometheus-alertmanager"),
            restarting("monitoring-alerts-prometheus:monitoring/prometheus-kube-state-metrics"),
            restarting("monitoring-alerts-prometheus:monitoring/prometheus-server"),
            restarting(
                "monitoring-alerts-prometheus:node-agents/prometheus-prometheus-node-exporter",
            ),
        ],
    ],
    [
        "hub",
        [
            restarting("hub-prod-chart:prod/hub"),
            restarting("hub-prod-chart:prod/proxy"),
            restarting("hub-prod-chart:prod/user-scheduler"),
            restarting("hub-prod-dask-chart:prod/api-prod-dask-gateway"),
            restarting("hub-prod-dask-chart:prod/controller-prod-dask-gateway"),
            restarting("hub-prod-dask-chart:prod/traefik-prod-dask-gateway"),
        ],
    ],
    // The owner stands on every user's pod, which the hub reads from its configuration when it starts.
    [
        "user-sessions",
        [
            restarting("hub-prod-chart:prod/hub"),
            restarting("hub-prod-dask-chart:prod/api-prod-dask-gateway"),
            restarting("hub-prod-dask-chart:prod/controller-prod-dask-gateway"),
        ],
    ],
];

/** Topics follow who owns something: a new owner gets one, the last one's goes. */
const ofTopics =
    /\(aws:sns\/(topic:Topic|topicPolicy:TopicPolicy|topicSubscription:TopicSubscription)\) is deleted$/;

// One after another on one state: each run hands over one layer more.
describe("handing a layer over", () => {
    let before: string[] = [];

    beforeAll(async () => {
        const { code } = await rehearse(folder, handedOver([]));
        expect(code).toBe(0);
        before = dataInState();
        expect(before.length).toBeGreaterThan(10);
    });

    /** Hands them over, and says what rolls or restarts for it; no data is another afterwards. */
    async function toldOf(slugs: readonly string[]): Promise<string[]> {
        const { code, result } = await rehearse(folder, handedOver(slugs));
        expect([code, result.coverage.uncovered]).toEqual([0, 0]);
        expect(dataInState()).toEqual(before);
        return (result.announced ?? []).filter((each) => !ofTopics.test(each)).sort();
    }

    it(`of ${unnoticed.join(", ")} is noticed by nobody`, async () => {
        expect(await toldOf(unnoticed)).toEqual([]);
    });

    it.each(noticed.map(([slug, announced], at) => [slug, announced, at] as const))(
        "of %s replaces no data, and says before what rolls or restarts",
        async (_, announced, at) => {
            const further = noticed.slice(0, at + 1).map(([slug]) => slug);
            expect(await toldOf([...unnoticed, ...further])).toEqual(announced);
        },
    );
});
