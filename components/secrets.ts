import type * as pulumi from "@pulumi/pulumi";

/** Secrets of the stack file, by hub: `{ prod: { oauthClientSecret: "…" } }`. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, pulumi.Output<string>>>>>;
