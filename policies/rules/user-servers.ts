import type { Owner } from "../../components/model/matrix";
import { ownerOf } from "../../components/model/matrix";
import { valuesAt } from "../../components/model/carriers/spawn-points";
import { ownerLabels } from "../../components/model/tags";
import { differences } from "../carried";
import { placeOf } from "../place";
import type { Plain } from "../plain";
import { isPlain, textOf } from "../plain";
import type { Resource } from "../resource";
import type { Context, Finding, ResourceRule } from "../rule";

const secretType = "kubernetes:core/v1:Secret";

/** Where the chart's `values.yaml` says it; claims only where the hub makes one for each user. */
const labelled = {
    pods: ["singleuser", "extraLabels"],
    claims: ["singleuser", "storage", "extraLabels"],
} as const;

/**
 * Pods and claims that a hub makes for its users carry the owner of the sessions. It reads them from the values of
 * its chart, which lie in a Secret: known to a policy once every value in it is, at `up`; sealed in an exported
 * state, where nobody looks.
 *
 * @see https://z2jh.jupyter.org/en/stable/resources/reference.html#singleuser-extralabels
 */
export const userServers: ResourceRule = {
    id: "OWN8",
    name: "user-servers",
    why: "Users' servers are most of what runs and of what it costs, and the engine never sees one.",
    fix: "Write the owner of user-sessions as `singleuser.extraLabels`; for users' claims, under `storage` too.",
    level: "mandatory",
    appliesTo: (type) => type === secretType,
    check(resource, context) {
        const sessions = sessionsOf(resource, context);
        const values = sessions === undefined ? undefined : chartValues(resource.inputs);
        if (sessions === undefined || values === undefined) return [];
        const [kind] = valuesAt(values, ["singleuser", "storage", "type"]);
        const makesClaims = kind !== "static" && kind !== "none";
        return [labelled.pods, ...(makesClaims ? [labelled.claims] : [])].flatMap((path) => {
            const [found] = valuesAt(values, path);
            const labels = isPlain(found) ? found : {};
            const lacks = differences(ownerLabels(sessions), (key) => textOf(labels[key]));
            if (lacks.length === 0) return [];
            const what = path === labelled.pods ? "users' pods" : "users' claims";
            const message = `the hub hands no owner on to ${what} (${path.join(".")}): ${lacks.join(", ")}`;
            const finding: Finding = {
                urn: resource.urn,
                ...placeOf(sessions),
                message,
                fix: userServers.fix,
            };
            return [finding];
        });
    },
};

/** Whose sessions a Secret with a hub's values is about; undefined for any other resource. */
export function sessionsOf(
    resource: Resource,
    { inventory }: Pick<Context, "inventory">,
): Owner | undefined {
    const [component] = valuesAt(resource.inputs, ["metadata", "labels", "component"]);
    const owner = inventory.ownerOf(resource);
    const matrix = inventory.matrix();
    if (resource.type !== secretType || component !== "hub") return undefined;
    if (owner?.layer !== "hub" || matrix === undefined) return undefined;
    return ownerOf(matrix, "user-sessions", owner.scope);
}

/** The values that the hub will read; undefined while they are not known, or sealed. */
function chartValues(inputs: Plain): Plain | undefined {
    const [coded] = valuesAt(inputs, ["data", "values.yaml"]).map(textOf);
    if (coded === undefined) return undefined;
    // Loaded for the one Secret that needs it.
    const { parse } = require("yaml") as typeof import("yaml");
    try {
        const values: unknown = parse(Buffer.from(coded, "base64").toString());
        return isPlain(values) ? values : {};
    } catch {
        return {}; // its error would quote a secret
    }
}
