import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { alertRoutes, alertTemplates } from "../../../alert-routes";
import { inTurn } from "../../../in-turn";
import { labelChildren } from "../../../label-children";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { ownerLabelNames } from "../../../model/alert-rule";
import type { ClusterSpec } from "../../../model/spec";
import type { MonitoringFoundation } from "../../../platforms/monitoring-foundation";
import { sealSecrets } from "../../../seal-secrets";
import { gatewayNames } from "../gateway-names";
import { alertRules, silences } from "./alert-rules";
import { claimedStorage, mountsSecrets, readsTextfiles } from "./chart-transforms";
import { prometheusValues } from "./chart-values";
import { monitoringNames } from "./names";
import { scrapes } from "./scrapes";

/** A hub as the monitoring sees it. */
export interface WatchedHub {
    readonly hub: string;
    readonly namespace: pulumi.Input<string>;
    /** The namespace of the server of its home directories, where it has one. */
    readonly homes: pulumi.Input<string> | undefined;
    /** Secret: what the hub asks of whoever wants its measurements. */
    readonly key: pulumi.Output<string>;
}

export interface MeasurementsArgs extends LayerArgs {
    readonly spec: ClusterSpec;
    readonly platform: MonitoringFoundation;
    readonly gateway: pulumi.Input<string>;
    readonly hubs: readonly WatchedHub[];
    /** What must stand before a pod can run. */
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The part of the monitoring layer that measures and tells: Prometheus, Alertmanager, what counts the objects of
 * Kubernetes, and what measures machines. Why so: docs/adr/0013-monitoring.md.
 */
export class Measurements extends Layer {
    readonly namespace: pulumi.Output<string>;
    /** The namespace of what runs on every node. */
    readonly agents: pulumi.Output<string>;

    readonly #name: string;
    readonly #args: MeasurementsArgs;

    constructor(name: string, args: MeasurementsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Measurements", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { spec, platform, ready } = args;

        this.namespace = this.#namespace("namespace", monitoringNames.namespace, "restricted");
        // What is here looks into the node: its processors, its disks, its logs.
        this.agents = this.#namespace("agents", monitoringNames.agents, "privileged");
        const { volumeGiB } = spec.workload.jupyterhub.monitoring;
        const stands = [
            ...this.#rights(),
            this.#claim("prometheus", `${volumeGiB}Gi`),
            this.#claim("alertmanager", "1Gi"),
            this.#scrapes(),
            this.#routes(),
            this.#hubKeys(),
            ...this.#receiverSecrets(),
        ];
        this.#services();
        new helm.Chart(
            `${name}-prometheus`,
            {
                name: "prometheus",
                chart: "prometheus",
                version: spec.workload.jupyterhub.monitoring.prometheusChartVersion,
                repositoryOpts: { repo: "https://prometheus-community.github.io/helm-charts" },
                namespace: this.namespace,
                values: prometheusValues(),
            },
            {
                parent: this,
                transforms: [
                    inTurn(
                        labelChildren(this.owner),
                        sealSecrets,
                        claimedStorage,
                        mountsSecrets(Object.keys(platform.receiverSecrets).length > 0),
                        readsTextfiles(platform.hosts?.textfiles),
                    ),
                ],
                dependsOn: [...stands, ...platform.ready, ...ready],
            },
        );
        this.registerOutputs({ namespace: this.namespace });
    }

    #namespace(noun: string, called: string, level: string): pulumi.Output<string> {
        const metadata = this.metadata(called);
        const labels = { ...metadata.labels, "pod-security.kubernetes.io/enforce": level };
        const namespace = new core.Namespace(
            `${this.#name}-${noun}`,
            { metadata: { ...metadata, labels } },
            { parent: this },
        );
        return namespace.metadata.name;
    }

