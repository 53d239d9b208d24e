import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Gap } from "../../components/model/gaps";
import { findGaps } from "../../components/model/gaps";
import type { Matrix } from "../../components/model/matrix";
import type { Problem } from "../../components/model/problem";
import type { StackSpec } from "../../components/model/spec";
import { parseSpec } from "../../components/model/spec";
import { projectRoot } from "../../rehearsal/project-root";

/** A stack file as it was read, with all that is wrong with it. */
export interface StackFile {
    readonly stack: string;
    readonly path: string;
    /** The whole document; empty where it could not be read. */
    readonly document: Readonly<Record<string, unknown>>;
    /** The keys below `steward:`. */
    readonly config: Readonly<Record<string, unknown>>;
    readonly spec: StackSpec | undefined;
    readonly matrix: Matrix | undefined;
    readonly problems: readonly Problem[];
    readonly gaps: readonly Gap[];
}

export interface ReadOptions {
    /** Another file than `stacks/Pulumi.<stack>.yaml`. */
    readonly file?: string | undefined;
    readonly reservedContacts: "allowed" | "refused";
    readonly now: Date;
}

/** The stacks that have a file in `stacks/`. */
export function knownStacks(): string[] {
    return readdirSync(join(projectRoot(), "stacks"))
        .map((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1])
        .filter((name) => name !== undefined)
        .sort();
}

/** Reads a stack file and finds everything wrong with it. Never throws. */
export function readStackFile(stack: string, options: ReadOptions): StackFile {
    const path = options.file ?? join(projectRoot(), "stacks", `Pulumi.${stack}.yaml`);
    const empty = { stack, path, document: {}, config: {}, gaps: [] };
    const refused = (problem: Problem): StackFile => ({
        ...empty,
        spec: undefined,
        matrix: undefined,
        problems: [problem],
    });
    if (!/^[A-Za-z0-9_.-]{1,100}$/.test(stack)) {
        const fix = "use letters, digits, -, _ and .";
        return refused({ path: stack, message: "is no name for a stack", fix });
    }
    if (!existsSync(path)) {
        const fix = `take one of: ${knownStacks().join(", ")}; or name a file with --stack-file`;
        return refused({ path, message: "is not there", fix });
    }
    const read = readYaml(path);
    if ("problem" in read) return refused(read.problem);
    const { document, config } = read;
    const parsed = parseSpec(config);
    const matrix = parsed.spec?.matrix ?? ("matrix" in parsed ? parsed.matrix : undefined);
    return {
        stack,
        path,
        document,
        config,
        spec: parsed.spec,
        matrix,
        problems: parsed.problems,
        gaps: matrix === undefined ? [] : findGaps(matrix, options),
    };
}

type Yaml =
    | { readonly problem: Problem }
    | {
          readonly document: Readonly<Record<string, unknown>>;
          readonly config: Readonly<Record<string, unknown>>;
      };

const isMapping = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

function readYaml(path: string): Yaml {
    // The parser is loaded here: `--help` needs none.
    const { parseDocument } = require("yaml") as typeof import("yaml");
    const name = basename(path);
    let text: string;
    try {
        text = readFileSync(path, "utf8");
    } catch (error) {
        const message = `cannot be read (${String((error as NodeJS.ErrnoException).code)})`;
        return { problem: { path: name, message, fix: "name a file that you may read" } };
    }
    const parsed = parseDocument(text, { prettyErrors: true });
    const [error] = parsed.errors;
    if (error !== undefined) {
        const at = error.linePos?.[0];
        const where = at === undefined ? name : `${name}:${String(at.line)}:${String(at.col)}`;
        const message = `is not YAML: ${error.message.split("\n")[0] ?? ""}`;
        return { problem: { path: where, message, fix: "correct that line" } };
    }
    let document: unknown;
    try {
        document = parsed.toJS({ maxAliasCount: 100 });
    } catch (failure) {
        const message = `is not YAML that can be read: ${(failure as Error).message}`;
        return { problem: { path: name, message, fix: "write values out" } };
    }
    const fix = "write a mapping of keys such as `steward:cluster:` below `config:`";
    if (!isMapping(document) || !isMapping(document["config"])) {
        return { problem: { path: name, message: "has no `config:` mapping", fix } };
    }
    const config = Object.fromEntries(
        Object.entries(document["config"])
            .filter(([key]) => key.startsWith("steward:"))
            .map(([key, value]) => [key.slice("steward:".length), value]),
    );
    return { document, config };
}
