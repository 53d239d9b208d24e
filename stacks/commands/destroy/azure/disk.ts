import type { Arm } from "../../azure/arm";
import type { DrainOptions } from "../drain";
import type { Found } from "../found";
import { until } from "../until";
import type { AzureWhereabouts } from "./whereabouts";

const version = "2024-03-02";

interface Disk {
    readonly location?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly properties?: { readonly diskState?: string };
}

/** The group that last copies are kept in: the cluster's own go with everything in them. */
export const copiesGroup = ({ matrix }: AzureWhereabouts): string =>
    `${matrix.cluster}-last-copies`;

/**
 * Takes a last snapshot of a disk, with the disk's own tags, and waits for it; the disk may be in use.
 *
 * @returns false where it was not done in time.
 * @throws what the client throws.
 * @see https://learn.microsoft.com/rest/api/compute/snapshots/create-or-update
 */
export async function takeLastCopy(
    { id }: Found,
    where: AzureWhereabouts,
    arm: Arm,
    { say, ...patience }: DrainOptions,
): Promise<boolean> {
    const disk = await arm.find<Disk>(id, version);
    if (disk === undefined) return true; // with its claim
    const { location = where.region, tags = {} } = disk;
    const name = id.split("/").at(-1) ?? "";
    say(`copying ${name} a last time, into the group ${copiesGroup(where)}`);
    const group = arm.inSubscription(`/resourcegroups/${copiesGroup(where)}`);
    await arm.put(group, "2021-04-01", { location, tags });
    const snapshot = `${group}/providers/Microsoft.Compute/snapshots/${`last-of-${name}`.slice(0, 80)}`;
    await arm.put(snapshot, version, {
        location,
        tags,
        properties: {
            creationData: { createOption: "Copy", sourceResourceId: id },
            incremental: false,
        },
    });
    return until(async () => {
        const made = await arm.find<{ properties?: { provisioningState?: string } }>(
            snapshot,
            version,
        );
        return made?.properties?.provisioningState === "Succeeded";
    }, patience);
}

/**
 * Deletes a disk that nobody uses any more, and waits for that.
 *
 * @returns false where something still uses it.
 * @throws what the client throws.
 */
export async function removeDisk(
    { id }: Found,
    arm: Arm,
    patience: DrainOptions,
): Promise<boolean> {
    const isFree = async () => {
        const disk = await arm.find<Disk>(id, version);
        return disk === undefined || disk.properties?.diskState === "Unattached";
    };
    if (!(await until(isFree, patience))) return false;
    await arm.remove(id, version);
    return until(async () => (await arm.find(id, version)) === undefined, patience);
}
