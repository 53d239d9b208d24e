import { createHash, randomUUID } from "node:crypto";
import type { Props, Value } from "../provider/values";
import { isProps, Unknown } from "../provider/values";
import type { Place } from "./cluster";
import type { Kind } from "./kinds";
import type { Connection } from "./kubeconfig";
import { at, entriesAt, textAt } from "./path";

/** Kinds with a status that programs read. */
const reporting: ReadonlySet<string> = new Set([
    "DaemonSet",
    "Deployment",
    "Ingress",
    "Job",
    "Namespace",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Service",
    "StatefulSet",
]);

/** What the cluster would answer, as far as it can be told before the object exists. */
export function previewed({ kind }: Kind, inputs: Props): Props {
    const outputs: Props = { ...inputs };
    if (reporting.has(kind)) outputs["status"] = Unknown;
    const spec = inputs["spec"];
    if (kind === "Service" && isProps(spec) && spec["type"] !== "ExternalName") {
        outputs["spec"] = { ...spec, clusterIP: spec["clusterIP"] ?? Unknown };
    }
    return outputs;
}

/** The object as the cluster shows it after it was created. */
export function created(kind: Kind, inputs: Props, place: Place, home: Connection): Props {
    const stamps: Props = {
        uid: randomUUID(),
        creationTimestamp: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
        generation: 1,
        resourceVersion: "1",
    };
    return shown(kind, inputs, place, home, stamps);
}

/** The object after a change: the same identity, the next generation. */
export function updated(
    kind: Kind,
    inputs: Props,
    place: Place,
    home: Connection,
    old: Props,
): Props {
    const version = Number(textAt(old, "metadata.resourceVersion") ?? "0");
    const generation = at(old, "metadata.generation");
    const stamps: Props = {
        uid: at(old, "metadata.uid") ?? randomUUID(),
        creationTimestamp: at(old, "metadata.creationTimestamp") ?? null,
        generation: (typeof generation === "number" ? generation : 0) + 1,
        resourceVersion: String(version + 1),
    };
    return shown(kind, inputs, place, home, stamps);
}

function shown(
    { kind }: Kind,
    inputs: Props,
    place: Place,
    home: Connection,
    stamps: Props,
): Props {
    const metadata = isProps(inputs["metadata"]) ? inputs["metadata"] : {};
    const outputs: Props = {
        ...inputs,
        metadata: {
            ...metadata,
            ...stamps,
            name: place.name,
            ...(place.namespace === undefined ? {} : { namespace: place.namespace }),
        },
    };
    const spec = isProps(inputs["spec"]) ? inputs["spec"] : {};
    const status = statusOf(kind, inputs, place, home);
    if (status !== undefined) outputs["status"] = status;
    if (kind === "Service" && spec["type"] !== "ExternalName") {
        outputs["spec"] = {
            ...spec,
            type: spec["type"] ?? "ClusterIP",
            clusterIP: spec["clusterIP"] ?? clusterIp(place.id),
        };
    }
    return outputs;
}

function statusOf(kind: string, inputs: Props, place: Place, home: Connection): Props | undefined {
    const spec = isProps(inputs["spec"]) ? inputs["spec"] : {};
    const replicas: Value = spec["replicas"] ?? 1;
    switch (kind) {
        case "Namespace":
            return { phase: "Active" };
        case "PersistentVolume":
            return { phase: "Available" };
        case "PersistentVolumeClaim":
            return { phase: "Bound", accessModes: spec["accessModes"] ?? [] };
        case "Deployment":
        case "StatefulSet":
            return { replicas, readyReplicas: replicas, updatedReplicas: replicas };
        case "DaemonSet":
            return { currentNumberScheduled: 1, desiredNumberScheduled: 1, numberReady: 1 };
        case "Job":
            return { succeeded: 1 };
        case "Ingress":
            return { loadBalancer: { ingress: [balancerOf(place.id, inputs, home)] } };
        case "Service":
            return spec["type"] === "LoadBalancer"
                ? { loadBalancer: { ingress: [balancerOf(place.id, inputs, home)] } }
                : { loadBalancer: {} };
        default:
            return undefined;
    }
}

function digest(text: string): string {
    return createHash("sha256").update(text).digest("hex");
}

/** Out of 172.20.0.0/16, which EKS gives to services of clusters outside 172.16.0.0/12. */
function clusterIp(id: string): string {
    const sum = digest(id);
    const part = (from: number) => (parseInt(sum.slice(from, from + 2), 16) % 254) + 1;
    return `172.20.${part(0)}.${part(2)}`;
}

/** The annotation of the cloud provider of Azure that names an address which was made before. */
const azureAddress = "service.beta.kubernetes.io/azure-load-balancer-ipv4";

/** Azure's balancers have an address, the one that was asked for or one out of a documentation's block; AWS's a name. */
function balancerOf(id: string, inputs: Props, home: Connection): Props {
    if (!/\.azmk8s\.io(:|\/|$)/.test(home.server ?? ""))
        return { hostname: balancerName(id, home) };
    const asked = new Map(entriesAt(inputs, "metadata.annotations")).get(azureAddress);
    const sum = digest(id);
    const part = (from: number) => parseInt(sum.slice(from, from + 2), 16);
    return { ip: typeof asked === "string" ? asked : `198.18.${part(0)}.${part(2)}` };
}

/** As AWS names balancers where the server is one of EKS, else under a name that never resolves. */
function balancerName(id: string, { server }: Connection): string {
    const sum = digest(id);
    const [, region] = /\.([a-z0-9-]+)\.eks\.amazonaws\.com/.exec(server ?? "") ?? [];
    const first = `a${sum.slice(0, 31)}`;
    if (region === undefined) return `${first}.rehearsal.invalid`;
    const number = parseInt(sum.slice(31, 39), 16).toString().padStart(10, "1").slice(0, 10);
    return `${first}-${number}.${region}.elb.amazonaws.com`;
}
