import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chartType } from "../../rehearsal/kubernetes/unseen-charts";
import type { Outcome } from "../../rehearsal/outcome";
import { isUnchanged } from "../../rehearsal/outcome";
import type { StateDeployment, StateFolder } from "../../rehearsal/state-folder";
import { readCoverage, readFinding } from "../../policies/finding";
import type { Report } from "../../policies/report/report";
import { buildReport } from "../../policies/report/report";
import { renderCsv } from "../../policies/report/csv";
import { renderHtml } from "../../policies/report/html";
import { renderJson } from "../../policies/report/json";
import { renderMarkdown } from "../../policies/report/markdown";
import { readState } from "../../policies/report/state";
import { clusterType, stackType } from "../../components/model/tokens";
import type { Changes, Coverage, Result, Violation } from "./result";
import { noCoverage } from "./result";
import type { StackFile } from "./stack-file";
import { refusedResult } from "./refuse";

/** What a rehearsal came to, with its review written beside the state. */
export function resultOf(folder: StateFolder, file: StackFile, outcome: Outcome): Result {
    const deployment = folder.deployment() ?? {};
    const resources = readState({ version: 3, deployment });
    const report = resources.some(({ type }) => type === clusterType)
        ? buildReport(resources, {
              stack: file.stack,
              now: new Date(),
              reservedContacts: "allowed",
          })
        : undefined; // blocked before the first resource
    const violations = violationsOf(outcome);
    const charts = chartsOf(deployment.resources ?? []);
    const detection = detectionOf(deployment.resources ?? []);
    return {
        ...refusedResult(file),
        result: outcome.succeeded
            ? isUnchanged(outcome)
                ? "unchanged"
                : "succeeded"
            : violations.length > 0
              ? "blocked"
              : "failed",
        created: deployment.resources?.length ?? 0,
        changes: changesOf(outcome),
        ...(report === undefined ? {} : { layers: layersOf(report) }),
        coverage: coverageOf(outcome) ?? report?.coverage ?? noCoverage,
        violations,
        errors: violations.length > 0 ? [] : errorsOf(outcome),
        ...(charts === undefined ? {} : { charts }),
        ...(detection === undefined ? {} : { detection }),
        ...(report === undefined ? {} : { review: writeReview(folder.root, report) }),
    };
}

export function violationsOf({ findings }: Outcome): Violation[] {
    return findings
        .filter(({ level }) => level === "mandatory")
        .map(({ rule, urn, message }) => {
            const read = readFinding(message);
            return {
                rule,
                layer: read?.layer ?? "",
                urn,
                message: read?.message ?? message,
                fix: read?.fix ?? "",
            };
        });
}

/** The coverage that the pack counted, which knows more than the state when a deploy was blocked. */
function coverageOf({ findings }: Outcome): Coverage | undefined {
    const counted = findings.map(({ message }) => readCoverage(message));
    return counted.findLast((each) => each !== undefined);
}

/** The engine's own names for what happened to how many resources. */
export function changesOf({ changes }: Outcome): Changes {
    const of = (kind: string) => changes[kind] ?? 0;
    return {
        create: of("create"),
        update: of("update"),
        replace: of("replace"),
        delete: of("delete"),
        same: of("same"),
    };
}

function layersOf({ layers }: Report): Result["layers"] {
    return layers.map(({ id, scope, role, party, contact, carriers, resources }) => ({
        id,
        ...(scope === undefined ? {} : { scope }),
        role,
        party,
        contact,
        carriers,
        resources,
    }));
}

export function errorsOf({ errors }: Outcome): Result["errors"] {
    const told = errors.map(({ urn, message }) => ({
        path: urn.slice(urn.lastIndexOf("::") + 2) || "deploy",
        message,
        fix: "correct what it names, then run this again",
    }));
    return [...new Map(told.map((each) => [each.message, each])).values()];
}

/** Whether the charts' objects came from their archives or stood in for them, by the stand-in's own word. */
function chartsOf(resources: NonNullable<StateDeployment["resources"]>): string | undefined {
    const charts = resources.filter(({ type }) => type === chartType);
    const words = charts.map(({ urn, outputs }) => {
        const name = urn.slice(urn.lastIndexOf("::") + 2);
        const rehearsed = outputs?.["rehearsed"];
        return `${name}: ${typeof rehearsed === "string" ? rehearsed.replace(/^not rendered: /, "") : "unseen"}`;
    });
    if (words.length === 0) return undefined;
    const listed = words.filter((word) => !word.endsWith(": rendered"));
    return listed.length === 0 ? "rendered" : `not rendered (${listed.join("; ")})`;
}

/** What the program says of the threat detector, which other stacks of the account may share. */
function detectionOf(resources: NonNullable<StateDeployment["resources"]>): string | undefined {
    const said = resources.find(({ type }) => type === stackType)?.outputs?.["detection"];
    return typeof said === "string" ? said : undefined;
}

/** Writes the review in every format; returns the page's path. */
function writeReview(folder: string, report: Report): string {
    const reviews = join(folder, "review");
    mkdirSync(reviews, { recursive: true });
    const page = join(reviews, "index.html");
    writeFileSync(page, renderHtml(report));
    writeFileSync(join(reviews, "review.md"), renderMarkdown(report));
    writeFileSync(join(reviews, "review.csv"), renderCsv(report));
    writeFileSync(join(reviews, "review.json"), renderJson(report));
    return page;
}
