// Lets operations of the default stack fail in turn, and kills the engine: every time the next run converges.
// `--help` lists the options.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../../scripts/build.mjs";
import { optionsOrUsage } from "./options.mjs";

const options = optionsOrUsage(process.argv.slice(2));

await build(); // before anything of dist/ is loaded
const { chain, inRound, previewProblems, subjectOf, urnProblems } = await import("./chain.mjs");
const { killOften } = await import("./kills.mjs");
const { run, urnsOf } = await import("./stage.mjs");

/** Where ids are all alike, names are fixed, things are replaced, or others hang on them. */
const sampled = {
    create: [
        "random:index/randomPassword:RandomPassword",
        "aws:eks/cluster:Cluster",
        "aws:ec2/launchTemplate:LaunchTemplate",
        "kubernetes:core/v1:Secret",
    ],
    update: [
        "update aws:ec2/launchTemplate:LaunchTemplate",
        "create kubernetes:storage.k8s.io/v1:StorageClass",
        "update kubernetes:apps/v1:Deployment",
    ],
    delete: [
        "kubernetes:core/v1:Namespace",
        "aws:eks/nodeGroup:NodeGroup",
        "random:index/randomPassword:RandomPassword",
    ],
};

const work = mkdtempSync(join(tmpdir(), "steward-faults-"));
const reference = join(work, "reference");
const folder = join(work, "stack");
const counts = { faults: 0, kills: 0, failed: 0 };

function report(what, problems, began) {
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    counts.failed += problems.length === 0 ? 0 : 1;
    process.stdout.write(`${problems.length === 0 ? "ok" : "FAILED"} ${what} (${seconds} s)\n`);
    for (const problem of problems) process.stdout.write(`    ${problem}\n`);
}

const restore = () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(reference, folder, { recursive: true });
};

const kindOf = (label) => (each) =>
    label === "update" ? `${each.operation} ${each.type}` : each.type;

async function failInTurn(label, planned, rest) {
    if (options.only !== undefined && options.only !== label) return;
    const operations = await planned();
    const kind = kindOf(label);
    const plan = options.sample
        ? operations.filter((each) => sampled[label].includes(kind(each)))
        : operations;
    const classOf = options.all ? (each) => `${each.operation} ${subjectOf(each)}` : kind;
    const { together } = options;
    const { faults, missed } = await chain({
        label,
        folder,
        plan,
        classOf,
        together,
        report,
        ...rest,
    });
    counts.faults += faults;
    if (missed.length > 0) report(`${label}: never met`, missed, Date.now());
}

/** The operations of a run without faults on a copy of the reference. */
async function rehearsed(verb, round) {
    restore();
    const began = Date.now();
    const { outcome, operations, problems } = await run(folder, verb, round);
    report(
        `${verb} without faults`,
        [...problems, ...outcome.errors.map(({ message }) => message)],
        began,
    );
    return operations;
}

// A rehearsal takes an interrupt for its own and ends in order; here it is meant for all that are to come as well.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const began = Date.now();
const first = await run(reference, "up", 1);
const wanted = urnsOf(first.deployment);
const lasting = Date.now() - began;
report(
    `up without faults: ${wanted.length} resources of ${new Set(first.operations.map(({ type }) => type)).size} types`,
    [...first.problems, ...first.outcome.errors.map(({ message }) => message)],
    began,
);

/** What a whole stack should be after a run; the sample leaves out the preview that shows it once more. */
const whole = async ({ deployment }, round) => [
    ...urnProblems(deployment, inRound(wanted, round)),
    ...(options.sample ? [] : await previewProblems(folder, round)),
];

await failInTurn("create", () => first.operations, {
    verb: "up",
    begin: () => {
        rmSync(folder, { recursive: true, force: true });
        return 1;
    },
    finish: whole,
});

/** What the sample expects to be done, without a run that shows it: as in the creation, or the other way round. */
const expected = (label, order) =>
    order.flatMap(({ type, ...each }) =>
        sampled[label]
            .map((kind) => kind.split(" "))
            .filter((words) => words.at(-1) === type)
            .map(([operation, second]) => ({
                ...each,
                type,
                operation: second === undefined ? label : operation,
            })),
    );

async function allUpdates() {
    const updates = await rehearsed("up", 2);
    const touched = new Set(updates.map(({ type }) => type));
    const types = [...new Set(first.operations.map(({ type }) => type))];
    const never = types.filter((type) => !touched.has(type));
    process.stdout.write(
        `never updated, of ${types.length} types: ${never.length} (${never.join(", ")})\n`,
    );
    return updates;
}

await failInTurn(
    "update",
    () => (options.sample ? expected("update", first.operations) : allUpdates()),
    {
        verb: "up",
        begin: () => {
            restore();
            return 2;
        },
        finish: whole,
    },
);

await failInTurn(
    "delete",
    () =>
        options.sample
            ? expected("delete", first.operations.toReversed())
            : rehearsed("destroy", 1),
    {
        verb: "destroy",
        begin: () => {
            restore();
            return 1;
        },
        finish: ({ deployment }) => urnProblems(deployment, []),
    },
);

if (options.kills > 0) {
    process.stdout.write(`seed ${options.seed}\n`);
    counts.kills = await killOften({
        folder,
        times: options.kills,
        seed: options.seed,
        lasting,
        wanted,
        hasty: options.sample,
        report,
    });
}

rmSync(work, { recursive: true });
const verdict = counts.failed === 0 ? "all converged" : `${counts.failed} cases failed`;
process.stdout.write(`${counts.faults} faults, ${counts.kills} kills: ${verdict}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
