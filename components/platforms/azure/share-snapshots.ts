import { ask, inTurn, scheduled } from "./workflows";

/** A share whose state of each day is kept. */
export interface SnapshotShare {
    /** The id of the storage account that it is in. */
    readonly accountId: string;
    readonly share: string;
    readonly keepDays: number;
}

const version = "api-version=2024-01-01";

/**
 * A snapshot of a share each day, and an end to those that are old enough. Azure Backup does not copy shares of NFS;
 * what is kept are 200 snapshots at the most.
 *
 * @see https://learn.microsoft.com/azure/storage/files/storage-snapshots-files
 * @see https://learn.microsoft.com/rest/api/storagerp/file-shares/create `$expand=snapshots` makes one
 */
export function shareSnapshots(hourUtc: number, { accountId, share, keepDays }: SnapshotShare) {
    const shares = `${accountId}/fileServices/default/shares`;
    const taken = "item()?['properties']?['snapshotTime']";
    const old = `@and(equals(item()?['name'], '${share}'), not(empty(${taken})), less(string(${taken}), addDays(utcNow(), -${String(keepDays)})))`;
    const forget = ask("DELETE", `${shares}/${share}?${version}`, {
        headers: { "x-ms-snapshot": "@{items('forget')?['properties']?['snapshotTime']}" },
    });
    return scheduled(
        { every: "Day", hourUtc },
        inTurn([
            [
                "take",
                ask("PUT", `${shares}/${share}?${version}&$expand=snapshots`, {
                    body: { properties: {} },
                }),
            ],
            ["list", ask("GET", `${shares}?${version}&$expand=snapshots`)],
            ["old", { type: "Query", inputs: { from: "@body('list')?['value']", where: old } }],
            [
                "forget",
                { type: "Foreach", foreach: "@body('old')", actions: inTurn([["delete", forget]]) },
            ],
        ]),
    );
}
