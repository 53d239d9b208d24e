import type { Failure } from "../provider/stand-in";
import type { Value } from "../provider/values";
import { hasUnknown, Unknown } from "../provider/values";
import type { Kind } from "./kinds";
import { at, entriesAt, listAt, shown, textAt } from "./path";
import { readQuantity } from "./quantity";

const selecting: ReadonlySet<string> = new Set([
    "DaemonSet",
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
]);

/** What a workload's selector and pod template have to agree on, beyond their schema. */
export function workloadFailures({ kind }: Kind, inputs: Value): Failure[] {
    if (at(inputs, "spec.template") === undefined) return [];
    return [...(selecting.has(kind) ? selectorFailures(inputs) : []), ...podFailures(inputs)];
}

function selectorFailures(inputs: Value): Failure[] {
    const selector = at(inputs, "spec.selector");
    const labels = at(inputs, "spec.template.metadata.labels");
    if (selector === Unknown || labels === Unknown) return [];
    const wanted = entriesAt(selector, "matchLabels");
    if (wanted.length === 0 && listAt(selector, "matchExpressions").length === 0) {
        const reason = "selects nothing; name labels of the pod template";
        return [{ property: "spec.selector", reason }];
    }
    const carried = new Map(entriesAt(inputs, "spec.template.metadata.labels"));
    return wanted
        .filter(([key, value]) => {
            const has = carried.get(key);
            return has !== value && has !== Unknown && value !== Unknown;
        })
        .map(([key, value]) => ({
            property: "spec.template.metadata.labels",
            reason: `selector does not match template labels: the selector wants ${key}=${shown(value)}`,
        }));
}

function podFailures(inputs: Value): Failure[] {
    const path = "spec.template.spec";
    const pod = at(inputs, path);
    if (pod === undefined || pod === Unknown) return [];
    const volumes = at(pod, "volumes");
    const unsure = volumes === Unknown || (volumes !== undefined && hasUnknown(volumes));
    const claims = listAt(inputs, "spec.volumeClaimTemplates");
    const declared = new Set([
        ...listAt(pod, "volumes").map((each) => textAt(each, "name")),
        ...claims.map((each) => textAt(each, "metadata.name")),
    ]);
    const seen = new Set<string>();
    return (["initContainers", "containers"] as const).flatMap((list) =>
        listAt(pod, list).flatMap((container, index) => {
            const here = `${path}.${list}[${index}]`;
            const name = textAt(container, "name");
            const failures = [...mountFailures(container, here, unsure, declared)];
            if (name !== undefined && seen.has(name)) {
                failures.push({ property: `${here}.name`, reason: `"${name}" is there twice` });
            }
            if (name !== undefined) seen.add(name);
            return [...failures, ...resourceFailures(container, here)];
        }),
    );
}

function mountFailures(
    container: Value,
    path: string,
    unsure: boolean,
    declared: ReadonlySet<string | undefined>,
): Failure[] {
    return listAt(container, "volumeMounts").flatMap((mount, index) => {
        const name = textAt(mount, "name");
        if (name === undefined || unsure || declared.has(name)) return [];
        const property = `${path}.volumeMounts[${index}].name`;
        return [{ property, reason: `no volume of the pod is called "${name}"` }];
    });
}

function resourceFailures(container: Value, path: string): Failure[] {
    const limits = new Map(entriesAt(container, "resources.limits"));
    const requests = entriesAt(container, "resources.requests");
    const amounts = [...requests, ...limits].filter(([, amount]) => amount !== Unknown);
    const unread = amounts.filter(([, amount]) => readQuantity(amount) === undefined);
    const above = requests.filter(([key, request]) => {
        const limit = readQuantity(limits.get(key));
        return limit !== undefined && (readQuantity(request) ?? 0) > limit;
    });
    return [
        ...unread.map(([key, amount]) => ({
            property: `${path}.resources`,
            reason: `${key}: ${shown(amount)} is no quantity, such as 500m or 2Gi`,
        })),
        ...above.map(([key, request]) => ({
            property: `${path}.resources.requests`,
            reason: `${key}: ${shown(request)} is more than its limit ${shown(limits.get(key))}`,
        })),
    ];
}
