// One run of the engine on a rehearsal's folder, with a fault in it or without.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { disagreements, noteRetained, readAccount } from "./account.mjs";
import { from, root } from "./room.mjs";

const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { openRehearsal } = from("rehearsal/rehearsal");

export const stack = "jupyterhub-aws";

const { config } = parse(readFileSync(join(root, `stacks/Pulumi.${stack}.yaml`), "utf8"));

/** The default stack's config; every party is reached elsewhere in each round, so every owner tag changes. */
export function configOf(round) {
    const parties = Object.entries(config["steward:parties"]).map(([id, party]) => [
        id,
        { ...party, contact: `${id}-${round}@example.org` },
    ]);
    return {
        ...config,
        "steward:parties": Object.fromEntries(parties),
        "steward:secrets": { prod: { oauthClientSecret: "rehearsed" } },
    };
}

let engine;

/** Opens the rehearsal in a folder; `env` goes to the engine. */
export async function open(folder, round, { fault, env = {}, progress = silentProgress } = {}) {
    engine ??= await findEngine({ progress: silentProgress });
    return openRehearsal({
        stack,
        stateDir: folder,
        engine,
        config: () => configOf(round),
        program: async () =>
            from("stacks/program").program({ now: new Date(), reservedContacts: "allowed" }),
        progress,
        fault,
        env,
    });
}

/**
 * Runs `up`, `preview` or `destroy` and holds the account against the state afterwards.
 *
 * @returns the engine's outcome, what was done to the account, what disagrees, and the state.
 */
export async function run(folder, verb, round, options = {}) {
    const before = readAccount(folder).objects.length;
    const { outcome, deployment } = await ranWith(folder, verb, round, options);
    noteRetained(deployment);
    const { operations, objects } = readAccount(folder, before);
    const problems = disagreements(folder, deployment);
    return { outcome, operations, objects, deployment, problems };
}

/** What came of it; a rehearsal that could not even be opened has failed like one that could not be finished. */
async function ranWith(folder, verb, round, options) {
    let rehearsal;
    try {
        rehearsal = await open(folder, round, options);
        noteRetained(rehearsal.folder.deployment());
        const outcome = await rehearsal[verb]();
        return { outcome, deployment: rehearsal.folder.deployment() };
    } catch (error) {
        const errors = [{ urn: "", message: String(error) }];
        const outcome = { succeeded: false, changes: {}, errors };
        return { outcome, deployment: rehearsal?.folder.deployment() };
    } finally {
        rehearsal?.close();
    }
}

export const urnsOf = (deployment) => (deployment?.resources ?? []).map(({ urn }) => urn).sort();
