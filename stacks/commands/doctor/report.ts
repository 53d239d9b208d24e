import type { Finding } from "./check";
import type { Outcome } from "./examine";

/** From the one to read first to the one to read last. */
const statuses = ["lacking", "warning", "skipped", "ok"] as const;

/** One line a finding: status, id, what, and what to do. What was skipped is left to `skips`. */
export function lines({ findings }: Pick<Outcome, "findings">): string {
    return findings
        .filter(({ status }) => status !== "skipped")
        .map((finding) => line(finding.id, finding))
        .join("");
}

/** One line a reason, with all checks that were skipped for it. */
export function skips(outcomes: readonly Outcome[]): string {
    const skipped = outcomes
        .flatMap(({ findings }) => findings)
        .filter(({ status }) => status === "skipped");
    const reasons = new Map(skipped.map((finding) => [finding.message, finding]));
    return [...reasons]
        .map(([message, finding]) => {
            const ids = skipped.filter((each) => each.message === message).map(({ id }) => id);
            return line(ids.join(", "), finding);
        })
        .join("");
}

function line(ids: string, { status, message, fix }: Finding): string {
    const advice = fix === undefined ? "" : `; ${fix}`;
    return `${status.padEnd(8)}  ${ids}: ${message}${advice}\n`;
}

/** One row a check with the status that counts, and the sum of all findings below. */
export function table(outcomes: readonly Outcome[]): string {
    const width = Math.max(...outcomes.map(({ title }) => title.length));
    const rows = outcomes.map(({ title, findings }) => {
        const worst = statuses.find((each) => findings.some(({ status }) => status === each));
        return `  ${title.padEnd(width)}  ${worst ?? "ok"}\n`;
    });
    const sum = countsOf(outcomes);
    const counts = statuses
        .filter((status) => sum[status] > 0)
        .map((status) => `${sum[status]} ${status}`)
        .join(", ");
    return `\n${rows.join("")}\n${counts}\n`;
}

/** The whole examination as one JSON document. */
export function document(stack: string | undefined, outcomes: readonly Outcome[]): string {
    const counts = countsOf(outcomes);
    const findings = outcomes.flatMap((outcome) =>
        outcome.findings.map((finding) => ({ check: outcome.id, ...finding })),
    );
    const result = counts.lacking === 0 ? "succeeded" : "failed";
    return `${JSON.stringify({ stack: stack ?? null, result, counts, findings }, null, 2)}\n`;
}

function countsOf(outcomes: readonly Outcome[]): Record<Finding["status"], number> {
    const counts = { ok: 0, lacking: 0, warning: 0, skipped: 0 };
    for (const { status } of outcomes.flatMap(({ findings }) => findings)) counts[status] += 1;
    return counts;
}
