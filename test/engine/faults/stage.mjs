// One run of the engine, with faults in it or without, and what it left behind.
//
// Each in a process of its own: in one process the SDK would keep the connections of every run, and one that failed
// stays in its pool, so that a later engine that got the same port would be out of reach at once.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { disagreements, noteRetained, readAccount } from "./account.mjs";
import { from, root, stack } from "./room.mjs";

const { StateFolder } = from("rehearsal/state-folder");

/** The engine writes its state when it ends, failed or not, and not after every step: kills are kills.mjs's work. */
const savedOnce = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

export const once = fileURLToPath(new URL("once.mjs", import.meta.url));

/**
 * Runs `up`, `preview` or `destroy` and holds the account against the state afterwards.
 *
 * @returns the engine's outcome, what was done to the account, what disagrees, and the state.
 */
export async function run(folder, verb, round, faults = []) {
    const state = new StateFolder(folder, stack);
    const before = readAccount(folder).objects.length;
    noteRetained(state.deployment());
    const args = [once, folder, verb, String(round)];
    if (faults.length > 0) args.push(JSON.stringify(faults));
    const { stdout } = await promisify(execFile)(process.execPath, args, {
        cwd: root,
        env: { ...process.env, ...savedOnce },
        maxBuffer: 2 ** 26,
    });
    const outcome = JSON.parse(stdout.trimEnd().split("\n").at(-1));
    const deployment = state.deployment();
    noteRetained(deployment);
    const { operations, objects } = readAccount(folder, before);
    const problems = disagreements(folder, deployment);
    return { outcome, operations, objects, deployment, problems };
}

export const urnsOf = (deployment) => (deployment?.resources ?? []).map(({ urn }) => urn).sort();
