import type { CommcareSpec } from "../spec/commcare";
import { assumptions, loadOf, quantities } from "./demand";

/** GiB that the shared directory has for files in transfer: exports, restores, uploads. */
const inTransfer = 200;

/**
 * How large the shared directory has to be: room for what is in transfer, and where attachments lie in it as well,
 * because the cloud has no store that speaks S3, for what forms bring in the months that disks have to last.
 *
 * @param attachments Whether they lie in it.
 * @returns GiB, in tens; the least of Azure Files is 100.
 */
export function sharedGiB(spec: CommcareSpec, attachments: boolean): number {
    const { formsPerDay, months } = loadOf({ ...spec, users: spec.users ?? 0 });
    const bytes = formsPerDay * (365 / 12) * months * quantities.blob.value;
    const blobs = !attachments ? 0 : bytes / 1024 ** 3 / (assumptions.diskFull.value / 100);
    return Math.ceil((inTransfer + blobs) / 10) * 10;
}
