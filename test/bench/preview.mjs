// One preview, or one up, in a process of its own, timed from the call to its end: the engine's start, the pack's
// start and the loading of the program are in it; stand-ins and stack stand before. Prints JSON.
//
//   node preview.mjs '{"verb":"preview","side":"ours","program":"stack","folder":"…","pack":true}'
import { createRequire } from "node:module";
import { join } from "node:path";
import { packs, root } from "./paths.mjs";
import { bareStack, bareTopics, defaultConfig, ourStack, ownedTopics } from "./programs.mjs";

const require = createRequire(import.meta.url);
const from = (path) => require(join(root, "dist", path));
const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { openRehearsal } = from("rehearsal/rehearsal");

const { verb, side, program, folder, pack, size, record } = JSON.parse(process.argv[2]);
const programs = {
    ours: { stack: () => ourStack(), topics: () => ownedTopics(size) },
    bare: { stack: () => bareStack(record), topics: () => bareTopics(size) },
};
const rehearsal = await openRehearsal({
    stack: "bench",
    stateDir: folder,
    engine: await findEngine({ progress: silentProgress }),
    config: (earlier) => (Object.keys(earlier).length > 0 ? earlier : defaultConfig()),
    program: programs[side][program],
    env: { STEWARD_COVERAGE: "1" },
    ...(pack ? { policyPack: packs[side] } : {}),
    progress: silentProgress,
});
const began = performance.now();
const outcome = await rehearsal[verb]();
const ms = performance.now() - began;
rehearsal.close();
const { succeeded, changes, errors, findings } = outcome;
const blocking = findings.filter(({ level }) => level === "mandatory");
process.stdout.write(`\n${JSON.stringify({ ms, succeeded, changes, errors, blocking })}\n`);
process.exit(0);
