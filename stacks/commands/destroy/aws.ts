import type { StateResource } from "../../../policies/report/state";
import { drain, isKept, removeLater } from "./drain";
import { fullBuckets } from "./full-buckets";
import { look } from "./look";
import type { Spawned } from "./spawned";
import { whereaboutsOf } from "./whereabouts";

/** What stands in AWS; undefined for a state that is of no cluster there. */
export async function lookInAws(
    resources: readonly StateResource[],
    env: NodeJS.ProcessEnv,
): Promise<Spawned | undefined> {
    const where = whereaboutsOf(resources);
    if (where === undefined) return undefined;
    const seen = await look(where, env);
    const { caller } = seen;
    return {
        found: seen.found,
        problems: seen.problems,
        unseen: "",
        isKept: (each, release) => isKept(each, where, release),
        placeOf: ({ owner }) => owner?.place,
        inTheWay: () =>
            caller === undefined ? Promise.resolve([]) : fullBuckets(resources, where, caller),
        drain: (options) => drain(where, seen, options),
        removeLater: (due, options) => removeLater(due, where, seen, options),
    };
}
