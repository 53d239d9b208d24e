import type { KubernetesObject } from "../../../helm/object";
import type { Props, Value } from "../../../provider/values";
import { isProps } from "../../../provider/values";
import { at, entriesAt, listAt, textAt } from "../../path";
import type { Installation } from "../object";

/** What the chart does where its values say nothing, as far as its objects depend on it. */
const defaults: Readonly<Record<string, string>> = {
    "gateway.prefix": "/",
    "gateway.image.name": "ghcr.io/dask/dask-gateway-server",
    "gateway.image.tag": "2026.3.0",
    "controller.image.name": "ghcr.io/dask/dask-gateway-server",
    "controller.image.tag": "2026.3.0",
    "traefik.image.name": "docker.io/traefik",
    "traefik.image.tag": "3.3.5",
    "traefik.service.type": "LoadBalancer",
    "gateway.auth.jupyterhub.apiTokenFromSecretName": "hub",
    "gateway.auth.jupyterhub.apiTokenFromSecretKey": "hub.services.dask-gateway.apiToken",
};

/** The values of an installation, over the chart's own. */
export class DaskValues {
    readonly #given: Props;

    constructor(given: Props) {
        this.#given = given;
    }

    text(path: string): string {
        return textAt(this.#given, path) ?? defaults[path] ?? "";
    }

    list(path: string): readonly Value[] {
        return listAt(this.#given, path);
    }

    map(path: string): Props {
        return Object.fromEntries(entriesAt(this.#given, path));
    }

    at(path: string): Value | undefined {
        return at(this.#given, path);
    }

    /** `{ key: value }` when the values have it and it is not empty, else nothing. */
    optional(key: string, path: string): Props {
        const value = at(this.#given, path);
        const size = Array.isArray(value)
            ? value.length
            : isProps(value)
              ? Object.keys(value).length
              : 0;
        return value === undefined || size === 0 ? {} : { [key]: value };
    }
}

/** One release of the chart: its names, labels and what its pods have in common. */
export class DaskRelease {
    readonly namespace: string;
    readonly values: DaskValues;
    readonly #release: string;
    readonly #version: string;

    constructor({ release, namespace, version, values }: Installation) {
        this.namespace = namespace;
        this.values = new DaskValues(values);
        this.#release = release;
        this.#version = version;
    }

    /** The release's own name where that says what it is. */
    get fullname(): string {
        const own = this.#release;
        return cut(own.includes("dask-gateway") ? own : `${own}-dask-gateway`);
    }

    /** The name of an object; the chart cuts it where a label would end. */
    named(part: string): string {
        return cut(`${part}-${this.fullname}`);
    }

    selector(component: string): Record<string, string> {
        return {
            "app.kubernetes.io/name": "dask-gateway",
            "app.kubernetes.io/instance": this.#release,
            "app.kubernetes.io/component": component,
        };
    }

    /** Labels of an object. */
    get labels(): Record<string, string> {
        return {
            "app.kubernetes.io/name": "dask-gateway",
            "helm.sh/chart": `dask-gateway-${this.#version}`,
            "app.kubernetes.io/instance": this.#release,
            "app.kubernetes.io/version": this.#version,
            "app.kubernetes.io/managed-by": "Helm",
            "gateway.dask.org/instance": this.fullname,
        };
    }

    object(apiVersion: string, kind: string, name: string, fields: Props): KubernetesObject {
        return {
            apiVersion,
            kind,
            metadata: { name, namespace: this.namespace, labels: this.labels },
            ...fields,
        };
    }
}

const cut = (name: string): string => name.slice(0, 63).replace(/-$/, "");
