import type { Inventory } from "./inventory";
import type { Resource } from "./resource";

export type Level = "mandatory" | "advisory";

/** One thing that a rule objects to. */
export interface Finding {
    readonly urn: string;
    /** The layer, `layer@hub` for one hub's share; null where the resource stands in none. */
    readonly layer: string | null;
    /** The role that owns it or should; null where none does. */
    readonly role: string | null;
    readonly message: string;
    readonly fix: string;
    /** Where it differs from the rule's own. */
    readonly level?: Level;
}

/** What a rule may know besides the resource. */
export interface Context {
    readonly inventory: Inventory;
    readonly now: Date;
    /** Contacts in reserved domains pass with a warning in a rehearsal and in an audit. */
    readonly reservedContacts: "allowed" | "refused";
    /** The names of all rules. */
    readonly rules: readonly string[];
}

interface AnyRule {
    readonly id: string;
    readonly name: string;
    /** Why the rule exists. */
    readonly why: string;
    /** What to do about a finding, in general. */
    readonly fix: string;
    readonly level: Level;
}

/** Judges each resource before it is created; one that throws counts as a violation. */
export interface ResourceRule extends AnyRule {
    /** Whether resources of a type concern the rule; asked once a type. */
    readonly appliesTo: (type: string) => boolean;
    readonly check: (resource: Resource, context: Context) => Finding[];
}

/** Judges all resources together, at the end; one that throws counts as a violation. */
export interface StackRule extends AnyRule {
    /** @param judged URNs that a rule about the owner has already objected to, or was exempted from. */
    readonly checkStack: (context: Context, judged: ReadonlySet<string>) => Finding[];
}

export type Rule = ResourceRule | StackRule;

/** A finding with the rule it came from. */
export interface Violation extends Finding {
    readonly rule: string;
    readonly level: Level;
}
