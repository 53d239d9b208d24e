import { machineLayer } from "../../../../../components/model/commcare/machine-layer";
import { services } from "../../../../../components/model/commcare/services";
import { ownerOf } from "../../../../../components/model/matrix";
import { dataMount } from "../../../../../components/platforms/aws/machines/metrics";
import { agentSettings } from "../../../../../components/platforms/aws/machines/metrics-agent";
import type { BuiltMachines } from "./cluster";
import { build, commcare } from "./cluster";

// The whole cluster takes some seconds to construct.
jest.setTimeout(120_000);

const spec = commcare();
const { plan } = spec.workload;
let built: BuiltMachines;
beforeAll(async () => {
    built = await build(spec);
});

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const topicOf = (layer: string) =>
    `arn:of:service-monitoring-${ownerOf(spec.matrix, layer)?.role ?? "nobody"}`;

interface Settings {
    readonly metrics: {
        readonly namespace: string;
        readonly append_dimensions: Readonly<Record<string, string>>;
        readonly aggregation_dimensions: readonly (readonly string[])[];
        readonly metrics_collected: Readonly<
            Record<
                string,
                { readonly resources?: readonly string[]; readonly measurement: readonly string[] }
            >
        >;
    };
}

/** The metrics that the agent writes for one machine, as `namespace name dimension=value …`. */
function written(settings: Settings, instance: string): string[] {
    const { namespace, append_dimensions, aggregation_dimensions, metrics_collected } =
        settings.metrics;
    const machine = Object.fromEntries(
        Object.keys(append_dimensions).map((key) => [key, instance]),
    );
    return Object.entries(metrics_collected).flatMap(([plugin, { resources, measurement }]) => {
        const places = (resources ?? [undefined]).map((path) =>
            path === undefined ? {} : { path, fstype: "ext4" },
        );
        return places.flatMap((place) => {
            const all: Record<string, string> = { ...machine, ...place };
            const summed = aggregation_dimensions
                .filter((keys) => keys.every((key) => key in all))
                .map((keys) => Object.fromEntries(keys.map((key) => [key, all[key] ?? ""])));
            return measurement.flatMap((name) =>
                [all, ...summed].map((each) => worded(namespace, `${plugin}_${name}`, each)),
            );
        });
    });
}

const worded = (namespace: string, name: string, dimensions: Readonly<Record<string, string>>) =>
    [
        namespace,
        name,
        ...Object.entries(dimensions)
            .sort()
            .map(([key, value]) => `${key}=${value}`),
    ].join(" ");

/** What an agent was told, as the document of Systems Manager hands it over. */
function handedOver(): Settings {
    const [document] = built.ofType("aws:ssm/document:Document");
    const { mainSteps } = JSON.parse(String(document?.inputs["content"])) as {
        mainSteps: { inputs: { runCommand?: string[] } }[];
    };
    const lines = mainSteps.flatMap(({ inputs }) => inputs.runCommand ?? []);
    return JSON.parse(lines.find((line) => line.startsWith("{")) ?? "") as Settings;
}

const ofAgent = () =>
    built.ofType(alarmType).filter(({ inputs }) => inputs["namespace"] === "steward/commcare");

describe("how full the disks are", () => {
    it("is asked of every machine by all dimensions, and by no others, that its agent writes", () => {
        const alarms = ofAgent();
        const withData = plan.machines.filter(({ dataGiB }) => dataGiB !== null);
        expect(withData.length).toBeGreaterThan(0);
        expect(alarms.length).toBe(2 * plan.machines.length + withData.length);
        for (const { inputs } of alarms) {
            const dimensions = inputs["dimensions"] as Record<string, string>;
            const [namespace, name] = [inputs["namespace"], inputs["metricName"]].map(String);
            expect(written(handedOver(), dimensions["InstanceId"] ?? "")).toContain(
                worded(namespace ?? "", name ?? "", dimensions),
            );
        }
        const instances = new Set(
            alarms.map(
                ({ inputs }) => (inputs["dimensions"] as Record<string, string>)["InstanceId"],
            ),
        );
        expect(instances.size).toBe(plan.machines.length);
    });

    it("is told to whoever answers for what fills the disk", () => {
        for (const machine of plan.machines) {
            const own = topicOf(machineLayer(machine));
            const actions = (noun: string) =>
                built.find(alarmType, `service-monitoring-${machine.name}-${noun}`).inputs[
                    "alarmActions"
                ];
            expect(actions("memory")).toEqual([own]);
            if (machine.dataGiB === null) {
                expect(actions("root-full")).toEqual([own]);
            } else {
                expect(actions("root-full")).toEqual([topicOf("operating-system")]);
                expect(actions("data-full")).toEqual([own]);
            }
        }
    });

    it("is not taken to be well where nothing is heard", () => {
        const roots = ofAgent().filter(({ name }) => name.endsWith("-root-full"));
        expect(new Set(roots.map(({ inputs }) => inputs["treatMissingData"]))).toEqual(
            new Set(["breaching"]),
        );
        const data = ofAgent().filter(({ name }) => name.endsWith("-data-full"));
        for (const { inputs } of data) {
            expect(inputs["treatMissingData"]).toBe("missing");
            expect(inputs["insufficientDataActions"]).toEqual(inputs["alarmActions"]);
        }
    });
});

describe("the agent", () => {
    it("looks at the root disk and at where services keep their data", () => {
        expect(handedOver().metrics.metrics_collected["disk"]?.resources).toEqual(["/", dataMount]);
        const paths = plan.machines
            .filter(({ dataGiB }) => dataGiB !== null)
            .map(({ services: placed }) => placed.map((slug) => services[slug].data?.path ?? ""));
        for (const kept of paths)
            expect(kept.some((path) => path.startsWith(`${dataMount}/`))).toBe(true);
    });

    it("is put on every machine of the cluster, and what fails is told", () => {
        const [document] = built.ofType("aws:ssm/document:Document");
        const association = built.find(
            "aws:ssm/association:Association",
            "service-monitoring-agent",
        );
        expect(association.inputs).toMatchObject({
            name: document?.inputs["name"],
            targets: [{ key: "tag:cluster", values: ["commcare"] }],
        });
        const rule = built.find(
            "aws:cloudwatch/eventRule:EventRule",
            "service-monitoring-agent-failed",
        );
        expect(JSON.parse(String(rule.inputs["eventPattern"]))).toMatchObject({
            detail: { "document-name": [document?.inputs["name"]], status: ["Failed", "TimedOut"] },
        });
    });

    it("may write the measurements of its own cluster, from each kind of machine, and no others", () => {
        const rights = built
            .ofType("aws:iam/rolePolicy:RolePolicy")
            .filter(({ name }) => name.endsWith("-metrics"));
        expect(rights.length).toBe(built.ofType("aws:iam/instanceProfile:InstanceProfile").length);
        for (const { inputs } of rights) {
            expect(JSON.parse(String(inputs["policy"]))).toMatchObject({
                Statement: [
                    {
                        Action: "cloudwatch:PutMetricData",
                        Condition: {
                            StringEquals: {
                                "cloudwatch:namespace": handedOver().metrics.namespace,
                            },
                        },
                    },
                ],
            });
        }
    });

    it("gets its settings whole: nothing in them is a parameter to Systems Manager", () => {
        expect(handedOver()).toEqual(agentSettings("commcare"));
        expect(JSON.stringify(agentSettings("commcare"))).not.toMatch(/\{\{|'/);
    });
});
