import type { Problem } from "../problem";
import type { BackupsSpec } from "../spec/aws-backups";

/**
 * What does not fit together in `steward:aws.backups`: a lock that would refuse the copies themselves. AWS takes
 * such a plan, and every job of it fails.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export function checkBackups(
    { keepDays, keep, lock, copyTo }: BackupsSpec,
    region: string,
): Problem[] {
    const path = "steward:aws.backups";
    if (copyTo?.region === region) {
        const message = `is ${region}, where the cluster itself stands`;
        const fix = "take another region: what destroys one leaves the other";
        return [{ path: `${path}.copyTo.region`, message, fix }];
    }
    if (lock === undefined) return [];
    if (lock.mode === "compliance" && lock.acknowledged === undefined) {
        return [
            {
                path: `${path}.lock.acknowledged`,
                message:
                    "is missing, and a compliance lock cannot be lifted: the vault, its copies and their cost stay",
                fix: "write cannot-be-undone, or take mode: governance",
            },
        ];
    }
    const { minDays, maxDays } = lock;
    if (minDays > maxDays) {
        return [
            {
                path: `${path}.lock.minDays`,
                message: `is above maxDays, ${String(maxDays)}`,
                fix: "write the shorter time as minDays",
            },
        ];
    }
    const kept: [string, number][] = [
        ["keepDays", keepDays],
        ...(copyTo === undefined ? [] : [["copyTo.keepDays", copyTo.keepDays] as [string, number]]),
        ...Object.entries(keep).map(([layer, days]): [string, number] => [`keep.${layer}`, days]),
    ];
    return kept
        .filter(([, days]) => days < minDays || days > maxDays)
        .map(([key, days]) => ({
            path: `${path}.${key}`,
            message: `${String(days)} days are not what the lock lets through, and every copy would fail`,
            fix: `write ${String(minDays)} to ${String(maxDays)}, or change the lock`,
        }));
}
