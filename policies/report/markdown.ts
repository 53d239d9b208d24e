import { placeCarried } from "./below";
import { kindOf } from "./kind";
import type { ReportLayer } from "./layers";
import type { Report } from "./report";
import type { RoleView } from "./roles";
import {
    carriedCount,
    carriedMeans,
    carrierWords,
    clusterWords,
    count,
    covers,
    coverWords,
    heldWords,
    moment,
    ownLayerWords,
    placeWords,
    reliesWords,
    verdict,
    whoOf,
} from "./words";

/** The report for a comment on a pull request: the summary in the open, the resources of each role folded. */
export function renderMarkdown(report: Report): string {
    const only = report.only === undefined ? "" : `, the part of ${plain(report.only)}`;
    return [
        `# Who answers for ${plain(report.cluster)}`,
        `${clusterWords(report)}${only}. Stack ${plain(report.stack)}, as of ${moment(report.generatedAt)}.`,
        `**${verdict(report).words}**`,
        coverageLine(report),
        ...attention(report),
        "## Who answers for what",
        table(
            ["Layer", "Role", "Party", "Contact", "Escalation", "Resources"],
            report.layers.map(row),
        ),
        carriedMeans(report),
        ...report.roles.flatMap((view) => section(view, report)),
    ]
        .filter((block) => block !== "")
        .join("\n\n")
        .concat("\n");
}

function coverageLine({ coverage }: Report): string {
    const parts = covers
        .filter((cover) => coverage[cover] > 0 || cover === "uncovered")
        .map((cover) => `${coverWords[cover].name.toLowerCase()} ${coverage[cover]}`);
    return `Owner of ${count(coverage.total, "resource")} shown by: ${parts.join(", ")}.`;
}

function attention(report: Report): string[] {
    const told = new Set(report.uncovered.map(({ urn }) => urn));
    const lines = [
        ...report.gaps.map(({ path, message, fix }) => say(path, message, fix)),
        ...report.uncovered.map(({ urn, name, type }) => {
            const said = report.violations.find((each) => each.urn === urn);
            const message = said?.message ?? `${type} shows no owner`;
            return say(name, message, said?.fix ?? "create it inside a layer");
        }),
        ...report.violations
            .filter((each) => each.level === "mandatory" && each.rule !== "gate")
            .filter(({ urn }) => !told.has(urn))
            .map(({ rule, message, fix }) => say(rule, message, fix)),
        ...report.warnings.map(({ message, fix }) => say("warning", message, fix)),
        ...report.exemptions.map(({ rule, urn, reason, approver, until, breakGlass, problem }) => {
            const name = breakGlass === true ? "break-glass" : "exemption";
            const what = `${rule} for ${urn} until ${until}, approved by ${approver}: ${reason}`;
            return say(name, what, problem ?? "in force");
        }),
        ...report.carriers.map((entry) => {
            const what = `${carrierWords(entry)}: ${entry.reason}`;
            return say(entry.of, what, entry.problem ?? reliesWords(entry));
        }),
    ];
    return lines.length === 0 ? [] : ["## Needs attention", lines.join("\n")];
}

function say(where: string, message: string, fix: string): string {
    return `- **${plain(where)}**: ${plain(message)}; ${plain(fix)}`;
}

function row(layer: ReportLayer): string[] {
    const nobody = layer.role === null && layer.party === null;
    return [
        layer.gap === undefined ? plain(placeWords(layer)) : `**${plain(placeWords(layer))}**`,
        nobody ? "**nobody**" : plain(layer.roleTitle ?? "no role, directly"),
        layer.partyName === null ? "**nobody**" : plain(layer.partyName),
        plain(layer.contact ?? ""),
        plain(layer.escalation ?? ""),
        heldWords(layer),
    ];
}

function section(view: RoleView, report: Report): string[] {
    const { title, summary, contact, escalation, until, responsibilities, resources } = view;
    const reach = [
        ...(contact === null ? [] : [`Contact: ${plain(contact)}`]),
        ...(escalation === undefined ? [] : [`Escalation: ${plain(escalation)}`]),
        ...(until === undefined ? [] : [`Until: ${plain(until)}`]),
    ];
    const who = view.role === null ? "" : `: ${plain(whoOf(view))}`;
    return [
        `## ${plain(title)}${who}`,
        plain(summary),
        reach.join("  \n"),
        responsibilities.map(({ duty }) => `- ${plain(duty)}`).join("\n"),
        resources.length === 0 ? "" : folded(view),
        view.carried.length === 0 ? "" : foldedCarried(view, report),
    ];
}

/** What its layers carry besides, by these layers: a machine stands under each that it names. */
function foldedCarried(view: RoleView, report: Report): string {
    const rows = [...placeCarried(view.carried, view.layers)].flatMap(([layer, carried]) =>
        carried.map((each) => [
            plain(placeWords(layer)),
            plain(each.name),
            plain(kindOf(each.type)),
            plain(each.id ?? ""),
            plain(ownLayerWords(each, report)),
        ]),
    );
    const head = ["Layer", "Resource", "What it is", "Identifier", "Counted under"];
    return details(carriedCount(view), table(head, rows));
}

function details(summary: string, text: string): string {
    return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

function folded({ resources, layers }: RoleView): string {
    const rows = resources.map(({ name, type, id, layer, scope, carrier }) => {
        const place = layers.find((each) => each.id === layer && each.scope === scope);
        return [
            plain(place === undefined ? (layer ?? "none") : placeWords(place)),
            plain(name),
            plain(kindOf(type)),
            plain(id ?? ""),
            coverWords[carrier].name.toLowerCase(),
        ];
    });
    const head = ["Layer", "Resource", "What it is", "Identifier", "Owner shown by"];
    return details(count(resources.length, "resource"), table(head, rows));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text that stays text: on one line, and nothing in it is Markdown or HTML. */
function plain(text: string): string {
    return text
        .replace(/\s+/g, " ")
        .replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/[\\`*_[\]|~#]/g, "\\$&");
}
