import type { CarrierEntries } from "./carriers/entries";
import type { Exemption } from "./exemption";
import type { PlatformName, Workload } from "./roles";

/** The person or firm that fills a role. */
export interface Party {
    readonly name: string;
    /** E-mail address or https URL. */
    readonly contact: string;
    /** Where to turn when the contact stays silent: e-mail address or https URL. */
    readonly escalation?: string | undefined;
    /** Last day of the engagement, `YYYY-MM-DD`, UTC; the day itself still counts. */
    readonly until?: string | undefined;
}

/** Who answers for one layer, or for one hub's share of it. */
export interface Row {
    readonly layer: string;
    /** The hub, for a layer that each hub has for itself. */
    readonly scope?: string;
    /** Null: vacated, or no document names one and a party answers directly. */
    readonly role: string | null;
    /** The slug of the party; null where nobody fills the role. */
    readonly party: string | null;
    /** Set by the stack file rather than by the book. */
    readonly vacated?: true;
    /** Set where the hub's own section of the stack file says so, over what the cluster's says. */
    readonly saidBy?: "hub";
}

/** The whole responsibility matrix of one cluster: plain strings, readable by program, policy and report alike. */
export interface Matrix {
    readonly cluster: string;
    readonly workload: Workload;
    readonly platform: PlatformName;
    readonly environment: string;
    /** The hubs of a JupyterHub cluster; empty for CommCare. */
    readonly hubs: readonly string[];
    readonly parties: Readonly<Record<string, Party>>;
    readonly rows: readonly Row[];
    /** Written exceptions from the rules; what lifts nothing is named by `exemptionProblems`. */
    readonly exemptions: readonly Exemption[];
    /** How types of packages that Steward does not know carry their owner. */
    readonly carriers: CarrierEntries;
    /** Where the certificate authority writes, an e-mail address; none where no certificate is asked for. */
    readonly certificateContact?: string | undefined;
    /** Hubs that let anybody in, which only a rehearsal may; left out where there are none. */
    readonly openHubs?: readonly string[] | undefined;
}

/** Who owns a resource, as written on it. */
export interface Owner {
    readonly cluster: string;
    readonly environment: string;
    readonly layer: string;
    readonly scope?: string;
    /** The role's slug; the party's slug where no document names a role. */
    readonly role: string;
    readonly party: string;
    readonly contact: string;
}

/** `layer`, or `layer@scope` for one hub's share. */
export function rowName({ layer, scope }: Pick<Row, "layer" | "scope">): string {
    return scope === undefined ? layer : `${layer}@${scope}`;
}

/** Whether something of a layer, or of one hub's share of it, is about this share: a layer's is every hub's. */
export function concerns(
    about: Pick<Row, "layer" | "scope">,
    { layer, scope }: Pick<Row, "layer" | "scope">,
): boolean {
    return about.layer === layer && (about.scope === undefined || about.scope === scope);
}

/** The owner that the matrix names for a layer, or undefined when nobody answers for it. */
export function ownerOf(matrix: Matrix, layer: string, scope?: string): Owner | undefined {
    const row = matrix.rows.find((each) => each.layer === layer && each.scope === scope);
    const party = row?.party == null ? undefined : matrix.parties[row.party];
    if (row?.party == null || party === undefined) return undefined;
    return {
        cluster: matrix.cluster,
        environment: matrix.environment,
        layer,
        ...(scope === undefined ? {} : { scope }),
        role: row.role ?? row.party,
        party: row.party,
        contact: party.contact,
    };
}
