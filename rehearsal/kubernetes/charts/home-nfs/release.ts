import type { Props, Value } from "../../../provider/values";
import { at, textAt } from "../../path";
import type { Installation } from "../object";

/** The names and labels of one release. */
export class HomeRelease {
    readonly name: string;
    readonly values: Props;
    readonly #release: string;
    readonly #version: string;

    constructor({ release, values, version }: Installation) {
        const prefix = textAt(values, "fullnameOverride") ?? "";
        this.name = prefix === "" ? "home-nfs" : `${prefix}-home-nfs`;
        this.values = values;
        this.#release = release;
        this.#version = version;
    }

    /** Outside namespaces, so with the name of the release before it. */
    get volume(): string {
        return `${this.#release}-${this.name}`;
    }

    get #selectorLabels(): Record<string, string> {
        return { "app.kubernetes.io/name": this.name, "app.kubernetes.io/instance": this.#release };
    }

    labels(component?: string): Record<string, string> {
        return {
            ...this.#selectorLabels,
            "app.kubernetes.io/managed-by": "Helm",
            "app.kubernetes.io/version": this.#version,
            "helm.sh/chart": `jupyterhub-home-nfs-${this.#version}`,
            ...(component === undefined ? {} : { "app.kubernetes.io/component": component }),
        };
    }

    podLabels(): Record<string, string> {
        return {
            ...this.#selectorLabels,
            "app.kubernetes.io/component": "nfs-server",
            app: "nfs-server",
            component: "shared-volume-metrics",
        };
    }

    isOn(path: string): boolean {
        return at(this.values, `${path}.enabled`) !== false;
    }

    image(path: string, repository: string, tag: string): string {
        const own = textAt(this.values, `${path}.image.repository`) ?? repository;
        return `${own}:${textAt(this.values, `${path}.image.tag`) ?? tag}`;
    }

    resources(path: string): Value {
        return at(this.values, `${path}.resources`) ?? {};
    }
}
