// A chain of runs, each with a fault of its own, each going on from what the one before left behind.
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

/** Why a run with a fault is not what it should be. */
function faultProblems({ outcome, operations, problems }, wanted) {
    const messages = outcome.errors.map(({ message }) => message);
    const found = [...problems];
    if (outcome.succeeded) found.push("succeeded in spite of the fault");
    if (!messages.some((message) => isOwn(message, wanted))) {
        found.push(`failed without naming the fault: ${messages.join(" | ")}`);
    }
    for (const message of messages) {
        const known = isOwn(message, wanted) || aftermath.some((each) => each.test(message));
        if (!known) found.push(`also failed: ${message}`);
    }
    const done = operations.some(
        (each) => each.operation === wanted.operation && subjectOf(each) === subjectOf(wanted),
    );
    if (done) found.push("was done in spite of the fault");
    return found;
}

/**
 * Fails one operation after another, in the order in which a run without faults would do them.
 *
 * @param plan `operations` in that order; `classOf` tells which of them are alike: one of each class fails.
 * @param begin Brings the folder to where every operation is still to be done; told the number of the pass.
 * @param verb `up` or `destroy`.
 * @param finish Holds the result of the fault-free run at the end of a pass against what it should be.
 * @returns how many faults there were, and the classes whose turn never came.
 */
export async function chain({ label, folder, plan, classOf, begin, verb, finish, report }) {
    const left = new Map(plan.map((each) => [classOf(each), each]));
    let faults = 0;
    for (let pass = 1; left.size > 0; pass += 1) {
        const round = await begin(pass);
        const done = new Set();
        const before = left.size;
        for (;;) {
            const wanted = plan.find(
                (each) =>
                    left.has(classOf(each)) && !done.has(`${each.operation} ${subjectOf(each)}`),
            );
            if (wanted === undefined) break;
            const { operation, type, name } = wanted;
            const began = Date.now();
            const result = await run(folder, verb, round, { fault: { operation, type, name } });
            for (const each of result.operations) done.add(`${each.operation} ${subjectOf(each)}`);
            left.delete(classOf(wanted));
            faults += 1;
            report(
                `${label}: ${operation} of ${subjectOf(wanted)}`,
                faultProblems(result, wanted),
                began,
            );
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
