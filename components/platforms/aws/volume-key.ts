import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import { attachesDisks, keyPolicy } from "./key-policy";
import type { Place } from "./place";

export interface VolumeKeyArgs {
    readonly place: Place;
    readonly description: string;
    /** The role of the EBS driver. */
    readonly driverRole: iam.Role;
    readonly tags: Readonly<Record<string, string>>;
}

export interface VolumeKey {
    readonly key: kms.Key;
    /** The driver's leave to use the key: without it no disk is attached. */
    readonly grant: iam.RolePolicy;
}

/**
 * The key of one data layer of one hub. Of its own, because whoever answers for the data answers for its key,
 * and because a hub that leaves can take its data out of everybody's reach.
 *
 * Protected, and even when released it stays in the account: a last snapshot, the backups and the disks of
 * deleted claims outlive the cluster, and without their key they are noise.
 */
export function volumeKey(
    name: string,
    { place, description, driverRole, tags }: VolumeKeyArgs,
    parent: pulumi.Resource,
): VolumeKey {
    const key = new kms.Key(
        `${name}-key`,
        {
            description,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            policy: keyPolicy(place),
            tags,
        },
        { parent, protect: true, retainOnDelete: true },
    );
    const grant = new iam.RolePolicy(
        `${name}-driver`,
        { role: driverRole.name, policy: key.arn.apply(attachesDisks) },
        { parent },
    );
    return { key, grant };
}
