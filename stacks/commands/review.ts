import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { wordProblem } from "../../components/model/problem";
import { renderCsv } from "../../policies/report/csv";
import { renderHtml } from "../../policies/report/html";
import { renderJson } from "../../policies/report/json";
import { renderMarkdown } from "../../policies/report/markdown";
import { narrowTo, rolesIn } from "../../policies/report/narrow";
import type { Report } from "../../policies/report/report";
import { buildReport } from "../../policies/report/report";
import { StateProblem } from "../../policies/report/state";
import { defaultStateDir, readRehearsedState, readStateFile } from "./state-source";

export interface ReviewOptions {
    readonly state?: string;
    readonly stateDir?: string;
    readonly format: "html" | "markdown" | "csv" | "json";
    readonly role?: string;
    readonly output?: string;
}

const renderers = {
    html: renderHtml,
    markdown: renderMarkdown,
    csv: renderCsv,
    json: renderJson,
} satisfies Record<ReviewOptions["format"], (report: Report) => string>;

/**
 * Writes who owns what, from an exported state or a rehearsed one, to standard output or a file.
 *
 * @returns 0 written; 2 no such state, role or folder; 3 written, and a layer has no owner.
 */
export function review(stack: string, options: ReviewOptions): number {
    try {
        const resources =
            options.state === undefined
                ? readRehearsedState(stack, options.stateDir ?? defaultStateDir(stack))
                : readStateFile(options.state);
        const whole = buildReport(resources, {
            stack,
            now: new Date(),
            reservedContacts: "allowed",
        });
        const report = options.role === undefined ? whole : narrowTo(whole, options.role);
        if (report === undefined) {
            throw new StateProblem({
                path: `--role ${String(options.role)}`,
                message: "owns nothing here",
                fix: `take one of: ${rolesIn(whole).join(", ")}`,
            });
        }
        write(renderers[options.format](report), options.output);
        return whole.gaps.length > 0 || whole.coverage.uncovered > 0 ? 3 : 0;
    } catch (error) {
        if (!(error instanceof StateProblem)) throw error;
        process.stderr.write(`${wordProblem(error.problem)}\n`);
        return 2;
    }
}

function write(text: string, output: string | undefined): void {
    if (output === undefined) {
        process.stdout.write(text);
        return;
    }
    const path = resolve(output);
    try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
    } catch (error) {
        const message = `cannot be written (${String((error as NodeJS.ErrnoException).code)})`;
        throw new StateProblem({ path, message, fix: "name another file with --output" });
    }
    process.stderr.write(`${path}\n`);
}
