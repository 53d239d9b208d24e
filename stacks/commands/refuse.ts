import { rowName } from "../../components/model/matrix";
import type { Problem } from "../../components/model/problem";
import { wordAll } from "../../components/model/problem";
import { paint } from "./paint";
import type { Result } from "./result";
import { noChanges, noCoverage } from "./result";
import type { StackFile } from "./stack-file";

/** The result of a stack file that is refused before the engine starts. */
export function refusedResult(file: StackFile): Result {
    const { stack, matrix, problems, gaps } = file;
    return {
        stack,
        workload: matrix?.workload ?? null,
        platform: matrix?.platform ?? null,
        result: problems.length > 0 ? "invalid" : "blocked",
        created: 0,
        changes: noChanges,
        layers: (matrix?.rows ?? []).map((row) => ({
            id: row.layer,
            ...(row.scope === undefined ? {} : { scope: row.scope }),
            role: row.role,
            party: row.party,
            contact: row.party === null ? null : (matrix?.parties[row.party]?.contact ?? null),
            carriers: [],
            resources: 0,
        })),
        coverage: noCoverage,
        violations: gaps.map((gap) => ({
            rule: `gate/${gap.kind}`,
            layer: rowName(gap),
            urn: "",
            message: gap.message,
            fix: gap.fix,
        })),
        errors: problems,
    };
}

/**
 * Says why a command that asks no engine does nothing.
 *
 * @param head What is not done.
 * @param document What its JSON has in every case, where that is asked for.
 * @returns the code to exit with.
 */
export function sayRefused(
    head: string,
    document: object | undefined,
    problems: readonly Problem[],
    code: 2 | 3,
): number {
    if (document !== undefined) {
        const errors = problems.map(({ path, message, fix }) => ({ path, message, fix }));
        const said = { ...document, result: code === 3 ? "blocked" : "invalid", errors };
        process.stdout.write(`${JSON.stringify(said, undefined, 2)}\n`);
    }
    const all = wordAll(problems);
    const count = all.length === 1 ? "1 problem" : `${String(all.length)} problems`;
    process.stderr.write([`${head}: ${count}.`, ...all.map((each) => `  ${each}`), ""].join("\n"));
    return code;
}

/** What the user reads of a refusal: everything at once, each with where, what and what to do. */
export function wordRefusal(file: StackFile): string {
    const { stack, path, problems, gaps } = file;
    const all = wordAll([...problems, ...gaps]);
    const count = all.length === 1 ? "1 problem" : `${String(all.length)} problems`;
    const head = `Stack ${stack} is not deployed: ${count} in ${path}.`;
    return [paint("red", head, process.stderr), ...all.map((each) => `  ${each}`), ""].join("\n");
}
