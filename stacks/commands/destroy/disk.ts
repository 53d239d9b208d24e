import type { Tag } from "@aws-sdk/client-ec2";
import { nameOf } from "../doctor/aws-error";
import type { Ec2 } from "./ec2";
import type { Patience } from "./until";
import { until } from "./until";

type Waiting = Patience & { readonly say: (text: string) => void };

/**
 * Deletes a disk that nobody uses. Of data a last snapshot is taken first, with the disk's own tags, and waited for:
 * it stays when the disk is gone.
 *
 * @returns `later` for a disk in use.
 * @throws what the SDK's client throws, and an error of the name `SnapshotPending` for a copy that takes too long.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html
 */
export async function removeDisk(
    VolumeId: string,
    { copy }: { readonly copy: boolean },
    ec2: Ec2,
    options: Waiting,
): Promise<"removed" | "later"> {
    const { sdk, client } = ec2;
    const volume = await client
        .send(new sdk.DescribeVolumesCommand({ VolumeIds: [VolumeId] }))
        .then(
            ({ Volumes = [] }) => Volumes[0],
            (error: unknown) => {
                if (nameOf(error) === "InvalidVolume.NotFound") return undefined;
                throw error;
            },
        );
    if (volume === undefined) return "removed"; // with its claim
    if ((volume.Attachments ?? []).length > 0) return "later";
    if (copy) await takeLastCopy(VolumeId, volume.Tags ?? [], ec2, options);
    await client.send(new sdk.DeleteVolumeCommand({ VolumeId }));
    return "removed";
}

async function takeLastCopy(
    VolumeId: string,
    tags: readonly Tag[],
    { sdk, client }: Ec2,
    { say, ...options }: Waiting,
): Promise<void> {
    say(`copying ${VolumeId} a last time`);
    const Tags = tags.filter(({ Key = "" }) => !Key.startsWith("aws:"));
    const { SnapshotId = "" } = await client.send(
        new sdk.CreateSnapshotCommand({
            VolumeId,
            Description: `The last of ${VolumeId}`,
            ...(Tags.length === 0
                ? {}
                : { TagSpecifications: [{ ResourceType: "snapshot", Tags }] }),
        }),
    );
    const done = await until(async () => {
        const { Snapshots = [] } = await client.send(
            new sdk.DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId] }),
        );
        return Snapshots[0]?.State === "completed";
    }, options);
    if (!done) throw Object.assign(new Error(SnapshotId), { name: "SnapshotPending" });
}
