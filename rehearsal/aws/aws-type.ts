import type { Cloud, CloudObject } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import type { Problem } from "./grammar";

/** A name that the provider makes up where the program gives none. */
export interface Autoname {
    readonly property: string;
    /** Characters that AWS takes at most. */
    readonly maxLength: number;
    /** Property with a prefix, after which the provider makes the rest up itself. */
    readonly prefixProperty?: string;
    readonly lowerCase?: true;
    /** What AWS demands in front, such as alias/. */
    readonly before?: string;
    /** What AWS demands at the end, such as .fifo. */
    readonly after?: (inputs: Props) => string;
}

/** An argument that names something else, which must be there. */
export interface Reference {
    /** Dotted path, through lists. */
    readonly path: string;
    readonly to: readonly string[];
    /** What of the other one is named: `id`, or paths of its outputs. `id` where it is left out. */
    readonly by?: readonly string[];
    /** AWS refuses to delete the other one while this stands. */
    readonly holds?: true;
    /** Values that name nothing of this account's own, such as policies that AWS manages. */
    readonly foreign?: (value: string) => boolean;
    /** Service that must be able to assume the role that is named. */
    readonly assumedBy?: string;
    /** AWS's own word for what is missing. */
    readonly code: string;
}

/** What no two objects of a type may share. */
export interface Unique {
    /** Paths of outputs; the first is a text. */
    readonly by: readonly string[];
    readonly code: string;
    readonly within: "region" | "account";
}

/** An argument that is a JSON document, given as text or as an object. */
export interface Document {
    readonly path: string;
    /** Identity policies name no principal, resource policies and trust policies must. */
    readonly kind: "identity" | "resource" | "trust" | "json";
    /** Characters that AWS takes at most, spaces aside. */
    readonly maxLength?: number;
}

/** A request as AWS sees it: everything is known. */
export interface Admission {
    readonly type: string;
    readonly inputs: Props;
    readonly region: string;
    readonly cloud: Cloud;
    /** What is changed; undefined for something new. */
    readonly old?: CloudObject;
}

/** What outputs are made from. In a preview ids are empty and values may be unknown. */
export interface Making {
    readonly id: string;
    readonly inputs: Props;
    readonly region: string;
    readonly cloud: Cloud;
    readonly old?: CloudObject;
}

/** How AWS and its Pulumi provider treat one type. */
export interface AwsType {
    readonly autoname?: Autoname;
    /** For types that no published model describes: what must be given. */
    readonly required?: readonly string[];
    /** For types that no published model describes: what replaces on change. */
    readonly immutable?: readonly string[];
    /** Set where the provider deletes first, since the new one would be the old one. */
    readonly deleteBeforeReplace?: true;
    readonly references?: readonly Reference[];
    readonly unique?: readonly Unique[];
    readonly documents?: readonly Document[];
    /** Outputs that the provider fills in where nothing is given. */
    readonly defaults?: Props;
    /** Problems that show in the inputs alone. Unknown values have none. */
    inputProblems?(inputs: Props, region: string): Iterable<Problem>;
    /** Throws a Refusal for what depends on other objects. */
    admit?(admission: Admission): void;
    id(making: Omit<Making, "id">): string;
    /** Outputs that are made once and stay. */
    made?(making: Making): Props;
    /** Outputs that follow from the inputs, each time. */
    computed?(making: Making): Props;
    /** Throws a Refusal for what is protected. */
    release?(object: CloudObject, cloud: Cloud): void;
    /** What the account keeps of it, such as its last snapshot. It is no resource, so its URN is its ARN. */
    leaves?(object: CloudObject): readonly CloudObject[];
    /** Set where the provider creates by setting what its parent has anyway: the second time changes it. */
    readonly setting?: true;
    /** AWS's word for "still used by something else". */
    readonly inUse?: string;
    readonly secrets?: readonly string[];
}

/** A refusal in AWS's manner: its code, then what and what to do. */
export function refuse(code: string, text: string): never {
    throw new Refusal(`${code}: ${text}`);
}

/** `aws:ec2/vpc:Vpc` in words. */
export function shortName(type: string): string {
    const [, service = "", name = ""] = type.split(":");
    return `${service.split("/")[0] ?? ""} ${name}`;
}
