import { version } from "@pulumi/kubernetes/package.json";
import type { Failure, StandIn } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { changeProblems, differenceOf } from "./changes";
import { constructChart } from "./chart";
import { chartType } from "./unseen-charts";
import { complete, objectFailures } from "./check";
import { lettingGrow, placeOf, refuseMisplaced } from "./cluster";
import type { Kind } from "./kinds";
import { kindOf } from "./kinds";
import type { Connection } from "./kubeconfig";
import { connectionOf } from "./kubeconfig";
import { created, previewed, updated } from "./outputs";

function kindIn(type: string): Kind {
    const kind = kindOf(type);
    if (kind === undefined || type.startsWith("kubernetes:helm.sh/")) {
        throw new Refusal(
            `the rehearsal does not know ${type}; add it to rehearsal/kubernetes/stand-in.ts`,
        );
    }
    return kind;
}

function connected(config: Props): Connection {
    const connection = connectionOf(config);
    if ("reason" in connection) throw new Refusal(connection.reason);
    return connection;
}

/**
 * Stands in for @pulumi/kubernetes and the API server behind it. It holds objects against the published schemas
 * of the oldest and newest supported Kubernetes and against what stands in the account. It runs no pods: what is
 * created is ready. The contents of a deleted namespace stay in the account until the engine deletes them too.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/
 */
export const kubernetesStandIn: StandIn = {
    package: "kubernetes",
    version,
    check({ type, name, inputs, old, config }) {
        const kind = kindOf(type);
        if (kind === undefined || type.startsWith("kubernetes:helm.sh/")) {
            const reason = `the rehearsal does not know ${type}; add it to rehearsal/kubernetes/stand-in.ts`;
            return { inputs, failures: [{ property: "", reason }] };
        }
        const object = complete(kind, name, inputs, old);
        const failures: Failure[] = objectFailures(kind, object);
        const connection = connectionOf(config);
        if ("reason" in connection) failures.unshift(connection);
        return { inputs: object, failures };
    },
    diff({ type, inputs, old, config }) {
        return differenceOf(kindIn(type), inputs, old.inputs, config);
    },
    create(request) {
        const { type, inputs, config, cloud, preview } = request;
        const kind = kindIn(type);
        if (preview) return { id: "", outputs: previewed(kind, inputs) };
        const home = connected(config);
        const place = placeOf(kind, inputs, home, cloud);
        refuseMisplaced(kind, place, request);
        return { id: place.id, outputs: created(kind, inputs, place, home) };
    },
    update({ type, inputs, config, cloud, old, preview }) {
        const kind = kindIn(type);
        const [problem] = changeProblems(kind, inputs, old.inputs, lettingGrow(cloud));
        if (problem !== undefined) throw new Refusal(`${kind.kind} "${old.id}": ${problem}`);
        if (preview) return { outputs: previewed(kind, inputs) };
        const home = connected(config);
        const place = placeOf(kind, inputs, home, cloud);
        return { outputs: updated(kind, inputs, place, home, old.outputs) };
    },
    delete({ type }) {
        kindIn(type); // an API server lets go of any object; finalizers have no controllers here
    },
    // Two clusters of one account may each have a namespace of the same name.
    realmOf(config) {
        const connection = connectionOf(config);
        return "server" in connection ? connection.server : undefined;
    },
    invoke(token) {
        throw new Refusal(`the rehearsal of kubernetes answers no ${token}`);
    },
    secretOutputs: (type) => (type === "kubernetes:core/v1:Secret" ? ["data", "stringData"] : []),
    construct(request) {
        if (request.type !== chartType) {
            throw new Refusal(
                `the rehearsal does not take ${request.type} apart; use kubernetes:helm.sh/v4:Chart`,
            );
        }
        return constructChart(request, connected(request.config));
    },
};
