// A chain of runs, each with faults of its own, each going on from what the one before left behind.
import { run, urnsOf } from "./stage.mjs";

export const subjectOf = ({ type, name }) => `${type} ${name}`;

const same = (left, right) =>
    left.length === right.length && left.every((each, at) => each === right[at]);

/** What the engine says once something failed, whatever it was. */
const aftermath = [
    /^(update|destroy|preview|refresh) failed$/,
    /grpc: the client connection is closing|resource monitor shut down/,
    /resource registration failed|has a problem: .*(Cancel|cancel)/,
];

function isOwn(message, wanted) {
    return message.includes(
        `rehearsed fault: ${wanted.operation} of ${subjectOf(wanted)} was made`,
    );
}

const isSame = (left, right) =>
    left.operation === right.operation && subjectOf(left) === subjectOf(right);

/**
 * What came of a run with faults.
 *
 * @returns which of the faults were met, and why the run is not what it should be.
 */
function judge({ outcome, operations, problems }, wanted) {
    const messages = outcome.errors.map(({ message }) => message);
    const found = [...problems];
    const met = wanted.filter((each) => messages.some((message) => isOwn(message, each)));
    if (outcome.succeeded) found.push("succeeded in spite of the faults");
    if (met.length === 0) found.push(`failed without naming a fault: ${messages.join(" | ")}`);
    for (const message of messages) {
        const known =
            met.some((each) => isOwn(message, each)) ||
            aftermath.some((each) => each.test(message));
        if (!known) found.push(`also failed: ${message}`);
    }
    for (const each of wanted) {
        if (operations.some((done) => isSame(done, each))) {
            found.push(`${each.operation} of ${subjectOf(each)} was done in spite of the fault`);
        }
    }
    return { met, found };
}

/** Long enough for the engine to begin whatever it can begin beside it. */
const afterMs = 300;

const faultOf =
    (together) =>
    ({ operation, type, name }) => ({
        operation,
        type,
        name,
        ...(together > 1 ? { afterMs } : {}),
    });

/** The next operations whose turn it is, one of each class. */
function nextOf(plan, { left, done, classOf, together }) {
    const open = plan.filter(
        (each) => left.has(classOf(each)) && !done.has(`${each.operation} ${subjectOf(each)}`),
    );
    const firsts = new Map(open.toReversed().map((each) => [classOf(each), each]));
    return open.filter((each) => firsts.get(classOf(each)) === each).slice(0, together);
}

/**
 * Fails one operation after another, in the order in which a run without faults would do them. With `together`,
 * a run meets as many of the next ones as the engine has begun before the first of them fails.
 *
 * @param plan `operations` in that order; `classOf` tells which of them are alike: one of each class fails.
 * @param begin Brings the folder to where every operation is still to be done; told the number of the pass.
 * @param verb `up` or `destroy`.
 * @param finish Holds the result of the fault-free run at the end of a pass against what it should be.
 * @param together How many operations are made to fail in one run; those that were not met have their turn again.
 * @returns how many faults were met, and the classes whose turn never came.
 */
export async function chain({
    label,
    folder,
    plan,
    classOf,
    together,
    begin,
    verb,
    finish,
    report,
}) {
    const left = new Map(plan.map((each) => [classOf(each), each]));
    let faults = 0;
    for (let pass = 1; left.size > 0; pass += 1) {
        const round = await begin(pass);
        const done = new Set();
        const before = left.size;
        for (;;) {
            const wanted = nextOf(plan, { left, done, classOf, together });
            if (wanted.length === 0) break;
            const began = Date.now();
            const result = await run(folder, verb, round, wanted.map(faultOf(together)));
            for (const each of result.operations) done.add(`${each.operation} ${subjectOf(each)}`);
            const { met, found } = judge(result, wanted);
            // One that should have been met and was not has had its turn, or the chain would never end.
            const had = met.length > 0 ? met : wanted.slice(0, 1);
            for (const each of had) left.delete(classOf(each));
            faults += met.length;
            const named = had.map((each) => `${each.operation} of ${subjectOf(each)}`);
            report(`${label}: ${named.join(", ")}`, found, began);
        }
        const began = Date.now();
        const result = await run(folder, verb, round);
        const problems = [
            ...result.problems,
            ...result.outcome.errors.map(({ message }) => message),
        ];
        report(
            `${label}: converged after ${before - left.size} faults`,
            [...problems, ...(await finish(result, round))],
            began,
        );
        if (left.size === before) break; // their turn never comes
    }
    return { faults, missed: [...left.keys()] };
}

/** The URNs of a stack in another round than the first: who is alerted is part of a subscription's name. */
export const inRound = (urns, round) =>
    urns.map((urn) => urn.replace(/-1@example\.org$/, `-${round}@example.org`)).sort();

/** The difference between the URNs of a state and those of a run without faults. */
export function urnProblems(deployment, wanted) {
    const urns = urnsOf(deployment);
    if (same(urns, wanted)) return [];
    const has = new Set(urns);
    const should = new Set(wanted);
    return [
        ...wanted.filter((urn) => !has.has(urn)).map((urn) => `lost: ${urn}`),
        ...urns.filter((urn) => !should.has(urn)).map((urn) => `not of this stack: ${urn}`),
        ...(has.size === urns.length ? [] : ["some URN stands twice in the state"]),
    ];
}

/** Whether a preview finds anything left to do. */
export async function previewProblems(folder, round) {
    const { outcome } = await run(folder, "preview", round);
    const changes = Object.entries(outcome.changes).filter(([kind, n]) => kind !== "same" && n > 0);
    return [
        ...outcome.errors.map(({ message }) => `preview: ${message}`),
        ...changes.map(([kind, n]) => `preview: ${n} to ${kind}`),
    ];
}
