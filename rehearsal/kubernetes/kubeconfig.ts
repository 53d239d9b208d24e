import { parse } from "yaml";
import type { Failure } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { isProps, Unknown } from "../provider/values";
import { listAt, textAt } from "./path";

/** The cluster that a provider's settings lead to. */
export interface Connection {
    /** Address of the API server; undefined while it is not known yet. */
    readonly server: string | undefined;
    /** Where objects without a namespace go. */
    readonly namespace: string;
}

/**
 * Reads the provider's settings. Without a kubeconfig the real provider would take the one of this machine,
 * so a rehearsal refuses that.
 *
 * @returns the connection, or what keeps it from being made.
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/
 */
export function connectionOf(config: Props): Connection | Failure {
    const connection = connections.get(config) ?? connect(config);
    connections.set(config, connection);
    return connection;
}

/** Asked for with every object, and the same for all objects of one provider. */
const connections = new WeakMap<Props, Connection | Failure>();

function connect(config: Props): Connection | Failure {
    const given = config["kubeconfig"];
    const own = textAt(config, "namespace");
    if (given === Unknown) return { server: undefined, namespace: own ?? "default" };
    if (given === undefined || given === null || given === "") {
        return refused("is not given: the real provider would use this machine's own; pass one");
    }
    const kubeconfig = read(given);
    if (kubeconfig === undefined) return refused("does not parse as YAML; pass its text");

    const current = textAt(kubeconfig, "current-context");
    const contexts = listAt(kubeconfig, "contexts");
    const context = contexts.find((each) => textAt(each, "name") === current) ?? contexts[0];
    const wanted = textAt(context, "context.cluster");
    const clusters = listAt(kubeconfig, "clusters");
    const cluster =
        wanted === undefined
            ? clusters[0]
            : clusters.find((each) => textAt(each, "name") === wanted);
    const server = textAt(cluster, "cluster.server");
    if (server === undefined || !/^https?:\/\/[^/\s]+/.test(server)) {
        return refused("names no server; give clusters[0].cluster.server an https address");
    }
    return { server, namespace: own ?? textAt(context, "context.namespace") ?? "default" };
}

function refused(reason: string): Failure {
    return { property: "", reason: `the provider's kubeconfig ${reason}` };
}

function read(given: Value): Value | undefined {
    if (typeof given !== "string") return isProps(given) ? given : undefined;
    try {
        const parsed: unknown = parse(given);
        return isProps(parsed) ? parsed : undefined;
    } catch {
        return undefined;
    }
}
