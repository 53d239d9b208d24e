import type * as pulumi from "@pulumi/pulumi";

/** Something that somebody is told by a rule of EventBridge. */
export interface DueNotice {
    readonly noun: string;
    /** The layer it is about; whoever answers for that layer gets it. */
    readonly layer: string;
    readonly description: string;
    /** What happens in the account, or a day with what is said on it. */
    readonly when:
        | { readonly pattern: EventPattern }
        | { readonly schedule: string; readonly message: string };
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
type EventPattern = pulumi.Input<Readonly<Record<string, unknown>>>;
