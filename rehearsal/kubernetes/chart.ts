import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { version } from "@pulumi/kubernetes/package.json";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { KubernetesObject } from "../helm/object";
import type { ConstructRequest } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { encode, hasUnknown, isProps, Unknown } from "../provider/values";
import type { ChartRequest, ChartSource } from "./chart-source";
import { chartObjects } from "./chart-source";
import { isNamespaced, typeOf } from "./kinds";
import type { Connection } from "./kubeconfig";
import { Monitor } from "./monitor";
import { textAt } from "./path";

/** Inputs of the real component that the rehearsal acts upon, or that change nothing it shows. */
const taken: ReadonlySet<string> = new Set([
    "chart",
    "version",
    "repositoryOpts",
    "name",
    "namespace",
    "values",
    "skipCrds",
    "skipAwait",
    "resourcePrefix",
]);

/**
 * Takes a chart apart as helm.v4.Chart does: the component first, then each object below it, hooks left out.
 *
 * The state of the component has two properties: `resources`, the URNs of its children, and `rehearsed`:
 * `rendered`, `not rendered: <why>`, or `unseen` while inputs are not known yet. While the provider's own
 * settings are unknown the engine registers the component by itself, without state: see `unseenCharts`.
 */
export async function constructChart(
    request: ConstructRequest,
    home: Connection,
    source: ChartSource = chartObjects,
): Promise<{ urn: string; state: Props }> {
    const monitor = new Monitor(request.monitorTarget);
    try {
        const urn = await monitor.register(componentOf(request));
        if (hasUnknown(request.inputs)) {
            return { urn, state: { resources: Unknown, rehearsed: "unseen" } };
        }
        const chart = chartOf(request, home);
        const { objects, rehearsed } = await source(chart);
        const resources = await registerAll(monitor, request, urn, objects.map(ready(chart)));
        const state: Props = { resources, rehearsed };
        await monitor.registerOutputs(urn, Struct.fromJavaScript(encode(state, new Set())));
        return { urn, state };
    } finally {
        monitor.close();
    }
}

function componentOf(request: ConstructRequest): proto.RegisterResourceRequest {
    const registration = new proto.RegisterResourceRequest();
    registration.setType(request.type);
    registration.setName(request.name);
    registration.setParent(request.parent);
    registration.setCustom(false);
    registration.setProtect(request.protect);
    registration.setDependenciesList([...request.dependencies]);
    registration.setAliasesList([...request.aliases]);
    registration.setAliasspecs(true);
    registration.setAcceptsecrets(true);
    registration.setObject(Struct.fromJavaScript({}));
    return registration;
}

/** Reads the inputs, refusing what the rehearsal cannot follow. */
function chartOf({ name, inputs }: ConstructRequest, home: Connection): ChartRequest {
    const given = Object.keys(inputs).filter((key) => (inputs[key] ?? null) !== null);
    const left = given.filter((key) => !taken.has(key));
    if (left.length > 0) {
        throw new Refusal(
            `chart ${name}: the rehearsal does not follow ${left.join(", ")}; leave it out`,
        );
    }
    const chart = textAt(inputs, "chart");
    const wanted = textAt(inputs, "version");
    if (chart === undefined || wanted === undefined || !/^v?\d+\.\d+\.\d+/.test(wanted)) {
        throw new Refusal(
            `chart ${name}: name a chart and its exact version; a newer one would come by itself`,
        );
    }
    const values = inputs["values"] ?? {};
    if (!isProps(values)) throw new Refusal(`chart ${name}: values is no map of values`);
    return {
        ...located(chart, textAt(inputs, "repositoryOpts.repo") ?? ""),
        version: wanted,
        release: textAt(inputs, "name") ?? name,
        namespace: textAt(inputs, "namespace") ?? home.namespace,
        values,
        withCrds: inputs["skipCrds"] !== true,
        prefix: textAt(inputs, "resourcePrefix") ?? name,
        awaited: inputs["skipAwait"] !== true,
    };
}

function located(chart: string, repo: string): { repo: string; chart: string } {
    const slash = chart.lastIndexOf("/");
    if (!chart.startsWith("oci://")) return { repo, chart };
    return { repo: chart.slice(0, slash), chart: chart.slice(slash + 1) };
}

interface Child {
    readonly name: string;
    readonly object: KubernetesObject;
}

/** Gives an object its namespace and the name that the real component registers it by. */
function ready(chart: ChartRequest): (object: KubernetesObject) => Child {
    return (object) => {
        const namespace = isNamespaced(object)
            ? (object.metadata.namespace ?? chart.namespace)
            : undefined;
        const path = namespace === undefined ? "" : `${namespace}/`;
        const { annotations } = object.metadata;
        const metadata = {
            ...object.metadata,
            ...(namespace === undefined ? {} : { namespace }),
            ...(chart.awaited
                ? {}
                : { annotations: { ...annotations, "pulumi.com/skipAwait": "true" } }),
        };
        const name = `${path}${object.metadata.name}`;
        return {
            name: chart.prefix === "" ? name : `${chart.prefix}:${name}`,
            object: { ...object, metadata },
        };
    };
}

/** Namespaces and definitions go first, and everything else depends on them. */
async function registerAll(
    monitor: Monitor,
    request: ConstructRequest,
    parent: string,
    children: readonly Child[],
): Promise<string[]> {
    const first = ({ object }: Child) =>
        object.kind === "Namespace" || object.kind === "CustomResourceDefinition";
    const registerThese = async (these: readonly Child[], dependencies: readonly string[]) => {
        const registered = await Promise.allSettled(
            these.map((child) => monitor.register(childOf(request, parent, child, dependencies))),
        );
        return registered.map((one) => {
            if (one.status === "rejected") throw one.reason;
            return one.value;
        });
    };
    const grounds = await registerThese(children.filter(first), []);
    const others = children.filter((child) => !first(child));
    return [...grounds, ...(await registerThese(others, grounds))];
}

function childOf(
    request: ConstructRequest,
    parent: string,
    { name, object }: Child,
    dependencies: readonly string[],
): proto.RegisterResourceRequest {
    const registration = new proto.RegisterResourceRequest();
    registration.setType(typeOf(object));
    registration.setName(name);
    registration.setParent(parent);
    registration.setCustom(true);
    registration.setVersion(version);
    registration.setProvider(request.providers["kubernetes"] ?? "");
    registration.setProtect(request.protect);
    registration.setDependenciesList([...dependencies]);
    registration.setAliasspecs(true);
    registration.setAcceptsecrets(true);
    registration.setSupportspartialvalues(true);
    registration.setRetainondelete(
        object.metadata.annotations?.["helm.sh/resource-policy"] === "keep",
    );
    const sealed = object.kind === "Secret" ? ["data", "stringData"] : [];
    const wire = encode({ ...object } as unknown as Props, new Set(sealed));
    registration.setObject(Struct.fromJavaScript(wire));
    return registration;
}
