// What stands in the account and in the state of a rehearsal, read from their files and held against each other.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { from } from "./room.mjs";

const { Seal } = from("rehearsal/provider/seal");
const { decode, same } = from("rehearsal/provider/values");

/** Marks a secret in the engine's state. */
const sealMark = "4dabf18193072939515e22adb298388d";

const keyOf = ({ type, urn, id }) => `${type} ${id === "none" ? urn : id}`;

/** Every whole line of the account's journal, in the order of writing. */
function journalOf(folder) {
    const file = join(folder, "account");
    if (!existsSync(file)) return [];
    const seal = new Seal(readFileSync(join(folder, "passphrase"), "utf8"));
    const lines = readFileSync(file, "utf8").split("\n");
    return lines
        .map((line) => seal.open(line))
        .filter(Boolean)
        .map((text) => JSON.parse(text));
}

/** The account's objects, and the operations that made it what it is: those after the first `skipped` objects. */
export function readAccount(folder, skipped = 0) {
    const objects = new Map();
    const operations = [];
    let puts = 0;
    for (const { put, drop } of journalOf(folder)) {
        const key = put === undefined ? drop && `${drop.type} ${drop.id}` : keyOf(put);
        if (key === undefined) continue;
        const known = objects.get(key);
        if (put === undefined) objects.delete(key);
        else objects.set(key, put);
        puts += 1;
        const subject = put ?? known;
        if (puts <= skipped || subject === undefined) continue;
        const kind = put === undefined ? "delete" : known === undefined ? "create" : "update";
        const { type, urn } = subject;
        operations.push({ operation: kind, type, urn, name: urn.split("::").slice(3).join("::") });
    }
    return { objects: [...objects.values()], operations };
}

/** Whether the engine's value is the account's, secrets aside. */
function agrees(ours, theirs) {
    if (typeof ours === "object" && ours !== null) {
        if (sealMark in ours) return true;
        if (typeof theirs !== "object" || theirs === null) return false;
        const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
        return [...keys].every((key) => agrees(ours[key], theirs[key]));
    }
    return ours === theirs || same(ours ?? null, theirs ?? null);
}

const isKept = ({ custom, type, external }) =>
    custom === true && external !== true && !type.startsWith("pulumi:");

const retained = new Set();

/** Remembers what a state leaves in the account on purpose when it is deleted. */
export function noteRetained(deployment = {}) {
    const kept = (deployment.resources ?? []).filter(
        ({ retainOnDelete }) => retainOnDelete === true,
    );
    for (const each of kept) retained.add(keyOf(each));
}

/** What the state and the account disagree about; nothing when a killed or failed run left them in step. */
export function disagreements(folder, deployment = {}) {
    const { objects } = readAccount(folder);
    const resources = (deployment.resources ?? []).filter(isKept);
    const problems = [];
    const seen = new Map();
    for (const resource of resources) {
        if (resource.delete === true) continue;
        if (seen.has(resource.urn)) problems.push(`twice in the state: ${resource.urn}`);
        seen.set(resource.urn, resource);
    }
    const inState = new Map(resources.map((each) => [keyOf(each), each]));
    const inAccount = new Map(objects.map((each) => [keyOf(each), each]));
    for (const [key, { urn, pendingReplacement }] of inState) {
        // Deleted to be made anew, which the next run does: the state says so.
        if (inAccount.has(key) !== (pendingReplacement === true)) continue;
        problems.push(
            pendingReplacement === true
                ? `said to be deleted, and still in the account: ${urn}`
                : `lost from the account: ${urn}`,
        );
    }
    const urns = new Set();
    for (const [key, object] of inAccount) {
        if (!object.urn.startsWith("urn:pulumi:")) continue; // a last snapshot, which is no resource
        const known = inState.get(key);
        if (known === undefined && retained.has(key)) continue;
        if (known?.urn !== object.urn) problems.push(`orphaned in the account: ${object.urn}`);
        else if (!agrees(known.inputs ?? {}, object.inputs)) {
            problems.push(`of other contents in the account: ${object.urn}`);
        }
        if (known?.delete === true) continue;
        if (urns.has(object.urn)) problems.push(`doubled in the account: ${object.urn}`);
        urns.add(object.urn);
    }
    const pending = deployment.pending_operations ?? [];
    for (const { type, resource } of pending) problems.push(`still ${type}: ${resource.urn}`);
    return problems;
}
