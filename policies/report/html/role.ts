import type { ReportLayer } from "../layers";
import { rowOf } from "../layers";
import { kindOf } from "../kind";
import type { Report, ReportResource } from "../report";
import type { DischargedDuty, RoleView } from "../roles";
import { count, coverWords, placeWords, whoOf } from "../words";
import { layerAnchor } from "./anchors";
import { contactLink } from "./contact";
import type { Markup } from "./markup";
import { html } from "./markup";
import { roleSwatch } from "./swatch";

/** A card for each role: the way to its section. */
export function roleCards(report: Report): Markup {
    return html`<nav aria-label="Who answers">
        <ul class="cards">
            ${report.roles.map((view) => {
                const title = view.role === null ? "No role, directly" : view.title;
                return html`
<li${view.party === null ? html` class="gap"` : undefined}><a href="#${view.key}">${roleSwatch(view.role)}<span class="card-title">${view.party === null && view.role === null ? "Nobody" : title}</span><span class="card-party">${whoOf(view)}</span><span class="card-count">${count(view.layers.length, "layer")} &middot; ${count(view.resources.length, "resource")}</span></a></li>`;
            })}
        </ul>
    </nav>`;
}

/** All about one role: who, how to reach them, what for, and every resource that carries their name. */
export function roleSection(view: RoleView, report: Report): Markup {
    const duties = view.layers.filter(({ duty }) => duty);
    const holding = view.layers.filter(({ duty }) => !duty);
    return html`<section class="answerer" aria-labelledby="${view.key}">
        <header>
            <h2 id="${view.key}" tabindex="-1">${roleSwatch(view.role)}${view.title}</h2>
            <p class="who">${view.role === null ? "" : whoOf(view)}</p>
        </header>
        <p>${view.summary}</p>
        ${reach(view)}
        ${view.responsibilities.length === 0 ? undefined : answersFor(view.responsibilities)}
        ${
            duties.length === 0
                ? undefined
                : html`<h3>Duties without a resource</h3>
                      ${layerList(duties)}`
        }
        ${
            holding.length === 0
                ? undefined
                : html`<h3>Layers with resources</h3>
                      ${layerList(holding)}`
        }
        ${resourceTable(view, report)}
    </section>`;
}

function reach({ contact, escalation, until, party }: RoleView): Markup | undefined {
    if (party === null) return undefined;
    return html`<dl class="reach">
        <div>
            <dt>Contact</dt>
            <dd>${contactLink(contact)}</dd>
        </div>
        <div>
            <dt>If the contact stays silent</dt>
            <dd>${contactLink(escalation)}</dd>
        </div>
        ${
            until === undefined
                ? undefined
                : html`<div>
                      <dt>Until</dt>
                      <dd>${until}</dd>
                  </div>`
        }
    </dl>`;
}

function answersFor(duties: readonly DischargedDuty[]): Markup {
    const sources = [...new Set(duties.map(({ source }) => source.document))];
    return html`<h3>Answers for</h3>
        <ul class="list duties">
            ${duties.map(({ duty }) => html` <li>${duty}</li>`)}
        </ul>
        <p class="source">
            Written down in
            ${sources.map(
                (source, at) =>
                    html`${at === 0 ? "" : " and "}<a href="${source}" rel="noopener noreferrer"
                            >${source}</a
                        >`,
            )}:
            ${[...new Set(duties.map(({ source }) => source.section))].join("; ")}.
        </p>`;
}

function layerList(layers: readonly ReportLayer[]): Markup {
    return html`<ul class="list layers">
        ${layers.map(
            (layer) => html` <li><strong>${placeWords(layer)}</strong> ${layer.holds}</li>`,
        )}
    </ul>`;
}

function resourceTable(view: RoleView, report: Report): Markup {
    const { length } = view.resources;
    if (length === 0) return html`<p class="none">No resource carries this name.</p>`;
    const groups = view.layers.map((layer) => ({
        layer,
        here: view.resources.filter((each) => rowOf(each, report.layers) === layer),
    }));
    const strays = view.resources.filter((each) => rowOf(each, report.layers) === undefined);
    return html`<details${report.only === undefined ? undefined : html` open`}>
<summary>${count(length, "resource")}</summary>
<table class="resources">
<caption class="hidden">Resources of ${view.title}, ${whoOf(view)}</caption>
<thead><tr><th scope="col">Resource</th><th scope="col">What it is</th><th scope="col">Identifier</th><th scope="col">Owner shown by</th></tr></thead>${groups.map(
        ({ layer, here }) =>
            here.length === 0
                ? undefined
                : group(placeWords(layer), here, layerAnchor(report, layer)),
    )}${strays.length === 0 ? undefined : group("In no layer of the matrix", strays)}
</table>
</details>`;
}

function group(title: string, resources: readonly ReportResource[], anchor?: string): Markup {
    const id = anchor === undefined ? undefined : html` id="${anchor}"`;
    return html`
<tbody${id}>
<tr class="group"><th scope="rowgroup" colspan="4">${title} <span class="none">${resources.length}</span></th></tr>${resources.map(
        ({ name, type, id, carrier, protect }) =>
            html` <tr
                data-row="resource"
                ${carrier === "uncovered" ? html` class="gap"` : undefined}
            >
                <th scope="row">
                    ${name}${protect ? html` <span class="scope">protected</span>` : undefined}
                </th>
                <td title="${type}">${kindOf(type)}</td>
                <td class="id">${id ?? ""}</td>
                <td>
                    ${carrier === "uncovered" ? html`<strong class="bad">No owner</strong>` : coverWords[carrier].name}
                </td>
            </tr>`,
    )}
</tbody>`;
}
