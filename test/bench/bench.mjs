// What ownership costs: our side over the same resources declared bare, within one run. A benchmark, not a test:
// it ends with 0 whenever it could measure. `npm run bench -- --help` lists the options.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../scripts/build.mjs";
import { coldStartSides } from "./cold-start.mjs";
import { firstResourceSides } from "./first-resource.mjs";
import { compare, compareGrowth, interleave, summary } from "./measure.mjs";
import { readOptions, usage } from "./options.mjs";
import { recordStack, topicSides } from "./previews.mjs";
import { wordResult } from "./wording.mjs";

const say = (text) => process.stderr.write(`${text}\n`);
const load = () => Number(loadavg()[0].toFixed(2));

/** Name → measurement; each resolves to one line of the result. */
const benchmarks = {
    "cold-start": (rest) =>
        ratio("cold-start", "hubs, Azure ÷ AWS", 1.3, {
            sides: coldStartSides("jupyterhub"),
            ...rest,
        }),
    "cold-start-machines": (rest) =>
        ratio("cold-start-machines", "machines, Azure ÷ AWS", 1.3, {
            sides: coldStartSides("commcare"),
            ...rest,
        }),
    "first-resource": ({ engine, temporary, ...rest }) =>
        ratio("first-resource", "start to first resource", 1.2, {
            sides: firstResourceSides(engine, temporary),
            ...rest,
        }),
    preview: ({ recorded, ...rest }) =>
        ratio("preview", "preview, no pack", 1.1, { sides: recorded.sides(false), ...rest }),
    "preview-pack": ({ recorded, ...rest }) =>
        ratio("preview-pack", "preview, with pack", 1.15, { sides: recorded.sides(true), ...rest }),
    growth: (context) => growth("growth", "growth a resource, no pack", false, context),
    "growth-pack": (context) =>
        growth("growth-pack", "growth a resource, with pack", true, context),
};

async function ratio(name, what, limit, { sides, runs }) {
    const times = await interleave(sides, { runs, say: (text) => say(`${name}: ${text}`) });
    return compare(name, what, limit, summary(times.ours), summary(times.bare));
}

async function growth(name, what, pack, { temporary, sizes, runs }) {
    const sides = Object.fromEntries(
        sizes.flatMap((size) =>
            Object.entries(topicSides(temporary, size, pack)).map(([side, measure]) => [
                `${side} ${size}`,
                measure,
            ]),
        ),
    );
    const cold = [`ours ${sizes[1]}`, `bare ${sizes[1]}`];
    const times = await interleave(sides, { runs, cold, say: (text) => say(`${name}: ${text}`) });
    const [small, large] = sizes.map((size) => ({
        ours: summary(times[`ours ${size}`]),
        bare: summary(times[`bare ${size}`]),
    }));
    return compareGrowth(name, what, 1.05, sizes, small, large);
}

function warn(atStart, cores) {
    if (atStart <= cores) return undefined;
    return (
        `the load average was ${atStart} at the start, on ${cores} cores: other work was measured too; ` +
        "run it again on a quiet machine"
    );
}

async function bench({ names, runs, sizes, json }) {
    const cores = availableParallelism();
    const atStart = load();
    await build();
    const require = createRequire(import.meta.url);
    const { findEngine } = require("../../dist/rehearsal/engine/engine");
    const { progressOn } = require("../../dist/rehearsal/progress");
    const engine = await findEngine({ progress: progressOn() });
    const temporary = mkdtempSync(join(tmpdir(), "steward-bench-"));
    process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
    process.once("SIGINT", () => process.exit(130));

    const needsRecord = names.some((name) => name.startsWith("preview"));
    if (needsRecord) say("recording the default stack: one rehearsal");
    const recorded = needsRecord ? await recordStack(engine, temporary) : undefined;
    const results = [];
    for (const name of names) {
        results.push(await benchmarks[name]({ engine, temporary, recorded, runs, sizes }));
    }
    const machine = {
        node: process.versions.node,
        engine: engine.version,
        cores,
        cpu: cpus()[0]?.model ?? "unknown",
        loadAtStart: atStart,
        loadAtEnd: load(),
    };
    const { counts } = recorded ?? {};
    const result = { machine, runs, sizes, counts, warning: warn(atStart, cores), results };
    process.stdout.write(
        json ? `${JSON.stringify(result, undefined, 2)}\n` : `\n${wordResult(result)}`,
    );
    if (json && result.warning !== undefined) say(`NOT A RESULT: ${result.warning}`);
}

try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) process.stdout.write(usage);
    else await bench(options);
} catch (error) {
    say(error.message);
    process.exitCode =
        error.code?.startsWith("ERR_PARSE_ARGS") || /^--/.test(error.message) ? 2 : 1;
}
