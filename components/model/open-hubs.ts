import type { Gap } from "./gaps";
import type { Matrix } from "./matrix";
import { rowName } from "./matrix";

/**
 * A hub whose authenticator takes everybody for whoever they say they are: fit for a rehearsal, and otherwise a
 * way for anybody to run anything at the community's expense.
 *
 * @see https://jupyterhub.readthedocs.io/en/5.5.0/reference/authenticators.html the "dummy" authenticator
 */
export function openHubGaps(matrix: Matrix): Gap[] {
    return (matrix.openHubs ?? []).map((hub): Gap => {
        const place = { layer: "access-policy", scope: hub };
        const row = matrix.rows.find((each) => rowName(each) === rowName(place));
        const at = matrix.hubs.indexOf(hub);
        return {
            kind: "open-hub",
            ...place,
            role: row?.role ?? null,
            party: row?.party ?? null,
            path: `steward:jupyterhub.hubs[${String(at)}].authenticator.class`,
            message: `the dummy authenticator of the hub ${hub} lets anybody in`,
            fix: "take generic-oauth, github or cilogon; dummy is for `rehearse`",
        };
    });
}
