import type { Problem } from "../../components/model/problem";
import { ownerOf, rowName } from "../../components/model/matrix";
import { isOnVms } from "../../components/model/spec";
import type { Outcome } from "../../rehearsal/outcome";
import type { StackFile } from "./stack-file";

type Errors = Outcome["errors"];

/** In the URN of whatever a layer has on a host. */
const layerOnHost = /\$steward:vms:\w+\$/;

/** What the engine and the SDK say besides, of what depends on a step that failed. */
const consequence = /^update failed$|resource \S+ \[command:remote:Command\] failed to register/;

/** Lines of a message that are kept: what takes long has said much before it failed, and the reason is at the end. */
const most = 12;

function endOf(message: string): string {
    const lines = message.split("\n");
    const left = lines.length - most;
    return left <= 1
        ? message
        : [`(${String(left)} lines before)`, ...lines.slice(left)].join("\n");
}

/** What failed on a host, with the host, the layer and whoever answers for that; and everything else. */
export function wordHostErrors(
    errors: Errors,
    { spec, matrix }: Pick<StackFile, "spec" | "matrix">,
): { readonly told: Problem[]; readonly others: Errors } {
    if (spec === undefined || matrix === undefined || !isOnVms(spec)) {
        return { told: [], others: errors };
    }
    const hosts = Object.keys(spec.platform.vms.hosts);
    const placeOf = (urn: string) => {
        const name = urn.slice(urn.lastIndexOf("::") + 2);
        return hosts.flatMap((host) =>
            matrix.rows
                .filter(({ layer, scope }) => {
                    const share = scope === undefined ? layer : `${layer}-${scope}`;
                    return name.startsWith(`${share}-${host}-`);
                })
                .map((row) => ({ host, row })),
        )[0];
    };
    const told: Problem[] = [];
    const consequences = errors.some(({ urn }) => layerOnHost.test(urn));
    const others = errors.filter(({ urn, message }) => {
        if (consequences && consequence.test(message)) return false;
        const place = layerOnHost.test(urn) ? placeOf(urn) : undefined;
        const owner =
            place === undefined ? undefined : ownerOf(matrix, place.row.layer, place.row.scope);
        if (place === undefined || owner === undefined) return true;
        const { name = owner.party } = matrix.parties[owner.party] ?? {};
        const who = `${name}, ${owner.contact}, who answers for ${rowName(place.row)} as ${owner.role}`;
        const fix = `correct it, or turn to ${who}; then run this again`;
        told.push({ path: `${place.host}: ${rowName(place.row)}`, message: endOf(message), fix });
        return false;
    });
    return {
        told: [...new Map(told.map((each) => [JSON.stringify(each), each])).values()],
        others,
    };
}
