import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId";

/**
 * The name of the last snapshot, which is taken when a database is deleted and stays in the account.
 *
 * No two snapshots share a name: under a name of the database alone, one that was removed, added again and removed
 * a second time could not be deleted. What is random goes with the database, so the next one of its identifier has
 * another. A new name changes nothing in AWS: it is read when the database is deleted, out of the state.
 *
 * @param identifier The database's; at most 63 characters.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
 */
export function finalSnapshotName(
    name: string,
    identifier: string,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const { hex } = new RandomId(
        `${name}-final-snapshot`,
        { byteLength: 4, keepers: { identifier } },
        { parent },
    );
    return pulumi.interpolate`${identifier}-final-${hex}`;
}
