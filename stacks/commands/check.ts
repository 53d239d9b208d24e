import { wordProblem } from "../../components/model/problem";
import type { Violation } from "../../policies/rule";
import { auditResources } from "../../policies/audit";
import type { Coverage } from "../../policies/coverage";
import { coverageOf } from "../../policies/coverage";
import { Inventory } from "../../policies/inventory";
import { StateProblem } from "../../policies/report/state";
import { rules } from "../../policies/rules";
import { paint } from "./paint";
import { readStateFile } from "./state-source";

export interface CheckOptions {
    readonly state: string;
    readonly format: "text" | "json" | "markdown";
}

interface Checked {
    readonly violations: readonly Violation[];
    readonly coverage: Coverage;
}

const renderers = { text: asText, json: asJson, markdown: asMarkdown } satisfies Record<
    CheckOptions["format"],
    (checked: Checked) => string
>;

/**
 * Runs the policies over an exported state: no engine, no program, no credentials.
 *
 * @returns 0 nothing to object to; 2 no such state; 3 a rule is broken.
 */
export function check({ state, format }: CheckOptions): number {
    try {
        const resources = readStateFile(state).filter(({ pendingDelete }) => !pendingDelete);
        const options = { now: new Date(), reservedContacts: "allowed" } as const;
        const violations = auditResources(rules, resources, options);
        const coverage = coverageOf(new Inventory(resources));
        process.stdout.write(renderers[format]({ violations, coverage }));
        return violations.some(({ level }) => level === "mandatory") ? 3 : 0;
    } catch (error) {
        if (!(error instanceof StateProblem)) throw error;
        process.stderr.write(`${wordProblem(error.problem)}\n`);
        return 2;
    }
}

function counted(coverage: Coverage): string {
    return Object.entries(coverage)
        .map(([kind, count]) => `${kind}: ${String(count)}`)
        .join(", ");
}

function asText({ violations, coverage }: Checked): string {
    const lines = violations.map(({ rule, layer, urn, level, message, fix }) => {
        const name = paint(level === "mandatory" ? "red" : "yellow", rule, process.stdout);
        return `${name} ${layer ?? "-"}: ${message}; ${fix}\n  ${urn}`;
    });
    const broken = violations.filter(({ level }) => level === "mandatory").length;
    const verdict = broken === 0 ? "no rule is broken" : `${String(broken)} findings block`;
    return [...lines, `coverage: ${counted(coverage)}`, verdict, ""].join("\n");
}

function asJson({ violations, coverage }: Checked): string {
    const plain = violations.map(({ rule, level, layer, role, urn, message, fix }) => ({
        rule,
        level,
        layer,
        role,
        urn,
        message,
        fix,
    }));
    return `${JSON.stringify({ coverage, violations: plain }, undefined, 2)}\n`;
}

/** A cell of a Markdown table: nothing in it ends the cell or the row. */
const cell = (text: string): string => text.replace(/[|\\`<>]/g, "\\$&").replace(/\s+/g, " ");

function asMarkdown({ violations, coverage }: Checked): string {
    const rows = violations.map(
        ({ rule, level, layer, message, fix }) =>
            `| ${rule} | ${level} | ${cell(layer ?? "-")} | ${cell(message)} | ${cell(fix)} |`,
    );
    const table = [
        "| rule | level | layer | finding | what to do |",
        "| --- | --- | --- | --- | --- |",
    ];
    const findings = rows.length === 0 ? ["No rule is broken."] : [...table, ...rows];
    return ["# Ownership check", "", ...findings, "", `Coverage: ${counted(coverage)}`, ""].join(
        "\n",
    );
}
