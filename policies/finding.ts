import type { Coverage } from "./coverage";
import type { Finding } from "./rule";

/** What a violation's text tells again: CrossGuard passes on a name, a URN and one message. */
export type Worded = Pick<Finding, "layer" | "role" | "message" | "fix">;

const nobody = "-";
const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
const worded = /^(.*)\n {2}fix: (.*)\n {2}layer: (\S+), role: (\S+)$/;

/** The text of a violation, for people and for `readFinding` alike. */
export function wordFinding({ layer, role, message, fix }: Worded): string {
    const owner = `layer: ${layer ?? nobody}, role: ${role ?? nobody}`;
    return `${oneLine(message)}\n  fix: ${oneLine(fix)}\n  ${owner}`;
}

/** Reads the text of a violation; undefined when `wordFinding` did not write it. */
export function readFinding(text: string): Worded | undefined {
    const [, message, fix, layer, role] = worded.exec(text.trimEnd()) ?? [];
    if (message === undefined || fix === undefined) return undefined;
    const named = (word: string | undefined) => (word === nobody ? null : (word ?? null));
    return { layer: named(layer), role: named(role), message, fix };
}

const counted = "coverage ";

/** The coverage of a stack as the text of an advisory, for `readCoverage`. */
export function wordCoverage(coverage: Coverage): string {
    return `${counted}${JSON.stringify(coverage)}`;
}

/** Reads the text of an advisory; undefined when `wordCoverage` did not write it. */
export function readCoverage(text: string): Coverage | undefined {
    return text.startsWith(`${counted}{`)
        ? (JSON.parse(text.slice(counted.length)) as Coverage)
        : undefined;
}
