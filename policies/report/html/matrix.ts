import type { ReportLayer } from "../layers";
import type { Report } from "../report";
import { carriedMeans, count } from "../words";
import { contactLink } from "./contact";
import type { Markup } from "./markup";
import { markup } from "./markup";
import { carriedAnchor, layerAnchor, viewOf } from "./anchors";
import { roleSwatch } from "./swatch";

/** The whole matrix, a row a layer, in the order of the book. */
export function matrixSection(report: Report): Markup {
    const duties = report.layers.filter(({ duty }) => duty).length;
    return markup`<section aria-labelledby="matrix">
        <h2 id="matrix">Who answers for what</h2>
        <p>
            ${count(report.layers.length, "layer")}, of which ${duties}
            ${duties === 1 ? "is a duty" : "are duties"}: nothing runs there, and somebody answers
            all the same. ${carriedMeans(report)}
        </p>
        <table class="matrix">
            <caption class="hidden">
                Layers of ${report.cluster} and who answers for each
            </caption>
            <thead>
                <tr>
                    <th scope="col">Layer</th>
                    <th scope="col">Answered for by</th>
                    <th scope="col">Contact</th>
                    <th scope="col" class="number">Resources</th>
                </tr>
            </thead>
            <tbody>
                ${report.layers.map((layer) => row(layer, report))}
            </tbody>
        </table>
    </section>`;
}

function row(layer: ReportLayer, report: Report): Markup {
    const { title, holds, scope, gap, escalation } = layer;
    const view = viewOf(report, layer);
    return markup` <tr data-row="layer" ${gap === undefined ? undefined : markup` class="gap"`}>
        <th scope="row">
            <span class="layer">${title}</span
            >${scope === undefined ? undefined : markup` <span class="scope">${scope}</span>`}<span
                class="holds"
                >${holds}</span
            >
        </th>
        <td>
            ${who(layer, view?.key)}${gap === undefined ? undefined : markup`<span class="bad">${gap}</span>`}
        </td>
        <td class="reach">
            ${contactLink(layer.contact)}${escalation === undefined ? undefined : markup`<span class="escalation">then ${contactLink(escalation)}</span>`}
        </td>
        <td class="number">${held(layer, report)}</td>
    </tr>`;
}

function who(layer: ReportLayer, key: string | undefined): Markup {
    const { role, roleTitle, partyName } = layer;
    if (role === null && partyName === null) return markup`<strong class="bad">Nobody</strong>`;
    const title = roleTitle ?? "No role, directly";
    return markup`${roleSwatch(role)}<a class="role" href="#${key ?? "matrix"}">${title}</a
        ><span class="party">${partyName ?? "nobody fills it"}</span>`;
}

function held(layer: ReportLayer, report: Report): Markup {
    if (layer.duty) return markup`<span class="duty">duty</span>`;
    return markup`${own(layer, report)}${besides(layer, report)}`;
}

function own(layer: ReportLayer, report: Report): Markup {
    if (layer.resources === 0) return markup`<span class="none">0</span>`;
    const label = `${count(layer.resources, "resource")} of ${layer.title}`;
    return markup`<a href="#${layerAnchor(report, layer)}" aria-label="${label}"
        >${layer.resources}</a
    >`;
}

function besides(layer: ReportLayer, report: Report): Markup | undefined {
    if (layer.carried === undefined) return undefined;
    const label = `${count(layer.carried, "resource")} of other layers, carried by ${layer.title}`;
    return markup`<a
        class="carried"
        href="#${carriedAnchor(report, layer)}"
        aria-label="${label}"
        >+ ${layer.carried} carried</a
    >`;
}