    /** To find the nodes and ask what they measure. All else is found by names. */
    #rights(): pulumi.Resource[] {
        const called = monitoringNames.prometheusAccount;
        const rules = [
            { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
            { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
        ];
        const role = new rbac.ClusterRole(
            `${this.#name}-role`,
            { metadata: this.metadata(called), rules },
            { parent: this },
        );
        const binding = new rbac.ClusterRoleBinding(
            `${this.#name}-role`,
            {
                metadata: this.metadata(called),
                roleRef: {
                    apiGroup: "rbac.authorization.k8s.io",
                    kind: "ClusterRole",
                    name: role.metadata.name,
                },
                subjects: [{ kind: "ServiceAccount", name: called, namespace: this.namespace }],
            },
            { parent: this },
        );
        return [role, binding];
    }

    #claim(whose: "prometheus" | "alertmanager", storage: string): pulumi.Resource {
        const { platform } = this.#args;
        return new core.PersistentVolumeClaim(
            `${this.#name}-${whose}-claim`,
            {
                metadata: this.metadata(monitoringNames.claims[whose], this.namespace),
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    storageClassName: platform.storageClass,
                    resources: { requests: { storage } },
                },
            },
            { parent: this, dependsOn: [...platform.ready] },
        );
    }

    #scrapes(): pulumi.Resource {
        const { spec, platform } = this.#args;
        return this.#config("prometheus", {
            "prometheus.yml": JSON.stringify(scrapes(spec, platform), undefined, 2),
            "rules.json": JSON.stringify({ groups: alertRules(spec, platform) }, undefined, 2),
        });
    }

    #routes(): pulumi.Resource {
        const { receivers, lifeSign } = this.#args.platform;
        const routes = alertRoutes({
            templates: "/etc/alertmanager/*.tmpl",
            receivers,
            lifeSign,
            fallback: this.owner,
            silences,
            within: [ownerLabelNames.hub],
        });
        return this.#config("alertmanager", {
            "alertmanager.yml": pulumi.jsonStringify(routes, undefined, 2),
            "steward.tmpl": alertTemplates,
        });
    }

    #config(
        whose: "prometheus" | "alertmanager",
        data: Readonly<Record<string, pulumi.Input<string>>>,
    ): pulumi.Resource {
        return new core.ConfigMap(
            `${this.#name}-${whose}-config`,
            {
                metadata: this.metadata(monitoringNames.configs[whose], this.namespace),
                data,
            },
            { parent: this },
        );
    }

    #hubKeys(): pulumi.Resource {
        return new core.Secret(
            `${this.#name}-hub-keys`,
            {
                metadata: this.metadata(monitoringNames.hubKeys, this.namespace),
                type: "Opaque",
                stringData: Object.fromEntries(this.#args.hubs.map(({ hub, key }) => [hub, key])),
            },
            { parent: this },
        );
    }

    #receiverSecrets(): pulumi.Resource[] {
        const { receiverSecrets } = this.#args.platform;
        if (Object.keys(receiverSecrets).length === 0) return [];
        const secret = new core.Secret(
            `${this.#name}-receiver-secrets`,
            {
                metadata: this.metadata(monitoringNames.receiverSecrets, this.namespace),
                type: "Opaque",
                stringData: { ...receiverSecrets },
            },
            { parent: this },
        );
        return [secret];
    }

    /** Names for those that have none: the gateway's pods, each by its own, and the server of each hub's homes. */
    #services(): void {
        const { gateway, hubs } = this.#args;
        const { ports, service } = monitoringNames;
        const of = (
            noun: string,
            inside: pulumi.Input<string>,
            selector: Readonly<Record<string, string>>,
            port: number,
            address: { clusterIP?: "None" },
        ) =>
            new core.Service(
                `${this.#name}-${noun}-service`,
                {
                    metadata: this.metadata(service, inside),
                    spec: {
                        type: "ClusterIP",
                        ...address,
                        selector,
                        ports: [{ name: "metrics", port, protocol: "TCP" }],
                    },
                },
                { parent: this },
            );
        of("gateway", gateway, gatewayNames.pods, ports.gateway, { clusterIP: "None" });
        for (const { hub, homes } of hubs) {
            if (homes === undefined) continue;
            of(`homes-${hub}`, homes, { app: "nfs-server" }, ports.homes, {});
        }
    }
}
