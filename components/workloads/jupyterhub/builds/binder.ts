import * as apps from "@pulumi/kubernetes/apps/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { hubPurposeLabel } from "../../../model/machines";
import type { Owner } from "../../../model/matrix";
import type { HubSpec } from "../../../model/spec/jupyterhub";
import type { BuildsSpec } from "../../../model/spec/jupyterhub-builds";
import type { BuildsFoundation } from "../../../platforms/foundation";
import { restrictedContainer, restrictedPod } from "../../../restrict-pods";
import { digest } from "../digest";
import { binderFiles, binderSettings } from "./binder-config";
import { binderLabels, buildImages, buildNames, buildsNamespace } from "./names";

export interface BinderArgs extends LayerArgs {
    readonly hub: HubSpec;
    readonly builds: BuildsSpec;
    readonly namespace: pulumi.Input<string>;
    /** Who owns the build pods. */
    readonly images: Owner;
    readonly registry: BuildsFoundation;
    /** What its pod needs before it starts: its identity, the hub with its Secret, the policies around both. */
    readonly ready: readonly pulumi.Resource[];
}

/** Where its files are in the pod. */
const folder = "/etc/binderhub";

/**
 * The part of the hub layer that has environments built: BinderHub beside the hub, behind the hub's sign-in. The build
 * pods belong to the user image layer, and are in a namespace of their own.
 *
 * Not a chart's: those bring a JupyterHub, or a privileged Docker on each machine.
 */
export class Binder extends Layer {
    constructor(name: string, args: BinderArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Binder", name, args, opts);
        const { hub, builds, namespace, images, registry } = args;
        const { identity } = registry;
        const metadata = this.metadata(buildNames.service, namespace);
        const below = { parent: this };

        const account = new core.ServiceAccount(
            `${name}-account`,
            {
                metadata: {
                    ...metadata,
                    annotations: { ...metadata.annotations, ...identity.accountAnnotations },
                },
            },
            below,
        );
        // The owner stands in the clear: a policy that meets an unknown one could only advise.
        const files = binderFiles(images, registry.client);
        const read = pulumi
            .output(registry.settings)
            .apply((told) => binderSettings(hub, builds, { ...registry, settings: told }));
        const settings = new core.ConfigMap(
            `${name}-settings`,
            {
                metadata: {
                    ...metadata,
                    labels: { ...metadata.labels, "app.kubernetes.io/name": "binderhub" },
                },
                data: { ...files, "settings.json": read },
            },
            below,
        );
        const template = {
            metadata: {
                labels: this.labels({
                    ...binderLabels,
                    ...identity.podLabels,
                    // The hub's chart lets such pods in.
                    "hub.jupyter.org/network-access-hub": "true",
                }),
                annotations: {
                    ...metadata.annotations,
                    ...identity.podAnnotations,
                    "steward/settings": read.apply((text) =>
                        digest(JSON.stringify({ ...files, "settings.json": text })),
                    ),
                },
            },
            spec: {
                serviceAccountName: account.metadata.name,
                enableServiceLinks: false,
                nodeSelector: { [hubPurposeLabel]: "core" },
                securityContext: restrictedPod(1_000),
                containers: [container(hub)],
                volumes: [
                    { name: "settings", configMap: { name: settings.metadata.name } },
                    { name: "tmp", emptyDir: {} },
                ],
            },
        };
        new apps.Deployment(
            `${name}-deployment`,
            {
                metadata,
                spec: {
                    replicas: 1,
                    strategy: { type: "Recreate" },
                    selector: { matchLabels: binderLabels },
                    template,
                },
            },
            { ...below, dependsOn: [...args.ready] },
        );
        new core.Service(
            `${name}-service`,
            {
                metadata,
                spec: {
                    selector: binderLabels,
                    ports: [{ name: "http", port: buildNames.port, targetPort: "http" }],
                },
            },
            below,
        );
        this.registerOutputs();
    }
}

/** @see https://jupyterhub.readthedocs.io/en/5.5.0/reference/services.html#launching-a-hub-managed-service */
export function binderEnvironment(hub: HubSpec): Readonly<Record<string, string>> {
    const { service, prefix } = buildNames;
    return {
        JUPYTERHUB_SERVICE_NAME: service,
        JUPYTERHUB_SERVICE_PREFIX: `${prefix}/`,
        JUPYTERHUB_API_URL: `http://hub.${hub.name}:8081/hub/api`,
        JUPYTERHUB_BASE_URL: "/",
        JUPYTERHUB_CLIENT_ID: buildNames.client,
        JUPYTERHUB_OAUTH_CALLBACK_URL: `${prefix}/oauth_callback`,
        BUILD_NAMESPACE: buildsNamespace(hub.name),
        HOME: "/tmp",
    };
}

function container(hub: HubSpec) {
    const { prefix, port } = buildNames;
    const probe = { httpGet: { path: `${prefix}/versions`, port: "http" } };
    return {
        name: "binderhub",
        image: buildImages.binderhub,
        args: ["python", "-m", "binderhub", "--config", `${folder}/binderhub_config.py`],
        ports: [{ name: "http", containerPort: port }],
        env: [
            ...Object.entries(binderEnvironment(hub)).map(([key, value]) => ({ name: key, value })),
            {
                name: "JUPYTERHUB_API_TOKEN",
                valueFrom: {
                    secretKeyRef: { name: buildNames.hubSecret, key: buildNames.tokenKey },
                },
            },
        ],
        startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 60 },
        readinessProbe: probe,
        resources: {
            requests: { cpu: "100m", memory: "256Mi" },
            limits: { memory: "512Mi" },
        },
        securityContext: {
            ...restrictedContainer,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
        },
        volumeMounts: [
            { name: "settings", mountPath: folder, readOnly: true },
            { name: "tmp", mountPath: "/tmp" },
        ],
    };
}
