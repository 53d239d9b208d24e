import { unseenCharts } from "../../rehearsal/kubernetes/unseen-charts";
import type { Outcome, Step } from "../../rehearsal/outcome";
import { readFinding } from "../../policies/finding";

const workload = /^kubernetes:apps\/v1:(Deployment|StatefulSet|DaemonSet)$/;

/** Types whose replacement loses nothing: what was made through them stays as it is. */
const harmless: Readonly<Record<string, string>> = {
    "kubernetes:storage.k8s.io/v1:StorageClass": "its volumes stay as they are",
};

const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/**
 * What people would notice of an update, before it happens: nodes that roll, pods that restart, what is
 * replaced or deleted. One sentence each, in the order of the steps; empty where nothing of it happens.
 *
 * @param steps What the engine plans, from a preview.
 */
export function announce(steps: readonly Step[]): string[] {
    return [...new Set(steps.flatMap(announceStep))];
}

/** What the policies advise, each once. */
export function warnings({ findings }: Pick<Outcome, "findings">): string[] {
    const words = findings
        .filter(({ level }) => level === "advisory")
        .map(({ message }) => readFinding(message))
        .filter((read) => read !== undefined)
        .map(({ message, fix }) => `warning: ${message}; ${fix}`);
    return [...new Set(words)];
}

/** The charts whose objects no preview can show before their cluster stands. */
export function unseen(steps: readonly Step[]): string[] {
    const made = steps.filter(({ op }) => op === "create");
    const charts = unseenCharts(made.map(({ urn }) => urn));
    if (charts.length === 0) return [];
    const names = charts.join(", ");
    return [`not seen before the cluster stands, and checked at up: the objects of ${names}`];
}

function announceStep({ op, urn, type, changed }: Step): string[] {
    const name = nameOf(urn);
    switch (op) {
        case "replace": {
            const kept = harmless[type];
            return [
                kept === undefined
                    ? `${name} (${type}) is replaced`
                    : `${name} is made anew; ${kept}`,
            ];
        }
        case "delete":
            return [`${name} (${type}) is deleted`];
        case "update":
            if (
                type === "aws:eks/nodeGroup:NodeGroup" &&
                changed.some((path) => path.startsWith("launchTemplate"))
            ) {
                return [
                    `the nodes of ${name} roll, one after another; what runs on them moves or stops`,
                ];
            }
            if (workload.test(type) && changed.some((path) => /^spec(\.|$)/.test(path))) {
                return [`the pods of ${name} restart`];
            }
            return [];
        default:
            return [];
    }
}
