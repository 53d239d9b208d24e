import * as pulumi from "@pulumi/pulumi";
import type { Gap, GapOptions } from "../components/model/gaps";
import { findGaps } from "../components/model/gaps";
import type { Problem } from "../components/model/problem";
import { wordAll } from "../components/model/problem";
import type { StackSpec } from "../components/model/spec";
import { parseSpec } from "../components/model/spec";
import { missingSecrets, neededSecrets } from "../components/model/secrets";
import type { Secrets } from "../components/secrets";

export interface StackInputs {
    readonly spec: StackSpec;
    readonly secrets: Secrets;
}

/**
 * Reads the stack file that the engine passed to this program.
 *
 * @throws RunError with every problem and every gap at once: one clean message, no stack trace, and no
 * resource registered yet. This is the program's own line of defence: it holds without any policy pack.
 */
export function readStack(options: GapOptions): StackInputs {
    const config = stewardConfig();
    const parsed = parseSpec(config);
    const matrix = parsed.spec?.matrix ?? ("matrix" in parsed ? parsed.matrix : undefined);
    const gaps = matrix === undefined ? [] : findGaps(matrix, options);
    const problems = [...parsed.problems, ...missingSecrets(config)];
    if (parsed.spec === undefined || problems.length > 0 || gaps.length > 0) {
        throw withoutFrames(new pulumi.RunError(refusal(problems, gaps)));
    }
    return { spec: parsed.spec, secrets: readSecrets(config) };
}

/** Everything under `steward:`, objects parsed, the namespace taken off. */
function stewardConfig(): Record<string, unknown> {
    const entries = Object.entries(pulumi.runtime.allConfig())
        .filter(([key]) => key.startsWith("steward:"))
        .map(([key, text]): [string, unknown] => [key.slice("steward:".length), parse(key, text)]);
    return Object.fromEntries(entries);
}

/** A day or a moment that stands in the stack file without quotes, in the words of the engine, which reads YAML 1.1. */
const unquoted = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) \+0000 UTC$/;

/** The engine hands objects over as JSON, and plain texts as they are. */
function parse(key: string, text: string): unknown {
    // An exemption ends at a moment, an engagement with a day.
    const asWritten = key === "steward:exemptions" ? "$1T$2Z" : "$1";
    try {
        return JSON.parse(text, (_, value: unknown) =>
            typeof value === "string" ? value.replace(unquoted, asWritten) : value,
        ) as unknown;
    } catch {
        return text;
    }
}

function readSecrets(config: Readonly<Record<string, unknown>>): Secrets {
    type Plain = Readonly<Record<string, Readonly<Record<string, string>>>>;
    const needed = neededSecrets(config);
    if (needed.length === 0) return {};
    const all = new pulumi.Config("steward").requireSecretObject<Plain>("secrets");
    const secrets: Record<string, Record<string, pulumi.Output<string>>> = {};
    for (const [hub, key] of needed) {
        secrets[hub] = { ...secrets[hub], [key]: all.apply((each) => each[hub]?.[key] ?? "") };
    }
    return secrets;
}

/**
 * The SDK hides the stack trace of a RunError, but colours it first. That takes Node half a minute, or all memory,
 * where a frame lies in an SDK that its source map places at node_modules/@pulumi/resource.ts.
 *
 * @see https://github.com/nodejs/node/issues/64011 Node 20.20 among others
 */
function withoutFrames(error: pulumi.RunError): pulumi.RunError {
    error.stack = error.message;
    return error;
}

/** One block of text: what is wrong, where, and what to do, for everything at once. */
function refusal(problems: readonly Problem[], gaps: readonly Gap[]): string {
    const all = wordAll([...problems, ...gaps]);
    const count = all.length === 1 ? "1 problem" : `${String(all.length)} problems`;
    return [
        `Nothing is deployed: ${count} in the stack file.`,
        ...all.map((each) => `  ${each}`),
    ].join("\n");
}
