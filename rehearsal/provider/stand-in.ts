import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import type { Tell } from "./engine-log";
import type { Props, Value } from "./values";

/** A resource as a stand-in's cloud keeps it. */
export interface CloudObject {
    readonly type: string;
    readonly id: string;
    readonly urn: string;
    readonly inputs: Props;
    readonly outputs: Props;
    /** Which of several places of its package it stands in, such as one of two clusters; absent where there is one. */
    readonly realm?: string;
}

/** What stands in the stand-in's account right now, over all packages and all stacks of one rehearsal. */
export interface Cloud {
    find(type: string, id: string): CloudObject | undefined;
    all(type?: string): readonly CloudObject[];
    /** Objects that hold exactly this text somewhere in their outputs, tags aside; the oldest first. */
    mentioning(text: string): Iterable<CloudObject>;
    /** How many times this account was opened, from 1: what a cloud publishes moves on between runs. */
    readonly run: number;
}

export interface Failure {
    /** The property at fault, empty for the whole resource. */
    readonly property: string;
    readonly reason: string;
}

export interface ResourceRequest {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly inputs: Props;
    readonly cloud: Cloud;
    /** Settings of the provider resource, such as `region`. */
    readonly config: Props;
}

export interface Existing extends ResourceRequest {
    readonly old: CloudObject;
}

export interface Difference {
    readonly changed: readonly string[];
    /** Where inside of them, as dotted paths; where nothing is said, in all of them. */
    readonly within?: readonly string[];
    readonly replaces: readonly string[];
    readonly deleteBeforeReplace: boolean;
}

/** Thrown by a stand-in where the cloud would refuse; its message is what the user reads. */
export class Refusal extends Error {}

export interface ConstructRequest {
    readonly type: string;
    readonly name: string;
    readonly inputs: Props;
    readonly parent: string;
    readonly monitorTarget: string;
    readonly project: string;
    readonly stack: string;
    readonly providers: Readonly<Record<string, string>>;
    readonly dryRun: boolean;
    readonly config: Props;
    /** Options of the caller that the component registers itself with. */
    readonly aliases: readonly Alias[];
    readonly dependencies: readonly string[];
    readonly protect: boolean;
}

/** What a stand-in does beyond its own process, before a resource is taken for made, changed or deleted. */
export interface Outside {
    /** @returns outputs beside those of the stand-in's own `create`; throws a Refusal where it could not be done. */
    create(request: ResourceRequest, tell?: Tell): Promise<Props>;
    update(request: Existing, tell?: Tell): Promise<Props>;
    delete(request: Existing): Promise<void>;
}

/** One provider of the rehearsal. Answers as the cloud would, refuses as the cloud would, and says what it is. */
export interface StandIn {
    readonly package: string;
    /** The version of the SDK that it was written against; the engine compares it with what the program asks for. */
    readonly version: string;
    /** Fills defaults in and names what the cloud would refuse; unknown values pass. */
    check(request: ResourceRequest & { readonly old: Props | undefined }): {
        readonly inputs: Props;
        readonly failures: readonly Failure[];
    };
    diff(request: Existing): Difference;
    /** The outputs of a new resource. In a preview nothing is kept, and ids are unknown. */
    create(request: ResourceRequest & { readonly preview: boolean }): {
        readonly id: string;
        readonly outputs: Props;
    };
    update(request: Existing & { readonly preview: boolean }): { readonly outputs: Props };
    /** Refuses by throwing a Refusal; returning deletes. */
    delete(request: Existing): void;
    /** What the account keeps of something that is deleted, such as its last snapshot. */
    leaves?(request: Existing): readonly CloudObject[];
    invoke(token: string, args: Props, config: Props, cloud: Cloud): Props;
    /** The place that the provider's settings lead to, where ids are told apart by it; undefined while unknown. */
    realmOf?(config: Props): string | undefined;
    /** What only one writer at a time may write in, where the service refuses a second one meanwhile. */
    exclusive?(request: ResourceRequest): string | undefined;
    /** Output properties of a type that are secret whatever went in. */
    secretOutputs?(type: string): readonly string[];
    /** A component that the provider itself takes apart, such as a Helm chart. */
    construct?(request: ConstructRequest): Promise<{ readonly urn: string; readonly state: Props }>;
    /** Absent where everything a stand-in does is in its account, as it is of all but commands on real hosts. */
    readonly outside?: Outside;
}

/** A string property, or undefined when it is absent, unknown or something else. */
export function text(props: Props, key: string): string | undefined {
    const value: Value | undefined = props[key];
    return typeof value === "string" ? value : undefined;
}
