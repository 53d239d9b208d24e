import { geolabSpec } from "../../support/stack-file";
import {
    certificateValues,
    gatewayValues,
} from "../../../components/workloads/jupyterhub/gateway-values";
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
        values: gatewayValues(hostname) as unknown as Props,
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
        values: certificateValues() as unknown as Props,
        list: recordedChart({ folder: "cert-manager", version: "v1.20.3" }),
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
            `jupyterhub ${jupyterhub.chartVersion}`,
            `dask-gateway ${jupyterhub.daskGatewayChartVersion}`,
            `jupyterhub-home-nfs ${jupyterhub.homesChartVersion}`,
        ]);
    });
});
