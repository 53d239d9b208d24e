import type { Rule } from "./rule";

/** The rules as a Markdown document: docs/rules.md, which `node scripts/write-rules.mjs` writes. */
export function ruleTable(rules: readonly Rule[]): string {
    const cell = (text: string) => text.replaceAll("|", "\\|");
    const body = rules.map((rule) => {
        const judges = "checkStack" in rule ? "the whole stack" : "each resource";
        return [rule.id, `\`${rule.name}\``, judges, rule.level, rule.why, rule.fix].map(cell);
    });
    const head = ["id", "name", "judges", "level", "why", "what to do"];
    const widths = head.map((title, i) =>
        Math.max(title.length, ...body.map((cells) => cells[i]?.length ?? 0)),
    );
    const row = (cells: readonly string[], filler = " ") =>
        `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0, filler)).join(" | ")} |`;
    const dashes = head.map(() => "");
    return [
        "# The rules",
        "",
        "Written by `node scripts/write-rules.mjs` from `policies/rules/`; a test keeps it true.",
        "",
        "A mandatory rule blocks `preview` and `up`. A rule that cannot judge a resource, because a value is not",
        "known before the update or for any other reason, objects to it rather than let it pass. An exemption",
        "under `steward:exemptions` names a rule by its name. Where a type that Steward does not know carries its owner",
        "is a line under `steward:carriers`, see [carriers.md](carriers.md).",
        "",
        row(head),
        row(dashes, "-"),
        ...body.map((cells) => row(cells)),
        "",
        "`destroy`, `refresh`, `pulumi import` and edits of the state take no policies: run `check` over the state",
        "afterwards, or let the next `up` find it.",
        "",
    ].join("\n");
}
