import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { keyOf, Ledger } from "./provider/ledger";
import { Seal } from "./provider/seal";
import type { StateDeployment, StateFolder } from "./state-folder";
import { StateFolderProblem } from "./state-folder";

/**
 * Whether an engine is at work under this number. Where Linux can be asked, neither one that is dead and that
 * nobody has buried counts (a container without an init buries none) nor a later process of the same number.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function isAtWork(pid: number): boolean {
    try {
        process.kill(pid, 0);
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
    const stat = `/proc/${String(pid)}/stat`;
    if (!existsSync(stat)) return true;
    const [, command = "", state = ""] = /\((.*)\) (\w)/s.exec(readFileSync(stat, "utf8")) ?? [];
    return command.includes("pulumi") && !["Z", "X"].includes(state);
}

/**
 * Whether an earlier run was killed and left a lock or an unfinished operation.
 *
 * @throws StateFolderProblem while another process is still at work on the same state.
 */
export function needsRecovery(folder: StateFolder): boolean {
    const holders = folder.lockHolders();
    const alive = holders.find((pid) => pid !== undefined && isAtWork(pid));
    if (alive !== undefined) {
        throw new StateFolderProblem(
            `${folder.root}: is in use by process ${String(alive)}; wait for it, or stop it`,
        );
    }
    const pending = folder.deployment()?.pending_operations ?? [];
    return holders.length > 0 || pending.length > 0;
}

type Kept = NonNullable<StateDeployment["resources"]>[number];

const labelOf = ({ urn, type, id = "" }: Pick<Kept, "urn" | "type" | "id">): string =>
    [type, keyOf(urn, id)].join(" ");

function readRetained(folder: StateFolder): string[] {
    if (!existsSync(folder.retainedFile)) return [];
    return JSON.parse(readFileSync(folder.retainedFile, "utf8")) as string[];
}

/**
 * Remembers what the engine will leave in the account on purpose when it deletes it from the state. To be called
 * before each operation: afterwards the state no longer tells.
 */
export function noteRetained(folder: StateFolder): void {
    const resources = folder.deployment()?.resources ?? [];
    const found = resources.filter(({ retainOnDelete }) => retainOnDelete === true).map(labelOf);
    const all = [...new Set([...readRetained(folder), ...found])];
    if (all.length > 0) writeFileSync(folder.retainedFile, JSON.stringify(all));
}

/**
 * Takes what the state does not know out of the stand-in account: objects that were made in the moment the
 * engine or a stand-in was killed. An engine whose stand-in went away ends in order, without a lock or a pending
 * operation, so this cannot wait for either. In a real account they would have to be found and deleted by hand;
 * here they are known. What was retained on purpose, and other stacks' objects, stay.
 *
 * @returns how many there were.
 */
export function sweepAccount(folder: StateFolder): number {
    if (!existsSync(folder.accountFile)) return 0;
    const resources = folder.deployment()?.resources ?? [];
    const known = new Set([...resources.map(labelOf), ...readRetained(folder)]);
    const ledger = new Ledger(folder.accountFile, new Seal(folder.passphrase()));
    const orphans = ledger
        .all()
        .filter((each) => folder.owns(each.urn) && !known.has(labelOf(each)));
    for (const { urn, type, id, realm } of orphans) ledger.drop(type, keyOf(urn, id), realm);
    return orphans.length;
}
