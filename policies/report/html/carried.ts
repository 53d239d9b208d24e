import { placeCarried } from "../below";
import { kindOf } from "../kind";
import type { Report, ReportResource } from "../report";
import type { RoleView } from "../roles";
import { carriedCount, ownLayerWords, placeWords, whoOf } from "../words";
import { carriedAnchor } from "./anchors";
import type { Markup } from "./markup";
import { markup } from "./markup";

/** What the layers of a role carry besides: machines of other layers, under each layer that they name. */
export function carriedTable(view: RoleView, report: Report): Markup | undefined {
    if (view.carried.length === 0) return undefined;
    const placed = [...placeCarried(view.carried, view.layers)];
    return markup`<details${report.only === undefined ? undefined : markup` open`}>
<summary>${carriedCount(view)}</summary>
<table class="resources">
<caption class="hidden">What layers of ${view.title}, ${whoOf(view)}, carry besides</caption>
<thead><tr><th scope="col">Resource</th><th scope="col">What it is</th><th scope="col">Identifier</th><th scope="col">Counted under</th></tr></thead>${placed.map(
        ([layer, here]) => markup`
<tbody id="${carriedAnchor(report, layer)}">
<tr class="group"><th scope="rowgroup" colspan="4">${placeWords(layer)} <span class="none">carries ${here.length}</span></th></tr>${here.map((each) => row(each, report))}
</tbody>`,
    )}
</table>
</details>`;
}

function row(resource: ReportResource, report: Report): Markup {
    const { name, type, id, protect } = resource;
    return markup` <tr data-row="carried">
        <th scope="row">
            ${name}${protect ? markup` <span class="scope">protected</span>` : undefined}
        </th>
        <td title="${type}">${kindOf(type)}</td>
        <td class="id">${id ?? ""}</td>
        <td class="own">${ownLayerWords(resource, report)}</td>
    </tr>`;
}
