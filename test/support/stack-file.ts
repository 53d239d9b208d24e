import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { AwsClusterSpec } from "../../components/model/spec";
import { isAwsHubs, parseSpec } from "../../components/model/spec";
import { projectRoot } from "../../rehearsal/project-root";

/** GeoLab with its production hub alone: as small a stack as most tests need. Fresh at every call. */
export function geolabFile(): Record<string, unknown> {
    const { config } = readStackFile("jupyterhub-aws");
    const section = config["steward:jupyterhub"] as { hubs: { readonly name: string }[] };
    section.hubs = section.hubs.filter(({ name }) => name === "prod");
    return config;
}

/** What stands there under `steward:`. */
export const geolabConfig = (): Record<string, unknown> => underSteward(geolabFile());

/** The spec of that. */
export const geolabSpec = (): AwsClusterSpec => specOf(geolabConfig());

/** What stands under `steward:` in a stack file of the repository, fresh at every call. */
export function stackConfig(stack: string): Record<string, unknown> {
    return underSteward(readStackFile(stack).config);
}

function underSteward(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
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
export const stackSpec = (stack: string): AwsClusterSpec => specOf(stackConfig(stack));

function specOf(config: Record<string, unknown>): AwsClusterSpec {
    const parsed = parseSpec(config);
    if (parsed.spec === undefined || !isAwsHubs(parsed.spec))
        throw new Error(JSON.stringify(parsed.problems));
    return parsed.spec;
}
