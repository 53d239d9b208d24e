import { daskPurposeLabel, hubLabel } from "../../model/machines";
import type { Owner } from "../../model/matrix";
import type { PodIdentity, Toleration } from "../../platforms/foundation";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { DaskGatewaySpec } from "../../model/spec/jupyterhub-dask";
import { restrictedContainer, restrictedPod } from "../../restrict-pods";
import { daskConfig } from "./dask-config";
import { daskNames } from "./dask-names";
import { daskOwner } from "./dask-owner";
import { digest } from "./digest";

export interface DaskContext {
    /** Who owns the clusters that users start. */
    readonly sessions: Owner;
    /** The service account of users' pods, and so of their clusters'. */
    readonly serviceAccount: string;
    readonly identity: PodIdentity;
    /** What a cloud writes on machines that it may take back; none where it writes nothing. */
    readonly spotTolerations: readonly Toleration[];
}

const resources = (cpu: string, memory: string, limit: string) => ({
    requests: { cpu, memory },
    limits: { memory: limit },
});

const onCoreNodes = { [daskPurposeLabel]: "core" };

/** Both spellings of the taints: see the platform's pools. */
const tolerates = (domain: string, value: string) =>
    [`${domain}/dedicated`, `${domain}_dedicated`].map((key) => ({
        key,
        operator: "Equal",
        value,
        effect: "NoSchedule",
    }));

/** Users' own number, as their servers have it: schedulers and workers run in the same images. */
const userId = 1_000;

/**
 * Values for the dask-gateway chart, version 2026.3.0, beside the hub in the hub's namespace.
 *
 * The gateway's own pods run on the machines that all hubs share. A scheduler is lost with all its cluster holds, so it
 * runs on the hub's machines for users; a worker's part is computed again, so workers run on spot machines.
 *
 * @see https://github.com/dask/dask-gateway/blob/2026.3.0/resources/helm/dask-gateway/values.yaml
 */
export function daskValues(hub: HubSpec, dask: DaskGatewaySpec, context: DaskContext) {
    // What it makes belongs to others than the pods that make it: those start anew when the owner changes.
    const annotations = { "steward/owner": digest(daskOwner(context.sessions)) };
    return {
        gateway: {
            annotations,
            prefix: daskNames.prefix,
            nodeSelector: onCoreNodes,
            resources: resources("50m", "128Mi", "512Mi"),
            auth: {
                type: "jupyterhub",
                jupyterhub: {
                    apiUrl: `http://hub.${hub.name}:8081/hub/api`,
                    // Pinned with the hub's other secrets, and read where the hub's chart puts it.
                    apiTokenFromSecretName: daskNames.hubSecret,
                    apiTokenFromSecretKey: daskNames.tokenKey,
                    // Without a name any token of the hub would do, whatever it was made for.
                    jupyterhubServiceName: daskNames.service,
                },
            },
            extraConfig: daskConfig(hub, dask),
            backend: {
                namespace: hub.name,
                scheduler: pods(hub, "scheduler", context),
                worker: pods(hub, "worker", context),
            },
        },
        controller: {
            annotations,
            nodeSelector: onCoreNodes,
            resources: resources("50m", "128Mi", "512Mi"),
        },
        traefik: {
            nodeSelector: onCoreNodes,
            resources: resources("50m", "128Mi", "512Mi"),
            // The hub's proxy and its users' pods ask it, and nobody from outside.
            service: { type: "ClusterIP" },
            additionalArguments: [
                // It would look into all namespaces, and ask for a right to all Secrets of the cluster.
                `--providers.kubernetescrd.namespaces=${hub.name}`,
                "--providers.kubernetescrd.disableclusterscoperesources=true",
            ],
        },
        // The chart's own roles reach every namespace: the layer makes narrower ones.
        rbac: {
            gateway: { serviceAccountName: daskNames.accounts.gateway },
            controller: { serviceAccountName: daskNames.accounts.controller },
            traefik: { serviceAccountName: daskNames.accounts.proxy },
        },
    };
}

/** Pods that users' clusters are made of: the hub's own machines, no privilege, the users' cloud identity. */
function pods(
    hub: HubSpec,
    purpose: "scheduler" | "worker",
    { serviceAccount, spotTolerations }: DaskContext,
) {
    return {
        extraPodConfig: {
            serviceAccountName: serviceAccount,
            securityContext: { ...restrictedPod(userId), runAsGroup: 100, fsGroup: 100 },
            nodeSelector: { [hubLabel]: hub.name, [daskPurposeLabel]: purpose },
            tolerations:
                purpose === "worker"
                    ? [...tolerates("k8s.dask.org", "worker"), ...spotTolerations]
                    : tolerates("hub.jupyter.org", "user"),
        },
        extraContainerConfig: { securityContext: restrictedContainer },
    };
}
