import { geolabSpec } from "../../support/stack-file";
import {
    certificateValues,
    gatewayValues,
} from "../../../components/workloads/jupyterhub/gateway-values";
import { capacities, daemonSets } from "../../../components/model/node-capacity";
import { agentIdentity } from "../../../components/platforms/aws/agent-identity";
import {
    grafanaValues,
    logValues,
    prometheusValues,
} from "../../../components/workloads/jupyterhub/monitoring/chart-values";
import { objectFailures } from "../../../rehearsal/kubernetes/check";
import { chartObjects } from "../../../rehearsal/kubernetes/chart-source";
import { droppedHooks } from "../../../rehearsal/kubernetes/charts/hooks";
import found from "../../../rehearsal/kubernetes/charts/hooks.generated.json";
import { recordedChart } from "../../../rehearsal/kubernetes/charts/recorded";
import type { Props } from "../../../rehearsal/provider/values";

const { jupyterhub } = geolabSpec().workload;
const hostname = "gateway-1.elb.us-east-2.amazonaws.com";

/** What the program asks for: the recording has to be of the same. */
const charts = {
    traefik: {
        release: "gateway",
        namespace: "gateway",
        version: jupyterhub.gatewayChartVersion,
        values: gatewayValues({ hostname }) as unknown as Props,
        list: recordedChart({
            folder: "traefik",
            version: "41.3.0",
            addressAt: "providers.kubernetesGateway.statusAddress.hostname",
        }),
    },
    "cert-manager": {
        release: "cert-manager",
        namespace: "cert-manager",
        version: jupyterhub.certificatesChartVersion,
        values: certificateValues(agentIdentity) as unknown as Props,
        list: recordedChart({ folder: "cert-manager", version: "v1.20.3" }),
    },
    prometheus: {
        release: "prometheus",
        namespace: "monitoring",
        version: jupyterhub.monitoring.prometheusChartVersion,
        values: prometheusValues() as unknown as Props,
        list: recordedChart({ folder: "prometheus", version: "29.27.0" }),
    },
    grafana: {
        release: "grafana",
        namespace: "monitoring",
        version: jupyterhub.monitoring.grafanaChartVersion,
        values: grafanaValues() as unknown as Props,
        list: recordedChart({ folder: "grafana", version: "12.11.1" }),
    },
    "fluent-bit": {
        release: "fluent-bit",
        namespace: "node-agents",
        version: jupyterhub.monitoring.logsChartVersion,
        values: logValues() as unknown as Props,
        list: recordedChart({ folder: "fluent-bit", version: "0.58.1" }),
    },
};

describe.each(Object.entries(charts))("the recording of %s", (_, { list, ...asked }) => {
    it("is of the release and the values that the program deploys", () => {
        expect(list.versions).toEqual([asked.version]);
        expect(list.problems(asked.values)).toEqual([]);
    });

    it("has objects that an API server takes", () => {
        const objects = list.objects(asked);
        const failures = objects.flatMap((object) =>
            objectFailures(object, object as unknown as Props),
        );
        expect(failures).toEqual([]);
        expect(JSON.stringify(objects)).not.toContain("address.invalid");
    });

    it("refuses other values, another release and another namespace", () => {
        expect(list.problems({ ...asked.values, replicaCount: 3 })).toEqual([
            "replicaCount: is not what was recorded; run scripts/scan-charts.mjs again",
        ]);
        expect(() => list.objects({ ...asked, release: "other" })).toThrow(/not as other in/);
        expect(() => list.objects({ ...asked, namespace: "other" })).toThrow(/in other; put helm/);
    });
});

it("writes the load balancer's name where the recording has a stand-in for it", () => {
    const { list, ...asked } = charts.traefik;
    const text = JSON.stringify(list.objects(asked));

    expect(text).toContain(`--providers.kubernetesgateway.statusaddress.hostname=${hostname}`);
    expect(list.objects(asked).map(({ kind }) => kind)).toEqual([
        "ServiceAccount",
        "ConfigMap",
        "ClusterRole",
        "ClusterRoleBinding",
        "Deployment",
    ]);
});

it("defines the kinds of cert-manager, kept when the chart goes", () => {
    const { list, ...asked } = charts["cert-manager"];
    const definitions = list
        .objects(asked)
        .filter(({ kind }) => kind === "CustomResourceDefinition")
        .map(({ metadata }) => [metadata.name, metadata.annotations?.["helm.sh/resource-policy"]]);

    expect(definitions).toEqual([
        ["challenges.acme.cert-manager.io", "keep"],
        ["orders.acme.cert-manager.io", "keep"],
        ["certificaterequests.cert-manager.io", "keep"],
        ["certificates.cert-manager.io", "keep"],
        ["clusterissuers.cert-manager.io", "keep"],
        ["issuers.cert-manager.io", "keep"],
    ]);
});

