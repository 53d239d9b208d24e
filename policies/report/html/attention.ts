import { typesOf } from "../../../components/model/tokens";
import { kindOf } from "../kind";
import type { Report } from "../report";
import { carrierWords, count, placeWords, reliesWords, unowned } from "../words";
import type { Markup } from "./markup";
import { markup } from "./markup";

/** What needs somebody to act, first on the page; nothing when nothing does. */
export function attention(report: Report): Markup | undefined {
    const blocks = [...gaps(report), ...uncovered(report), ...objections(report)];
    const soon = [...warnings(report), ...exemptions(report), ...carriers(report)];
    if (blocks.length + soon.length === 0) return undefined;
    return markup`<section class="attention" aria-labelledby="attention">
        <h2 id="attention">Needs attention</h2>
        ${blocks}${soon}
    </section>`;
}

function gaps(report: Report): Markup[] {
    const without = unowned(report);
    if (without.length === 0) return [];
    return [
        markup`<h3>${count(without.length, "layer")} without an owner</h3>
            <ul class="list bad-list">
                ${report.gaps.map(
                    ({ layer, scope, message, fix }) =>
                        markup` <li>
                            <strong>${nameOf(report, layer, scope)}</strong> ${sentence(message)}
                            <span class="fix">${sentence(fix)}</span>
                        </li>`,
                )}
            </ul>`,
    ];
}

function uncovered(report: Report): Markup[] {
    const { length } = report.uncovered;
    if (length === 0) return [];
    return [
        markup`<h3>${count(length, "resource")} without an owner</h3>
            <ul class="list bad-list">
                ${report.uncovered.map(({ name, type, layer, scope, urn }) => {
                    const said = report.violations.find((each) => each.urn === urn);
                    const place =
                        layer === null ? "outside every layer" : nameOf(report, layer, scope);
                    return markup` <li>
                        <strong>${name}</strong> <span class="scope">${place}</span>
                        ${inWords(said?.message ?? `${type} shows no owner`, type)}
                        <span class="fix">${said && sentence(said.fix)}</span>
                    </li>`;
                })}
            </ul>`,
    ];
}

/** What the rules object to besides: gaps and uncovered resources have been told already. */
function objections(report: Report): Markup[] {
    const told = new Set(report.uncovered.map(({ urn }) => urn));
    const others = report.violations.filter(
        ({ rule, urn, level }) => level === "mandatory" && rule !== "gate" && !told.has(urn),
    );
    if (others.length === 0) return [];
    return [
        markup`<h3>${count(others.length, "objection")} of the rules</h3>
            <ul class="list bad-list">
                ${others.map(
                    ({ rule, urn, message, fix }) =>
                        markup` <li>
                            <strong>${urn.split("::").slice(3).join("::")}</strong>
                            ${inWords(message, typesOf(urn).at(-1) ?? "")}
                            <span class="fix">${sentence(fix)} Rule: ${rule}.</span>
                        </li>`,
                )}
            </ul>`,
    ];
}

function warnings(report: Report): Markup[] {
    if (report.warnings.length === 0) return [];
    return [
        markup`<h3>Worth knowing now</h3>
            <ul class="list">
                ${report.warnings.map(
                    ({ message, fix }) =>
                        markup` <li>
                            ${sentence(message)} <span class="fix">${sentence(fix)}</span>
                        </li>`,
                )}
            </ul>`,
    ];
}

function exemptions(report: Report): Markup[] {
    if (report.exemptions.length === 0) return [];
    return [
        markup`<h3>Written exceptions</h3>
            <ul class="list">
                ${report.exemptions.map(
                    ({ rule, urn, reason, approver, until, breakGlass, problem }) =>
                        markup` <li>
                            <strong>${breakGlass === true ? "Break-glass: " : ""}${rule}</strong>
                            for ${urn}, until ${until}, approved by ${approver}: ${sentence(reason)}
                            <span class="fix"
                                >${problem === undefined ? "In force." : `Lifts nothing: ${problem}.`}</span
                            >
                        </li>`,
                )}
            </ul>`,
    ];
}

function carriers(report: Report): Markup[] {
    if (report.carriers.length === 0) return [];
    return [
        markup`<h3>Carriers that the stack file decides</h3>
            <ul class="list">
                ${report.carriers.map(
                    (entry) =>
                        markup` <li>
                            <strong>${entry.of}</strong> ${carrierWords(entry)}:
                            ${sentence(entry.reason)}
                            <span class="fix"
                                >${entry.problem === undefined ? sentence(reliesWords(entry)) : `Decides nothing: ${entry.problem}.`}</span
                            >
                        </li>`,
                )}
            </ul>`,
    ];
}

function nameOf(report: Report, id: string, scope: string | undefined): string {
    const layer = report.layers.find((each) => each.id === id && each.scope === scope);
    return layer === undefined ? id : placeWords(layer);
}

/** Messages follow a path elsewhere and stand alone here; what stands in backquotes is code. */
function sentence(message: string): Markup {
    const begun = /^[a-z]+(?=[\s,;])/.test(message)
        ? message.charAt(0).toUpperCase() + message.slice(1)
        : message;
    const ended = /[.!?]$/.test(begun) ? begun : `${begun}.`;
    const parts = ended.split("`");
    return markup`${parts.map((part, at) => (at % 2 === 1 ? markup`<code>${part}</code>` : part))}`;
}

/** A message about a resource, with its type in words. */
function inWords(message: string, type: string): Markup {
    return sentence(type === "" ? message : message.replaceAll(type, kindOf(type)));
}
