import { constructChart } from "../../../rehearsal/kubernetes/chart";
import { chartType, unseenCharts } from "../../../rehearsal/kubernetes/unseen-charts";
import type { ChartRequest, ChartSource } from "../../../rehearsal/kubernetes/chart-source";
import { kubernetesStandIn } from "../../../rehearsal/kubernetes/stand-in";
import type { ConstructRequest } from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { FakeMonitor } from "./fake-monitor";

const home = { server: "https://a.example.org", namespace: "default" };
const usual: Props = { chart: "a", version: "1.0.0", namespace: "hubs" };
const monitor = new FakeMonitor();

beforeAll(() => monitor.start());
afterAll(() => {
    monitor.stop();
});
beforeEach(() => {
    monitor.registered.length = 0;
    monitor.refused.clear();
    monitor.outputs = undefined;
});

function request(inputs: Props, more: Partial<ConstructRequest> = {}): ConstructRequest {
    return {
        type: chartType,
        name: "prod",
        inputs,
        parent: "urn:layer",
        monitorTarget: monitor.address,
        project: "steward",
        stack: "dev",
        providers: { kubernetes: "urn:provider::1" },
        dryRun: false,
        config: {},
        aliases: [],
        dependencies: ["urn:other"],
        protect: false,
        ...more,
    };
}

const asked: ChartRequest[] = [];
const source: ChartSource = (chart) => {
    asked.push(chart);
    const objects = [
        { apiVersion: "v1", kind: "Secret", metadata: { name: "b" }, data: { c: "ZA==" } },
        {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "b", annotations: { "helm.sh/resource-policy": "keep" } },
        },
        { apiVersion: "v1", kind: "Namespace", metadata: { name: "e" } },
    ];
    return Promise.resolve({ objects, rehearsed: "rendered" });
};

describe("a chart", () => {
    it("is registered with its objects below it, as the real one does it", async () => {
        const { urn, state } = await constructChart(request(usual), home, source);

        const shared = { provider: "urn:provider::1", protect: false, parent: "urn:prod" };
        const child = { ...shared, custom: true, secrets: [], retained: false, dependencies: [] };
        expect(monitor.registered).toEqual([
            {
                type: "kubernetes:helm.sh/v4:Chart",
                name: "prod",
                parent: "urn:layer",
                custom: false,
                provider: "",
                protect: false,
                dependencies: ["urn:other"],
                retained: false,
                props: {},
                secrets: [],
            },
            {
                ...child,
                type: "kubernetes:core/v1:Namespace",
                name: "prod:e",
                props: { apiVersion: "v1", kind: "Namespace", metadata: { name: "e" } },
            },
            {
                ...child,
                type: "kubernetes:core/v1:Secret",
                name: "prod:hubs/b",
                dependencies: ["urn:prod:e"],
                secrets: ["data"],
                props: {
                    apiVersion: "v1",
                    kind: "Secret",
                    metadata: { name: "b", namespace: "hubs" },
                    data: { c: "ZA==" },
                },
            },
            {
                ...child,
                type: "kubernetes:core/v1:ConfigMap",
                name: "prod:hubs/b",
                dependencies: ["urn:prod:e"],
                retained: true,
                props: {
                    apiVersion: "v1",
                    kind: "ConfigMap",
                    metadata: {
                        name: "b",
                        namespace: "hubs",
                        annotations: { "helm.sh/resource-policy": "keep" },
                    },
                },
            },
        ]);
        const resources = ["urn:prod:e", "urn:prod:hubs/b", "urn:prod:hubs/b"];
        expect([urn, state]).toEqual(["urn:prod", { resources, rehearsed: "rendered" }]);
        expect(monitor.outputs).toEqual(state);
    });

    it("is asked for as its inputs say", async () => {
        const inputs: Props = {
            chart: "oci://registry.example.org/charts/b",
            version: "2.0.0",
            name: "release",
            values: { c: 1 },
            skipCrds: true,
            skipAwait: true,
            resourcePrefix: "d",
        };
        asked.length = 0;
        await constructChart(request(inputs), home, source);
        expect(asked).toEqual([
            {
                repo: "oci://registry.example.org/charts",
                chart: "b",
                version: "2.0.0",
                release: "release",
                namespace: "default",
                values: { c: 1 },
                withCrds: false,
                prefix: "d",
                awaited: false,
            },
        ]);
        const secret = monitor.registered.find(({ type }) => type.endsWith(":Secret"));
        expect([secret?.name, secret?.props["metadata"]]).toEqual([
            "d:default/b",
            {
                name: "b",
                namespace: "default",
                annotations: { "pulumi.com/skipAwait": "true" },
            },
        ]);
    });

    it("hands protection on", async () => {
        await constructChart(request(usual, { protect: true }), home, source);
        expect(monitor.registered.map(({ protect }) => protect)).toEqual([true, true, true, true]);
    });

    it("shows only itself while something is not known yet", async () => {
        const inputs: Props = { ...usual, values: { token: Unknown } };
        const { state } = await constructChart(request(inputs), home, source);
        expect(monitor.registered.map(({ name }) => name)).toEqual(["prod"]);
        expect(state).toEqual({ resources: Unknown, rehearsed: "unseen" });
    });

    it("names the object that the engine does not take, after trying them all", async () => {
        monitor.refused.add("prod:e");
        await expect(constructChart(request(usual), home, source)).rejects.toThrow(
            "prod:e: not taken",
        );
    });

    it.each([
        ["no version", { chart: "a" }],
        ["a range of versions", { chart: "a", version: "^1.0.0" }],
        ["no name", { version: "1.0.0" }],
    ])("is refused with %s", async (_, inputs) => {
        await expect(constructChart(request(inputs), home, source)).rejects.toThrow(
            "chart prod: name a chart and its exact version; a newer one would come by itself",
        );
    });

    it("is refused with inputs that the rehearsal cannot follow", async () => {
        const inputs = { ...usual, postRenderer: { command: "sed" }, valueYamlFiles: ["a"] };
        await expect(constructChart(request(inputs), home, source)).rejects.toThrow(
            "chart prod: the rehearsal does not follow postRenderer, valueYamlFiles; leave it out",
        );
        const values = { ...usual, values: "a: b" };
        await expect(constructChart(request(values), home, source)).rejects.toThrow(
            "chart prod: values is no map of values",
        );
    });

    it("is the only component that is taken apart, and needs a cluster", () => {
        const construct = (type: string) => () =>
            kubernetesStandIn.construct?.(request(usual, { type }));
        expect(construct("kubernetes:yaml/v2:ConfigFile")).toThrow(
            "the rehearsal does not take kubernetes:yaml/v2:ConfigFile apart",
        );
        expect(construct(chartType)).toThrow("the provider's kubeconfig is not given");
    });
});

describe("charts that nobody could look into", () => {
    it("are those without an object below them", () => {
        const stack = "urn:pulumi:dev::steward::";
        const chart = `${stack}steward:a:Layer$${chartType}`;
        const urns = [
            `${stack}pulumi:pulumi:Stack::dev`,
            `${chart}::seen`,
            `${chart}$kubernetes:core/v1:Secret::seen:hubs/a`,
            `${chart}::unseen`,
            `${chart}::see`,
        ];
        expect(unseenCharts(urns)).toEqual(["unseen", "see"]);
        expect(unseenCharts([])).toEqual([]);
    });
});
