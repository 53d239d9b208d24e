import type { Cloud, CloudObject } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import type { NameRule } from "./names";

/** What is wrong with one argument; `property` is its path, such as sku.name or securityRules[0].priority. */
export interface Problem {
    readonly property: string;
    readonly reason: string;
}

/** A request as Azure sees it: everything is known. */
export interface Admission {
    readonly type: string;
    /** The id that the resource has or will have. */
    readonly id: string;
    readonly inputs: Props;
    readonly cloud: Cloud;
    /** What is changed; undefined for something new. */
    readonly old?: CloudObject;
}

/** What outputs are made from. In a preview the id is empty and values may be unknown. */
export interface Making {
    readonly id: string;
    readonly inputs: Props;
    readonly cloud: Cloud;
    readonly old?: CloudObject;
    readonly tenantId: string;
}

/** How many tags, and how many characters in the name and the value of one. */
export interface TagLimits {
    readonly count: number;
    readonly key: number;
    readonly value: number;
}

/** How Azure and its Pulumi provider treat one type. What the SDK says of it is in `grammar.generated.json`. */
export interface AzureType {
    /**
     * Path of the id in Azure's resource manager, with an argument of the SDK in each pair of braces; the last
     * one is the name. `{scope}` stands for the id of something else, without the slash in front.
     */
    readonly path: string;
    /** What the service takes for a name; left out where the path ends in something fixed. */
    readonly name?: NameRule;
    /** No two of the same type may have one name: in all of Azure, or in the subscription. */
    readonly unique?: "global" | "subscription";
    /** Arguments beside the path and `location` whose change the provider answers with a replacement; dotted paths. */
    readonly immutable?: readonly string[];
    /** Arguments whose change Azure refuses and the provider does not replace for; dotted paths. */
    readonly fixed?: readonly string[];
    /** For what the SDK leaves optional and the service demands. */
    readonly required?: readonly string[];
    /** Whether it exists as global only, or there as well; in a region where nothing is said. */
    readonly location?: "global" | "any";
    /** Lists of parts that have an id below this one, such as frontendIPConfigurations; dotted paths. */
    readonly parts?: readonly string[];
    /** Types that keep it from being deleted while they hold its id, or the id of a part of it. */
    readonly heldBy?: readonly string[];
    /** Azure's word for that. */
    readonly inUse?: string;
    /** Properties that go in and are never told, such as passwords; dotted paths. */
    readonly writeOnly?: readonly string[];
    /** Outputs that the service fills in where nothing is given. */
    readonly defaults?: Props;
    /** Limits of tags that are narrower than those of the resource manager. */
    readonly tagLimits?: TagLimits;
    /** Problems that show in the inputs alone. Unknown values have none. */
    inputProblems?(inputs: Props): Iterable<Problem>;
    /** Throws a Refusal for what depends on other objects. */
    admit?(admission: Admission): void;
    /** Outputs that are made once and stay. */
    made?(making: Making): Props;
    /** Outputs that follow from the inputs, each time. */
    computed?(making: Making): Props;
    /** Throws a Refusal for what is protected. */
    release?(object: CloudObject, cloud: Cloud): void;
    /** What the account keeps of it, such as a vault that is only marked as deleted. It is no resource: its URN is its id. */
    leaves?(object: CloudObject): readonly CloudObject[];
    /** Takes one writer at a time: two at once for the same of these are refused. */
    exclusive?(inputs: Props): string;
    /** May lie in what somebody else made, in a group of theirs, such as a record in a zone that stands. */
    readonly amongOthers?: true;
    /** Whether the service has one of this id by itself, which nobody creates: what lies in it needs no other. */
    implicit?(id: string): boolean;
    /** Set where the service has it anyway, and the provider only sets it. */
    readonly setting?: true;
}

/** A refusal in Azure's manner: its code, then what and what to do. */
export function refuse(code: string, text: string): never {
    throw new Refusal(`${code}: ${text}`);
}

/** `azure-native:network:VirtualNetwork` in words. */
export function shortName(type: string): string {
    const [, module = "", kind = ""] = type.split(":");
    return `${module} ${kind}`;
}
