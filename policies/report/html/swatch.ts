import { isRole } from "../../../components/model/roles";
import type { Markup } from "./markup";
import { markup } from "./markup";

/** The colour of a role. It only helps the eye: the role stands beside it in words. */
export function roleSwatch(role: string | null): Markup {
    const name = role !== null && isRole(role) ? role : "direct";
    return markup`<svg class="swatch" width="12" height="12" aria-hidden="true">
        <rect class="r-${name}" width="12" height="12" rx="3" />
    </svg>`;
}
