import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../../helm/object";
import type { Props, Value } from "../../../provider/values";
import type { Installation } from "../object";
import { HubValues } from "./values";

/** Security settings of every container of the chart but the hub's. */
export const confined = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsGroup: 65534,
    runAsNonRoot: true,
    runAsUser: 65534,
    seccompProfile: { type: "RuntimeDefault" },
};

/** One release of the chart: its names, labels and what its pods have in common. */
export class HubRelease {
    readonly name: string;
    readonly namespace: string;
    readonly values: HubValues;
    readonly #version: string;

    constructor({ release, namespace, version, values }: Installation) {
        this.name = release;
        this.namespace = namespace;
        this.values = new HubValues(values);
        this.#version = version;
    }

    get #app(): string {
        return this.values.text("nameOverride", "jupyterhub");
    }

    /** The name before all others; empty unless the values ask for one. */
    get #fullname(): string {
        const { values } = this;
        const asked = values.at("fullnameOverride");
        if (typeof asked === "string") return asked;
        return this.name.includes(this.#app) ? this.name : `${this.name}-${this.#app}`;
    }

    /** The name of an object in the release's namespace. */
    named(name: string): string {
        return this.#fullname === "" ? name : `${this.#fullname}-${name}`;
    }

    /** The name of an object outside namespaces. */
    global(name: string): string {
        return `${this.#fullname === "" ? this.name : this.#fullname}-${name}`;
    }

    /** What a selector holds on to. */
    selector(component: string): Record<string, string> {
        return { app: this.#app, component, release: this.name };
    }

    /** Labels of an object. */
    labels(component: string): Record<string, string> {
        const chart = `jupyterhub-${this.#version.replaceAll("+", "_")}`;
        return {
            ...this.podLabels(component),
            chart,
            heritage: "Helm",
            "app.kubernetes.io/managed-by": "Helm",
            "helm.sh/chart": chart,
        };
    }

    /** Labels of a pod: none of them changes with the chart's version. */
    podLabels(component: string): Record<string, string> {
        return {
            ...this.selector(component),
            "app.kubernetes.io/component": component,
            "app.kubernetes.io/instance": this.name,
            "app.kubernetes.io/name": this.#app,
        };
    }

    object(
        apiVersion: string,
        kind: string,
        name: string,
        component: string,
        fields: Readonly<Record<string, unknown>>,
        annotations: Props = {},
    ): KubernetesObject {
        const metadata = {
            name,
            labels: this.labels(component),
            ...(Object.keys(annotations).length === 0
                ? {}
                : { annotations: annotations as Record<string, string> }),
        };
        return { apiVersion, kind, metadata, ...fields };
    }

    serviceAccount(name: string, component: string, path: string): KubernetesObject[] {
        const { values } = this;
        if (!values.isOn(`${path}.create`)) return [];
        const annotations = values.map(`${path}.annotations`);
        const own = values.text(`${path}.name`, this.named(name));
        return [this.object("v1", "ServiceAccount", own, component, {}, annotations)];
    }

    /** `{ serviceAccountName }` of a pod: its own account, one that is there already, or the namespace's. */
    account(name: string, path: string): Props {
        const { values } = this;
        const own = values.isOn(`${path}.create`) ? this.named(name) : "default";
        return { serviceAccountName: values.text(`${path}.name`, own) };
    }

    disruptionBudget(name: string, component: string, path: string): KubernetesObject[] {
        const { values } = this;
        if (!values.isOn(`${path}.enabled`)) return [];
        const maximum = values.at(`${path}.maxUnavailable`);
        const minimum = values.at(`${path}.minAvailable`);
        const spec = {
            ...(maximum === undefined ? {} : { maxUnavailable: maximum }),
            ...(minimum === undefined ? {} : { minAvailable: minimum }),
            selector: { matchLabels: this.selector(component) },
        };
        return [
            this.object("policy/v1", "PodDisruptionBudget", this.named(name), component, { spec }),
        ];
    }

    /** Where pods of a purpose run: their own nodes first, or only. */
    scheduling(purpose: "core" | "user", own: readonly Value[]): Props {
        const { values } = this;
        const path = `scheduling.${purpose}Pods`;
        const dedicated = ["hub.jupyter.org/dedicated", "hub.jupyter.org_dedicated"].map((key) => ({
            key,
            operator: "Equal",
            value: purpose,
            effect: "NoSchedule",
        }));
        const general = values.at(`${path}.tolerations`);
        const matchExpressions = [
            { key: "hub.jupyter.org/node-purpose", operator: "In", values: [purpose] },
        ];
        const matching: Readonly<Record<string, Props>> = {
            prefer: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                    { weight: 100, preference: { matchExpressions } },
                ],
            },
            require: {
                requiredDuringSchedulingIgnoredDuringExecution: {
                    nodeSelectorTerms: [{ matchExpressions }],
                },
            },
        };
        const nodeAffinity = matching[values.text(`${path}.nodeAffinity.matchNodePurpose`)];
        return {
            tolerations: [...(Array.isArray(general) ? general : dedicated), ...own],
            ...(nodeAffinity === undefined ? {} : { affinity: { nodeAffinity } }),
        };
    }

    /** `{ priorityClassName }` where the release has priorities. */
    priority(name: string): Props {
        return this.values.isOn("scheduling.podPriority.enabled")
            ? { priorityClassName: this.global(name) }
            : {};
    }
}

/** Changes whenever the content does, so that pods restart with it. */
export function checksum(content: unknown): string {
    return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** As a Secret holds its data. */
export function base64(text: string): string {
    return Buffer.from(text).toString("base64");
}
