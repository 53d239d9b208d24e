import { existsSync } from "node:fs";
import { keyOf, Ledger } from "./provider/ledger";
import { Seal } from "./provider/seal";
import type { StateFolder } from "./state-folder";
import { StateFolderProblem } from "./state-folder";

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/**
 * Whether an earlier run was killed and left a lock or an unfinished operation.
 *
 * @throws StateFolderProblem while another process is still at work on the same state.
 */
export function needsRecovery(folder: StateFolder): boolean {
    const holders = folder.lockHolders();
    const alive = holders.find(isAlive);
    if (alive !== undefined) {
        throw new StateFolderProblem(
            `${folder.root}: is in use by process ${String(alive)}; wait for it, or stop it`,
        );
    }
    const pending = folder.deployment()?.pending_operations ?? [];
    return holders.length > 0 || pending.length > 0;
}

/**
 * Takes what the state does not know out of the stand-in account: objects that were made in the moment the
 * engine was killed. In a real account they would have to be found and deleted by hand; here they are known.
 *
 * @returns how many there were.
 */
export function sweepAccount(folder: StateFolder): number {
    if (!existsSync(folder.accountFile)) return 0;
    const known = new Set(
        (folder.deployment()?.resources ?? []).map(({ urn, type, id = "" }) =>
            [type, keyOf(urn, id)].join(" "),
        ),
    );
    const ledger = new Ledger(folder.accountFile, new Seal(folder.passphrase()));
    const orphans = ledger
        .all()
        .filter(({ urn, type, id }) => !known.has([type, keyOf(urn, id)].join(" ")));
    for (const { urn, type, id } of orphans) ledger.drop(type, keyOf(urn, id));
    return orphans.length;
}
