import { parseArgs } from "node:util";

const stages = ["create", "update", "delete", "kills"];

export const usage = `node test/engine/faults/faults.mjs [--all] [--together N] [--sample] [--only STAGE] [--kills N] [--seed N]

Lets operations of the default stack fail in turn, and kills the engine: every time the next run has to converge.
Prints a line for each run, and ends with a count; exits 1 when a case failed.

  --all           every operation fails once, not one of each type of resource
  --together N    up to so many of them fail in one run (default: 1)
  --sample        only those most likely to go wrong
  --only STAGE    one of: ${stages.join(", ")}
  --kills N       how often the engine is killed as well, at random moments (default: 0)
  --seed N        brings back the moments of an earlier run, which printed it (default: another each time)
`;

function wholeNumber(name, text, least) {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new Error(`--${name}: takes a whole number from ${least} on`);
}

/** @throws Error that says which option is wrong. */
export function readOptions(args) {
    const { values } = parseArgs({
        args,
        options: {
            all: { type: "boolean", default: false },
            together: { type: "string", default: "1" },
            sample: { type: "boolean", default: false },
            kills: { type: "string", default: "0" },
            only: { type: "string" },
            seed: { type: "string", default: String(Date.now() % 100_000) },
            help: { type: "boolean", default: false },
        },
    });
    const { only } = values;
    if (only !== undefined && !stages.includes(only)) {
        throw new Error(`--only: ${only} is none of ${stages.join(", ")}`);
    }
    const kills = wholeNumber("kills", values.kills, 0);
    if (only === "kills" && kills === 0)
        throw new Error("--only kills: say how often with --kills");
    return {
        ...values,
        kills,
        together: wholeNumber("together", values.together, 1),
        seed: wholeNumber("seed", values.seed, 0),
    };
}

/** What the arguments ask for; ends the process where they only ask for help, or for something that there is not. */
export function optionsOrUsage(args) {
    try {
        const options = readOptions(args);
        if (!options.help) return options;
        process.stdout.write(usage);
        process.exit(0);
    } catch (error) {
        process.stderr.write(`${error.message}\n`);
        process.exit(2);
    }
}
