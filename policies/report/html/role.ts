import type { ReportLayer } from "../layers";
import { placeByRow } from "../layers";
import { kindOf } from "../kind";
import type { Report, ReportResource } from "../report";
import type { DischargedDuty, RoleView } from "../roles";
import { count, coverWords, placeWords, whoOf } from "../words";
import { layerAnchor } from "./anchors";
import { carriedTable } from "./carried";
import { contactLink } from "./contact";
import type { Markup } from "./markup";
import { markup } from "./markup";
import { roleSwatch } from "./swatch";

/** A card for each role: the way to its section. */
export function roleCards(report: Report): Markup {
    return markup`<nav aria-label="Who answers">
        <ul class="cards">
            ${report.roles.map((view) => {
                return markup`
<li${view.party === null ? markup` class="gap"` : undefined}><a href="#${view.key}">${roleSwatch(view.role)}<span class="card-title">${view.title}</span><span class="card-party">${view.role === null ? directly(view) : whoOf(view)}</span><span class="card-count">${count(view.layers.length, "layer")} &middot; ${count(view.resources.length, "resource")}</span>${view.carried.length === 0 ? undefined : markup`<span class="card-count">${view.carried.length} carried besides</span>`}</a></li>`;
            })}
        </ul>
    </nav>`;
}

/** What stands in the place of a party where a party stands in the place of a role. */
function directly({ party }: RoleView): string {
    return party === null ? "answers for these" : "directly, without a role";
}

/** All about one role: who, how to reach them, what for, and every resource that carries their name. */
export function roleSection(view: RoleView, report: Report): Markup {
    const duties = view.layers.filter(({ duty }) => duty);
    const holding = view.layers.filter(({ duty }) => !duty);
    return markup`<section class="answerer" aria-labelledby="${view.key}">
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
                : markup`<h3>Duties without a resource</h3>
                      ${layerList(duties)}`
        }
        ${
            holding.length === 0
                ? undefined
                : markup`<h3>Layers</h3>
                      ${layerList(holding)}`
        }
        ${resourceTable(view, report)} ${carriedTable(view, report)}
    </section>`;
}

function reach({ contact, escalation, until, party }: RoleView): Markup | undefined {
    if (party === null) return undefined;
    return markup`<dl class="reach">
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
                : markup`<div>
                      <dt>Until</dt>
                      <dd>${until}</dd>
                  </div>`
        }
    </dl>`;
}

function answersFor(duties: readonly DischargedDuty[]): Markup {
    const documents = [...new Set(duties.map(({ source }) => source.document))];
    const sections = [...new Set(duties.map(({ source }) => source.section))];
    const links = documents.map(
        (url) => markup`<a href="${url}" rel="noopener noreferrer">${url}</a> `,
    );
    return markup`<h3>Answers for</h3>
        <ul class="list duties">
            ${duties.map((each) => markup` <li>${each.duty}${elsewhere(each)}</li>`)}
        </ul>
        <p class="source">Written down in ${links}(${sections.join("; ")}).</p>`;
}

/** The document may give a duty to another role than the one whose layer it comes with here. */
function elsewhere({ elsewhere: named, layers }: DischargedDuty): Markup | undefined {
    if (named.length === 0) return undefined;
    const roles = named.join(" or ");
    return markup`<span class="fix"
        >In part, with ${layers.join(", ")}: the document names the ${roles}.</span
    >`;
}

function layerList(layers: readonly ReportLayer[]): Markup {
    return markup`<ul class="list layers">
        ${layers.map(
            (layer) => markup` <li><strong>${placeWords(layer)}</strong> ${layer.holds}</li>`,
        )}
    </ul>`;
}

function resourceTable(view: RoleView, report: Report): Markup | undefined {
    const { length } = view.resources;
    if (length === 0 && view.carried.length > 0) return undefined;
    if (length === 0) return markup`<p class="none">No resource carries this name.</p>`;
    const placed = placeByRow(view.resources, report.layers);
    const groups = view.layers.map((layer) => ({ layer, here: placed.get(layer) ?? [] }));
    const strays = placed.get(undefined) ?? [];
    return markup`<details${report.only === undefined ? undefined : markup` open`}>
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
    const id = anchor === undefined ? undefined : markup` id="${anchor}"`;
    return markup`
<tbody${id}>
<tr class="group"><th scope="rowgroup" colspan="4">${title} <span class="none">${resources.length}</span></th></tr>${resources.map(
        ({ name, type, id, carrier, protect }) =>
            markup` <tr
                data-row="resource"
                ${carrier === "uncovered" ? markup` class="gap"` : undefined}
            >
                <th scope="row">
                    ${name}${protect ? markup` <span class="scope">protected</span>` : undefined}
                </th>
                <td title="${type}">${kindOf(type)}</td>
                <td class="id">${id ?? ""}</td>
                <td>
                    ${carrier === "uncovered" ? markup`<strong class="bad">No owner</strong>` : coverWords[carrier].name}
                </td>
            </tr>`,
    )}
</tbody>`;
}
