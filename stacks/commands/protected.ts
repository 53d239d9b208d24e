import type { Problem } from "../../components/model/problem";
import { rowName } from "../../components/model/matrix";
import type { Outcome } from "../../rehearsal/outcome";
import type { Plain } from "../../policies/plain";
import { kindOf } from "../../policies/report/kind";
import { buildReport } from "../../policies/report/report";
import { readState } from "../../policies/report/state";
import { clusterType } from "../../components/model/tokens";

/** Something in a state that the engine does not delete until it is released. */
export interface Guarded {
    readonly name: string;
    readonly type: string;
    readonly urn: string;
    readonly id?: string;
    /** `layer`, or `layer@hub` for one hub's share: what `--release` takes. */
    readonly place: string;
    readonly hub?: string;
    /** Who answers for it; null where nobody does. */
    readonly role: string | null;
    readonly party: string | null;
    /** What the stack file calls it where that is not the hub alone: a database of CommCare's. */
    readonly called?: string;
    /** Its provider refuses to delete it as well. */
    readonly ownProtection: boolean;
}

/**
 * The protected resources of an exported state.
 *
 * @throws StateProblem when it is no state.
 */
export function guardedIn(json: unknown, stack: string): Guarded[] {
    const resources = readState(json);
    if (!resources.some(({ type }) => type === clusterType)) return [];
    const report = buildReport(resources, { stack, now: new Date(), reservedContacts: "allowed" });
    const all = report.roles.flatMap(({ role, party, resources: its }) =>
        its.map((each) => ({ ...each, role, party })),
    );
    const nobodys = report.uncovered.map((each) => ({ ...each, role: null }));
    const found = new Map([...nobodys, ...all].map((each) => [each.urn, each]));
    const byUrn = new Map(resources.map((each) => [each.urn, each]));
    return [...found.values()]
        .filter(({ protect }) => protect)
        .map(({ name, type, urn, id, layer, scope, role, party }) => {
            const called = databaseName(byUrn.get(urn)?.inputs ?? {}, report.cluster);
            return {
                name,
                type,
                urn,
                ...(id === undefined ? {} : { id }),
                place: rowName({ layer: layer ?? "-", ...(scope === undefined ? {} : { scope }) }),
                ...(scope === undefined ? {} : { hub: scope }),
                role,
                party,
                ...(scope === undefined && called !== undefined ? { called } : {}),
                ownProtection: byUrn.get(urn)?.inputs["deletionProtection"] === true,
            };
        });
}

/** A database of CommCare's stands in AWS as `<cluster>-<name>`. */
function databaseName({ identifier }: Plain, cluster: string): string | undefined {
    const before = `${cluster}-`;
    return typeof identifier === "string" && identifier.startsWith(before)
        ? identifier.slice(before.length)
        : undefined;
}

/** `home-storage` takes every hub's, `home-storage@staging` one's. */
export const takes = (release: string, { place }: Pick<Guarded, "place">): boolean =>
    place === release || place.startsWith(`${release}@`);

/** What a release lets go of, or why it does not. */
export type Release =
    | { readonly urns: readonly string[] }
    | { readonly code: 1 | 2; readonly problems: readonly Problem[] };

/**
 * Finds what `--release` names; a name without protected data is a mistake and releases nothing.
 *
 * @param more Data that is in no state and that may be named too, by its place.
 */
export function release(
    guarded: readonly Guarded[],
    places: readonly string[],
    more: readonly Pick<Guarded, "place">[] = [],
): Release {
    const all = [...guarded, ...more];
    const unknown = places.filter((place) => !all.some((each) => takes(place, each)));
    if (unknown.length > 0) {
        const known = [...new Set(all.map(({ place }) => place))].sort().join(", ");
        const message = "holds no protected data";
        const fix = `take one of: ${known === "" ? "none, nothing is protected" : known}`;
        const problems = unknown.map((place) => ({ path: `--release ${place}`, message, fix }));
        return { code: 2, problems };
    }
    const released = guarded.filter((each) => places.some((place) => takes(place, each)));
    const held = released.filter(({ ownProtection }) => ownProtection);
    if (held.length > 0) return { code: 1, problems: held.map(wordOwnProtection) };
    return { urns: released.map(({ urn }) => urn) };
}

export const shown = ({ type, name, id }: Guarded): string =>
    `${kindOf(type)} ${name}${id === undefined ? "" : ` (${id})`}`;

/** How the cloud lets go of what it protects itself. */
export function wayOut({ hub, called }: Guarded): string {
    if (called !== undefined) {
        const line = `plan: { postgresql: { ${called}: { deletionProtection: false } } }`;
        return `write \`${line}\` under steward:commcare in the stack file and run up`;
    }
    const inIt = hub === undefined ? "" : `, with the hub ${hub} in it,`;
    return `write \`deletionProtection: false\` for it in the stack file${inIt} and run up`;
}

function wordOwnProtection(each: Guarded): Problem {
    const message = `${shown(each)} refuses to be deleted in the cloud too; nothing was deleted`;
    return { path: each.place, message, fix: `${wayOut(each)}; then release it` };
}

/** Whether the engine stopped at something protected. */
export const isProtectedError = ({ message }: Outcome["errors"][number]): boolean =>
    /cannot be deleted\s+because it is protected/.test(message);

/**
 * What the engine says of protected resources, in words of the stack file: every protected resource of a hub that
 * it has no more, and whatever else the engine stopped at, each with the line that releases it.
 *
 * @param hubs The hubs of the stack file.
 * @returns the other errors as they are; undefined where none is of a protected resource.
 */
export function explainProtected(
    { errors }: Pick<Outcome, "errors">,
    guarded: readonly Guarded[],
    { stack, hubs }: { readonly stack: string; readonly hubs: readonly string[] },
): { readonly problems: readonly Problem[]; readonly others: Outcome["errors"] } | undefined {
    const stopped = errors.filter(isProtectedError);
    if (stopped.length === 0) return undefined;
    const gone = ({ hub }: Guarded) => hub !== undefined && !hubs.includes(hub);
    const named = (each: Guarded) =>
        stopped.some(({ message }) => message.includes(`"${each.urn}"`));
    const problems = guarded
        .filter((each) => gone(each) || named(each))
        .map((each): Problem => {
            const why = gone(each) ? `has no hub ${each.hub ?? ""}` : "does not ask for it";
            const line = `npm run steward -- up ${stack} --release ${each.place}`;
            const back = gone(each) ? `put the hub ${each.hub ?? ""} back` : "put it back";
            const way = each.ownProtection ? `${wordOwnProtection(each).fix}: ${line}` : line;
            return {
                path: each.place,
                message: `${shown(each)} is protected data, and the stack file ${why} any more; nothing was deleted`,
                fix: `${back}, or give it up: ${way}`,
            };
        });
    const others = errors.filter(
        (each) => !isProtectedError(each) && !/^(preview|update) failed$/.test(each.message),
    );
    return { problems, others };
}
