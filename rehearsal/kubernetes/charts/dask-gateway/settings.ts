import type { KubernetesObject } from "../../../helm/object";
import type { DaskRelease } from "./release";

export interface Settings {
    readonly gateway: KubernetesObject;
    readonly controller: KubernetesObject;
}

const file = "dask_gateway_config.py";

/**
 * What gateway and controller are told. The chart's own lines are left out: those that Steward wrote stand after them,
 * as does what of the values the chart's lines would read.
 */
export function configMaps(release: DaskRelease): Settings {
    const { values } = release;
    const own = "# written by the chart; this rehearsal did not render it\n";
    const { extraConfig: _, ...told } = values.map("gateway");
    const extra = Object.entries(values.map("gateway.extraConfig")).sort(([a], [b]) =>
        a < b ? -1 : 1,
    );
    const config = [
        own,
        `# ${JSON.stringify(told)}\n`,
        ...extra.map(
            ([key, text]) =>
                `# From gateway.extraConfig.${key}\n${typeof text === "string" ? text : ""}`,
        ),
    ].join("");
    const named = (part: string, data: string) =>
        release.object("v1", "ConfigMap", release.named(part), { data: { [file]: data } });
    return { gateway: named("api", config), controller: named("controller", own) };
}
