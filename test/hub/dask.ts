import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Owner } from "../../components/model/matrix";
import { agentIdentity } from "../../components/platforms/aws/agent-identity";
import type { HubSpec } from "../../components/model/spec/jupyterhub";
import { daskRelease } from "../../components/workloads/jupyterhub/dask-names";
import { handOnToClusters } from "../../components/workloads/jupyterhub/dask-owner";
import { daskValues } from "../../components/workloads/jupyterhub/dask-values";
import { renderChart } from "../../rehearsal/helm/render";

const file = "dask_gateway_config.py";

/** Configuration in the ConfigMaps of a gateway and of its controller, as their pods mount them. */
export interface DaskSettings {
    readonly gateway: Readonly<Record<string, string>>;
    readonly controller: Readonly<Record<string, string>>;
}

/** Loads what stands for the chart's own lines, from the values beside the configuration. */
const byHand = (which: keyof DaskSettings): string => `import json, os
from dask_values import ${which} as by_hand
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "values.json")) as values:
    by_hand(json.load(values), c)
`;

/** A chart's text of its ConfigMaps, where STEWARD_CHARTS has it and STEWARD_HELM says what renders it. */
async function byChart(
    hub: HubSpec,
    values: Record<string, unknown>,
): Promise<DaskSettings | null> {
    const { STEWARD_CHARTS: charts, STEWARD_HELM: helm } = process.env;
    const chartPath = join(charts ?? "", "dask-gateway-2026.3.0.tgz");
    if (charts === undefined || helm === undefined || !existsSync(chartPath)) return null;
    const release = daskRelease(hub.name);
    const options = { helm, chartPath, release, namespace: hub.name, values, kubeVersion: "1.34" };
    const { objects } = await renderChart(options);
    const dataOf = (part: string) =>
        objects.find(
            ({ kind, metadata }) => kind === "ConfigMap" && metadata.name === `${part}-${release}`,
        )?.["data"] as Record<string, string>;
    return { gateway: dataOf("api"), controller: dataOf("controller") };
}

/** What a Dask gateway beside that hub is told, after the layer's transform, and the values that it came from. */
export async function daskOf(hub: HubSpec, sessions: Owner) {
    const { daskGateway: dask } = hub;
    if (dask === undefined) throw new Error(`${hub.name} has no Dask gateway`);
    const values = daskValues(hub, dask, {
        sessions,
        serviceAccount: "user-sa",
        identity: agentIdentity,
        spotTolerations: [],
    });
    const extra = Object.entries(values.gateway.extraConfig).sort(([a], [b]) => (a < b ? -1 : 1));
    const told = (await byChart(hub, values)) ?? {
        gateway: { [file]: byHand("gateway") + extra.map(([, text]) => text).join("\n") },
        controller: { [file]: byHand("controller") },
    };
    const handed = async (data: Readonly<Record<string, string>>) => {
        const result = await handOnToClusters(sessions)({
            custom: true,
            type: "kubernetes:core/v1:ConfigMap",
            name: "settings",
            props: { data },
            opts: {},
        });
        return (result?.props ?? {})["data"] as Record<string, string>;
    };
    return {
        settings: {
            gateway: await handed(told.gateway),
            controller: await handed(told.controller),
        },
        values: { ...values, release: daskRelease(hub.name) },
    };
}
