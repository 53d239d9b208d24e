import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./key-policy";
import { keyPolicy } from "./key-policy";
import type { Place } from "./place";

export interface DataKeyArgs {
    readonly place: Place;
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
    /** Who may use it besides those whom the account's own policies let. */
    readonly further?: readonly Statement[];
}

/**
 * The key of one data layer of one hub. Of its own, because whoever answers for the data answers for its key,
 * and because a hub that leaves can take its data out of everybody's reach.
 *
 * Protected, and even when released it stays in the account: a last snapshot, the backups and the disks of
 * deleted claims outlive the cluster, and without their key they are noise.
 */
export function dataKey(
    name: string,
    { place, description, tags, further = [] }: DataKeyArgs,
    parent: pulumi.Resource,
): kms.Key {
    return new kms.Key(
        `${name}-key`,
        {
            description,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            policy: keyPolicy(place, ...further),
            tags,
        },
        { parent, protect: true, retainOnDelete: true },
    );
}
