import { valuesAt } from "../../../components/model/carriers/spawn-points";
import { isPlain, textOf } from "../../../policies/plain";
import type { Found, FoundKind } from "./found";
import { ownerIn } from "./found";
import type { KubernetesApi, KubernetesObject } from "./kubernetes-api";
import type { Whereabouts } from "./whereabouts";

/** Where the API keeps objects of a kind, without their namespace. */
const collections = {
    "user server": "pods",
    "build pod": "pods",
    claim: "persistentvolumeclaims",
    "load balancer": "services",
} as const satisfies Partial<Record<FoundKind, string>>;

export type InKubernetes = keyof typeof collections;

export const isInKubernetes = (kind: FoundKind): kind is InKubernetes =>
    Object.hasOwn(collections, kind);

/** The path of an object in the API, by its `<namespace>/<name>`. */
export function pathOf({ kind, id }: { readonly kind: InKubernetes; readonly id: string }): string {
    const [namespace = "", name = ""] = id.split("/");
    return `/api/v1/namespaces/${namespace}/${collections[kind]}/${name}`;
}

/**
 * What stands in Kubernetes and is not in the state of the stack: users' servers, environments that are being built,
 * claims, and Services with a load balancer of their own.
 *
 * @throws KubernetesProblem
 */
export async function lookInKubernetes(
    where: Pick<Whereabouts, "matrix" | "objects">,
    api: KubernetesApi,
): Promise<Found[]> {
    const pods = (labelSelector: string) => api.list("/api/v1/pods", { labelSelector });
    const [servers, workers, builds, claims, services] = await Promise.all([
        pods("component=singleuser-server"), // as KubeSpawner labels them
        pods("app.kubernetes.io/component in (dask-scheduler,dask-worker)"),
        pods("component=binderhub-build"), // as BinderHub labels them
        api.list("/api/v1/persistentvolumeclaims"),
        api.list("/api/v1/services"),
    ]);
    const unmade = (kind: string, objects: readonly KubernetesObject[]) =>
        objects.filter((each) => !where.objects.has(`${kind} ${idOf(each)}`));
    const found = (
        kind: InKubernetes,
        object: KubernetesObject,
        rest: Pick<Found, "fate" | "why">,
    ) => ({
        kind,
        id: idOf(object),
        owner: ownerIn(object.metadata?.labels ?? {}, where.matrix),
        ...rest,
        drains: kind !== "claim" || ownerIn(object.metadata?.labels ?? {}, where.matrix) !== null,
    });
    return [
        ...[...servers, ...workers].map((each) =>
            found("user server", each, { fate: "goes", why: "somebody may be at work in it" }),
        ),
        ...builds.map((each) =>
            found("build pod", each, { fate: "goes", why: "somebody may wait for its image" }),
        ),
        ...unmade("PersistentVolumeClaim", claims).map((each) =>
            found("claim", each, { fate: "goes", why: "without its disk, which stays" }),
        ),
        ...unmade("Service", services)
            .filter(({ spec }) => isPlain(spec) && spec["type"] === "LoadBalancer")
            .map((each) =>
                found("load balancer", each, {
                    fate: "blocks",
                    why: `of a Service${hostOf(each)}`,
                }),
            ),
    ];
}

const idOf = ({ metadata }: KubernetesObject): string =>
    `${metadata?.namespace ?? "default"}/${metadata?.name ?? ""}`;

function hostOf({ status }: KubernetesObject): string {
    const [host] = valuesAt(isPlain(status) ? status : {}, [
        "loadBalancer",
        "ingress",
        "[]",
        "hostname",
    ]);
    const text = textOf(host);
    return text === undefined ? "" : `, ${text}`;
}
