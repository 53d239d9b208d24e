import * as iam from "@pulumi/aws/iam";
import type * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { DataKeyArgs } from "./data-key";
import { dataKey } from "./data-key";
import { attachesDisks } from "./key-policy";

export interface VolumeKeyArgs extends DataKeyArgs {
    /** The role of the EBS driver. */
    readonly driverRole: iam.Role;
}

export interface VolumeKey {
    readonly key: kms.Key;
    /** The driver's leave to use the key: without it no disk is attached. */
    readonly grant: iam.RolePolicy;
}

/** The key of one data layer of one hub whose data lies on disks. */
export function volumeKey(
    name: string,
    { driverRole, ...args }: VolumeKeyArgs,
    parent: pulumi.Resource,
): VolumeKey {
    const key = dataKey(name, args, parent);
    const grant = new iam.RolePolicy(
        `${name}-driver`,
        { role: driverRole.name, policy: key.arn.apply(attachesDisks) },
        { parent },
    );
    return { key, grant };
}
