import { paint, table } from "./paint";
import type { Result } from "./result";

/** What a terminal shows of a result: the layers with their owners, what carries them, what changed. */
export function wordSummary(result: Result): string {
    const rows = result.layers.map((layer) => [
        layer.scope === undefined ? layer.id : `${layer.id} (${layer.scope})`,
        layer.role ?? "-",
        layer.party ?? "-",
        layer.contact ?? "-",
        layer.carriers.join(", ") || "-",
        String(layer.resources),
    ]);
    const { coverage, changes } = result;
    const counted = Object.entries(coverage)
        .map(([kind, count]) => `${kind}: ${String(count)}`)
        .join(", ");
    const changed = Object.entries(changes)
        .map(([kind, count]) => `${kind} ${String(count)}`)
        .join(", ");
    return [
        table(["layer", "role", "party", "contact", "carriers", "resources"], rows),
        "",
        `coverage  ${counted}`,
        `changes   ${changed}`,
        ...(result.charts === undefined ? [] : [`charts    ${result.charts}`]),
        ...(result.review === undefined ? [] : [`review    ${result.review}`]),
        "",
        verdict(result),
        "",
    ].join("\n");
}

function verdict({ stack, result, violations, errors, created }: Result): string {
    const out = process.stdout;
    switch (result) {
        case "succeeded":
            return paint(
                "green",
                `${stack}: rehearsed; ${String(created)} resources in the state`,
                out,
            );
        case "unchanged":
            return paint(
                "green",
                `${stack}: unchanged; ${String(created)} resources in the state`,
                out,
            );
        case "blocked": {
            const lines = violations.map(
                (each) => `  ${each.rule} ${each.layer}: ${each.message}; ${each.fix}`,
            );
            return [
                paint("red", `${stack}: blocked by ${String(lines.length)} findings`, out),
                ...lines,
            ].join("\n");
        }
        default: {
            const lines = errors.map((each) => `  ${each.path}: ${each.message}; ${each.fix}`);
            return [paint("red", `${stack}: ${result}`, out), ...lines].join("\n");
        }
    }
}
