import type { KubernetesObject } from "../../helm/object";
import type { Props } from "../../provider/values";

/** What a chart is installed with. */
export interface Installation {
    /** The name of the release. */
    readonly release: string;
    readonly namespace: string;
    /** The version of the chart. */
    readonly version: string;
    readonly values: Props;
}

/** The objects of a chart, listed by us for a machine where the chart cannot be rendered. */
export interface ObjectList {
    /** Of the chart, that the list was compared with. */
    readonly versions: readonly string[];
    /** What the chart's schema says against the keys of its values: "where: what". */
    problems(values: Props): string[];
    /** All objects but the hooks. The same installation makes the same objects. */
    objects(installation: Installation): KubernetesObject[];
}
