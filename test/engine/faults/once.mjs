// One run of the engine on a rehearsal's folder, in a process of its own; its last line is the outcome.
//
//   node once.mjs <state folder> up|preview|destroy <round> [<faults as JSON>]
import { geolabFile } from "../geolab.mjs";
import { from, stack } from "./room.mjs";

const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { openRehearsal } = from("rehearsal/rehearsal");

const [stateDir, verb, round, faults] = process.argv.slice(2);

/** The default stack's config; every party is reached elsewhere in each round, so every owner tag changes. */
function config() {
    const kept = geolabFile();
    const parties = Object.entries(kept["steward:parties"]).map(([id, party]) => [
        id,
        { ...party, contact: `${id}-${round}@example.org` },
    ]);
    return { ...kept, "steward:parties": Object.fromEntries(parties) };
}

/** What came of it; a rehearsal that could not even be opened has failed like one that could not be finished. */
async function outcomeOf() {
    let rehearsal;
    try {
        rehearsal = await openRehearsal({
            stack,
            stateDir,
            engine: await findEngine({ progress: silentProgress }),
            config,
            program: async () =>
                from("stacks/program").program({ now: new Date(), reservedContacts: "allowed" }),
            progress: silentProgress,
            faults: faults === undefined ? undefined : JSON.parse(faults),
        });
        return await rehearsal[verb]();
    } catch (error) {
        return { succeeded: false, changes: {}, errors: [{ urn: "", message: String(error) }] };
    } finally {
        rehearsal?.close();
    }
}

process.stdout.write(`\n${JSON.stringify(await outcomeOf())}\n`);
