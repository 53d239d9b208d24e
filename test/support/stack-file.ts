import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ClusterSpec } from "../../components/model/spec";
import { parseSpec } from "../../components/model/spec";
import { projectRoot } from "../../rehearsal/project-root";

/** What stands under `steward:` in a stack file of the repository, fresh at every call. */
export function stackConfig(stack: string): Record<string, unknown> {
    const { config } = readStackFile(stack);
    const entries = Object.entries(config)
        .filter(([key]) => key.startsWith("steward:"))
        .map(([key, value]): [string, unknown] => [key.slice("steward:".length), value]);
    return Object.fromEntries(entries);
}

export function readStackFile(stack: string): { text: string; config: Record<string, unknown> } {
    const text = readFileSync(join(projectRoot(), "stacks", `Pulumi.${stack}.yaml`), "utf8");
    const { config } = parse(text) as { config: Record<string, unknown> };
    return { text, config };
}

/** The spec of a stack file that has no problems. */
export function stackSpec(stack: string): ClusterSpec {
    const parsed = parseSpec(stackConfig(stack));
    if (parsed.spec === undefined) throw new Error(JSON.stringify(parsed.problems));
    return parsed.spec;
}