it("is found by the name of the chart where nothing renders it", async () => {
    const { list: _list, ...asked } = charts.traefik;
    const { objects } = await chartObjects({
        ...asked,
        repo: "https://charts.invalid",
        chart: "traefik",
        withCrds: false,
        prefix: "gateway-chart",
        awaited: true,
    });
    expect(objects).toHaveLength(5);
});

interface Pod {
    readonly hostNetwork?: boolean;
    readonly hostPID?: boolean;
    readonly automountServiceAccountToken?: boolean;
    readonly securityContext?: Props;
    readonly volumes?: readonly { readonly name: string; readonly hostPath?: object }[];
    readonly containers: readonly {
        readonly name: string;
        readonly securityContext?: Props;
        readonly resources?: { readonly requests?: { readonly cpu: string; memory: string } };
    }[];
}

/** The pods that the monitoring's charts start, by namespace and name. */
const pods = [charts.prometheus, charts.grafana, charts["fluent-bit"]].flatMap(
    ({ list, ...asked }) =>
        list
            .objects(asked)
            .filter(({ kind }) => /^(Deployment|DaemonSet|StatefulSet)$/.test(kind))
            .map(({ kind, metadata, ...object }) => {
                const { spec } = (object as unknown as { spec: { template: { spec: Pod } } }).spec
                    .template;
                return { kind, ...metadata, pod: spec };
            }),
);

describe("the pods of the monitoring", () => {
    it("are what a restricted namespace takes, and start with no right that they do not use", () => {
        const restricted = pods.filter(({ namespace }) => namespace === "monitoring");
        expect(restricted.map(({ name }) => name)).toEqual([
            "prometheus-kube-state-metrics",
            "prometheus-server",
            "prometheus-alertmanager",
            "grafana",
        ]);
        for (const { pod } of restricted) {
            expect(pod).not.toHaveProperty("hostPID", true);
            expect(pod).not.toHaveProperty("hostNetwork", true);
            expect((pod.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined)).toEqual(
                [],
            );
            expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
            for (const { securityContext: own } of pod.containers) {
                expect(own).toMatchObject({
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                });
                const profile = own?.["seccompProfile"] ?? pod.securityContext?.["seccompProfile"];
                expect(profile).toEqual({ type: "RuntimeDefault" });
            }
        }
        const mounting = pods.filter(({ pod }) => pod.automountServiceAccountToken !== false);
        expect(mounting.map(({ name }) => name)).toEqual([
            "prometheus-kube-state-metrics",
            "prometheus-server",
        ]);
    });

    it("leave users what they were promised of a machine: what is on every node fits the reserve", () => {
        const requests = pods
            .filter(({ kind }) => kind === "DaemonSet")
            .flatMap(({ pod }) => pod.containers.map(({ resources }) => resources?.requests));
        const sum = (of: "cpu" | "memory") =>
            requests.reduce((total, each) => total + Number.parseInt(each?.[of] ?? "0", 10), 0);
        for (const { allocatable } of Object.values(capacities)) {
            const left = 0.02; // the share of a machine that no choice gives away: `shareOf`
            expect(sum("cpu")).toBeLessThan((allocatable.milliCpu - daemonSets.milliCpu) * left);
            expect(sum("memory") * 2 ** 20).toBeLessThan(
                (allocatable.bytes - daemonSets.bytes) * left,
            );
        }
        expect([sum("cpu"), sum("memory")]).toEqual([15, 64]); // thousandths of a core, MiB
    });
});

describe("hooks, which Pulumi drops", () => {
    it("are all answered for, in every chart that is deployed", () => {
        const answered = Object.fromEntries(
            Object.entries(droppedHooks).map(([chart, hooks]) => [
                chart,
                hooks.map(({ hook }) => hook),
            ]),
        );
        expect(answered).toEqual(found.hooks);
    });

    it("are known of the very releases that the program deploys", () => {
        expect(Object.keys(droppedHooks)).toEqual([
            `traefik ${jupyterhub.gatewayChartVersion}`,
            `cert-manager ${jupyterhub.certificatesChartVersion}`,
            `prometheus ${jupyterhub.monitoring.prometheusChartVersion}`,
            `grafana ${jupyterhub.monitoring.grafanaChartVersion}`,
            `fluent-bit ${jupyterhub.monitoring.logsChartVersion}`,
            `jupyterhub ${jupyterhub.chartVersion}`,
            `dask-gateway ${jupyterhub.daskGatewayChartVersion}`,
            `jupyterhub-home-nfs ${jupyterhub.homesChartVersion}`,
        ]);
    });
});
