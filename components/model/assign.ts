import type { CarrierEntries } from "./carriers/entries";
import type { Exemption } from "./exemption";
import { defaultRole, layersOf } from "./layers";
import type { Matrix, Party, Row } from "./matrix";
import type { PlatformName, Workload } from "./roles";
import { bundles, isBundle } from "./roles";

/** What a stack file says of one layer over the book's default; null vacates. */
export interface Assignment {
    readonly role?: string | null | readonly string[] | undefined;
    readonly party?: string | null | readonly string[] | undefined;
}

export type Assignments = Readonly<Record<string, Assignment>>;

/** Role (or bundle) → party; null leaves the role vacant. */
export type RoleHolders = Readonly<Record<string, string | null>>;

export interface MatrixInput {
    readonly cluster: string;
    readonly workload: Workload;
    readonly platform: PlatformName;
    readonly environment: string;
    readonly parties: Readonly<Record<string, Party>>;
    readonly roles: RoleHolders;
    readonly layers: Assignments;
    /** Written exceptions; none by default. */
    readonly exemptions?: readonly Exemption[] | undefined;
    /** Carriers of types that Steward does not know; none by default. */
    readonly carriers?: CarrierEntries | undefined;
    readonly certificateContact?: string | undefined;
    readonly openHubs?: readonly string[] | undefined;
    /** A hub's own holders and assignments win over the cluster's. */
    readonly hubs: readonly {
        readonly name: string;
        readonly roles?: RoleHolders | undefined;
        readonly layers?: Assignments | undefined;
    }[];
}

/** Spells a bundle out into the roles that it stands for; a role named beside it wins. */
function spellOut(holders: RoleHolders): RoleHolders {
    const spelled: Record<string, string | null> = {};
    for (const [slug, party] of Object.entries(holders)) {
        if (isBundle(slug)) for (const role of bundles[slug].roles) spelled[role] = party;
    }
    return { ...spelled, ...holders };
}

/** Several names for one answer become several rows, which is a gap: exactly one is accountable. */
function each(said: string | null | readonly string[]): readonly (string | null)[] {
    return typeof said === "string" || said === null ? [said] : said;
}

function assign(
    place: Pick<Row, "layer" | "scope" | "saidBy">,
    roles: readonly (string | null)[],
    said: Assignment,
    holders: RoleHolders,
): Row[] {
    const vacated = said.role === null || said.party === null;
    return roles.flatMap((role) => {
        const holder = role === null || !Object.hasOwn(holders, role) ? null : holders[role];
        return each(said.party ?? (vacated ? null : (holder ?? null))).map((party): Row => ({
            ...place,
            role,
            party,
            ...(vacated ? { vacated } : {}),
        }));
    });
}

/** Whether a hub's own word on a layer settles who answers for it; a null of the cluster's outlives it. */
function decides(own: Assignment | undefined, ofCluster: Assignment): boolean {
    if (own === undefined) return false;
    const keys = ["role", "party"] as const;
    return (
        keys.some((key) => own[key] === null) ||
        keys.every((key) => ofCluster[key] !== null || own[key] !== undefined)
    );
}

function holdsAny(holders: RoleHolders, roles: readonly (string | null)[]): boolean {
    return roles.some((role) => role !== null && Object.hasOwn(holders, role));
}

/** The responsibility matrix of a stack: the defaults of the book under what the stack file says. Never throws. */
export function assignOwners(input: MatrixInput): Matrix {
    const holders = spellOut(input.roles);
    const rows = layersOf(input.workload, input.platform).flatMap(([slug, layer]): Row[] => {
        const fallback = defaultRole(layer, input.platform);
        const ofCluster = input.layers[slug] ?? {};
        const rolesOf = ({ role }: Assignment) => each(role === undefined ? fallback : role);
        if (!layer.perHub) return assign({ layer: slug }, rolesOf(ofCluster), ofCluster, holders);
        return input.hubs.flatMap((hub) => {
            const own = hub.layers?.[slug];
            const said = { ...ofCluster, ...own };
            const roles = rolesOf(said);
            const ownHolders = spellOut(hub.roles ?? {});
            const byHub = decides(own, ofCluster) || holdsAny(ownHolders, roles);
            const place = {
                layer: slug,
                scope: hub.name,
                ...(byHub ? { saidBy: "hub" as const } : {}),
            };
            return assign(place, roles, said, { ...holders, ...ownHolders });
        });
    });
    const { cluster, workload, platform, environment, parties } = input;
    const { certificateContact, openHubs = [] } = input;
    return {
        cluster,
        workload,
        platform,
        environment,
        hubs: input.hubs.map((hub) => hub.name),
        parties,
        rows,
        exemptions: input.exemptions ?? [],
        carriers: input.carriers ?? {},
        ...(certificateContact === undefined ? {} : { certificateContact }),
        ...(openHubs.length === 0 ? {} : { openHubs }),
    };
}
