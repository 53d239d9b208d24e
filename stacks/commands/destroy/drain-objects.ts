import type { Problem } from "../../../components/model/problem";
import type { DrainOptions } from "./drain";
import type { Found } from "./found";
import type { InKubernetes } from "./kubernetes";
import { isInKubernetes, pathOf } from "./kubernetes";
import type { KubernetesApi } from "./kubernetes-api";
import { KubernetesProblem } from "./kubernetes-api";
import { until } from "./until";

/** Whether it is one of Kubernetes' and no load balancer of AWS, which is called `<name>` or `net/<name>/<hash>`. */
export const isObject = (each: Found): each is Found & { kind: InKubernetes } =>
    isInKubernetes(each.kind) && each.id.split("/").length === 2;

export const lasting = ({ kind, id }: Pick<Found, "kind" | "id">): Problem => ({
    path: `${kind} ${id}`,
    message: "was asked to go, and is still there",
    fix: "look at what uses it, and run this again",
});

/** Deletes objects of Kubernetes, kind by kind in the order given, and waits for each to go. Never rejects. */
export async function drainObjects(
    due: readonly Found[],
    kinds: readonly InKubernetes[],
    api: KubernetesApi | undefined,
    options: DrainOptions,
): Promise<{ readonly removed: Found[]; readonly problems: Problem[] }> {
    const removed: Found[] = [];
    const problems: Problem[] = [];
    for (const kind of kinds) {
        const objects = due.filter((each) => each.kind === kind).filter(isObject);
        if (objects.length === 0 || api === undefined) continue;
        options.say(`deleting ${String(objects.length)} × ${kind}`);
        for (const each of objects) {
            try {
                await api.remove(pathOf(each));
                const gone = await until(async () => !(await api.isThere(pathOf(each))), options);
                if (gone) removed.push(each);
                else problems.push(lasting(each));
            } catch (error) {
                if (!(error instanceof KubernetesProblem)) throw error;
                problems.push({ ...error.problem, path: `${kind} ${each.id}` });
            }
        }
    }
    return { removed, problems };
}
