import { createInterface } from "node:readline/promises";
import { EngineMissing } from "../../rehearsal/engine/engine";
import type { StateResource } from "../../policies/report/state";
import { readState, StateProblem } from "../../policies/report/state";
import type { Problem } from "../../components/model/problem";
import { wordProblem } from "../../components/model/problem";
import { signIn } from "./azure/sign-in";
import { lookInAws } from "./destroy/aws";
import { lookInAzure } from "./destroy/azure/look";
import type { DrainOptions } from "./destroy/drain";
import type { Found } from "./destroy/found";
import type { Spawned } from "./destroy/spawned";
import type { Patience } from "./destroy/until";
import { wordFound } from "./destroy/words";
import { inTheWay, keptProblems, wordKept } from "./kept";
import { guardedIn, release } from "./protected";
import { protection, restore } from "./protection";
import { Pulumi } from "./pulumi";

export interface DestroyOptions {
    readonly release?: readonly string[];
    /** Removes what the engine never made before it deletes the rest. */
    readonly drain?: boolean;
    readonly yes?: boolean;
    readonly json?: boolean;
}

/** What a run came to: the JSON of the command. */
export interface Destroyed {
    readonly stack: string;
    readonly result: "succeeded" | "failed" | "invalid";
    /** What was found that the engine never made. */
    readonly spawned: readonly Found[];
    /** Ids of what was removed of it. */
    readonly drained: readonly string[];
    readonly errors: readonly Problem[];
}

/** What a test replaces: the CLI, and how long to wait. */
export interface Tools {
    readonly pulumi: () => Promise<Pick<Pulumi, "read" | "foreground">>;
    readonly patience: Patience;
    /** To Azure, as the doctor does. */
    readonly signIn: typeof signIn;
    /** Asks whoever runs it; undefined where nobody is there. */
    readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

const tools: Tools = {
    pulumi: () => Pulumi.find(),
    patience: { every: 10_000, times: 90 }, // a quarter of an hour
    signIn,
    confirm: process.stdin.isTTY ? ask : undefined,
};

const say = (text: string) => void process.stderr.write(`${text}\n`);

/**
 * Deletes a cluster from the real cloud, but never its protected data: that is named, and stays until its layer
 * is released by name, `layer` or `layer@hub`. What the engine never made is listed by owner first, and removed
 * first with `drain`.
 *
 * @returns 0 deleted; 1 it failed, or protected data stands in the way; 2 no such stack or layer.
 */
export async function destroy(
    stack: string,
    options: DestroyOptions,
    using: Tools = tools,
): Promise<number> {
    const done = await run(stack, options, using);
    if (options.json === true) process.stdout.write(`${JSON.stringify(done, undefined, 2)}\n`);
    if (done.result === "succeeded") return 0;
    return done.result === "invalid" ? 2 : 1;
}

async function run(stack: string, options: DestroyOptions, using: Tools): Promise<Destroyed> {
    const nothing: Destroyed = { stack, result: "invalid", spawned: [], drained: [], errors: [] };
    const unasked = nobodyToAsk(options, using);
    if (unasked.length > 0) return refuse(nothing, unasked);
    try {
        const pulumi = await using.pulumi();
        const state = JSON.parse(
            await pulumi.read(["stack", "export", "--stack", stack]),
        ) as object;
        const guarded = guardedIn(state, stack);
        const resources = readState(state);
        const seen = await listFound(stack, resources, options, using);
        const places = options.release ?? [];
        const released = release(guarded, places, dataOf(seen));
        if ("problems" in released && released.code === 2)
            return refuse(nothing, released.problems);
        const found = { ...nothing, result: "failed", spawned: seen?.found ?? [] } as const;
        const kept = inTheWay(guarded, places);
        if (kept.length > 0) {
            say(`${wordKept(stack, kept)}\nnothing was deleted`);
            return { ...found, errors: keptProblems(kept) };
        }
        const held = (await seen?.inTheWay(places)) ?? [];
        if (held.length > 0) return refuse(found, held);
        const drained = await drainFound(seen, options, using);
        if ("errors" in drained) return { ...found, ...drained };
        const urns = guarded.map(({ urn }) => urn);
        await protection("unprotect", urns, pulumi, stack);
        const args = ["destroy", "--stack", stack, ...(options.yes === true ? ["--yes"] : [])];
        const code = await pulumi.foreground(args, options.json === true);
        if (code !== 0) await restore(urns, pulumi, stack);
        const later = code === 0 ? await drained.finish() : [];
        const ids = drained.ids();
        if (code !== 0) return { ...found, drained: ids };
        if (later.length > 0) return refuse({ ...found, drained: ids }, later);
        return { ...found, result: "succeeded", drained: ids };
    } catch (error) {
        if (error instanceof StateProblem) return refuse(nothing, [error.problem]);
        const failed = { ...nothing, result: "failed" } as const;
        const path = stack;
        if (error instanceof EngineMissing) {
            say(error.message);
            return { ...failed, errors: [{ path, message: error.message, fix: "install Pulumi" }] };
        }
        const { stderr } = error as { stderr?: string };
        if (stderr === undefined) throw error;
        say(stderr.trim()); // the CLI's own words, such as an unknown stack
        const fix = "correct what it names, then run this again";
        return { ...failed, errors: [{ path, message: stderr.trim(), fix }] };
    }
}

/** What would wait for an answer that nobody gives. */
function nobodyToAsk({ json, yes, drain: drains }: DestroyOptions, using: Tools): Problem[] {
    if (yes === true) return [];
    const fix = "add --yes";
    if (json === true) return [{ path: "--json", message: "asks nobody", fix }];
    if (drains !== true || using.confirm !== undefined) return [];
    return [{ path: "--drain", message: "asks first, and nobody is there to answer", fix }];
}

/** Lists by owner what stands that the engine never made; what cannot be asked is said, and stops nothing. */
async function listFound(
    stack: string,
    resources: readonly StateResource[],
    options: DestroyOptions,
    using: Tools,
): Promise<Spawned | undefined> {
    const seen =
        (await lookInAws(resources, process.env)) ??
        (await lookInAzure(resources, process.env, using.signIn));
    if (seen === undefined) return undefined;
    const keeps = (each: Found) =>
        seen.isKept(each, options.release ?? []) ? (seen.placeOf(each) ?? null) : undefined;
    if (seen.found.length > 0 || seen.problems.length === 0) {
        say(wordFound(stack, seen.found, keeps));
    }
    for (const each of seen.problems) say(wordProblem(each));
    if (seen.unseen !== "") say(seen.unseen);
    return seen;
}

/** The places of data that was found, such as the disks of a hub that is in the stack no more. */
function dataOf(seen: Spawned | undefined): { readonly place: string }[] {
    if (seen === undefined) return [];
    return seen.found
        .filter((each) => seen.isKept(each, []))
        .flatMap((each) => {
            const place = seen.placeOf(each);
            return place === undefined ? [] : [{ place }];
        });
}

interface Draining {
    readonly ids: () => string[];
    /** Removes what the cluster itself held, once it is gone. */
    readonly finish: () => Promise<readonly Problem[]>;
}

async function drainFound(
    seen: Spawned | undefined,
    options: DestroyOptions,
    using: Tools,
): Promise<Draining | Pick<Destroyed, "drained" | "errors">> {
    if (options.drain !== true || seen === undefined) {
        return { ids: () => [], finish: () => Promise.resolve([]) };
    }
    if (seen.problems.length > 0) {
        say("--drain: not everything could be asked, so nothing was drained or deleted");
        return { drained: [], errors: seen.problems };
    }
    const agreed =
        options.yes === true ||
        ((await using.confirm?.("Remove what is listed, as far as it may be? (yes/no) ")) ?? false);
    if (!agreed) {
        say("nothing was drained or deleted");
        const message = "was declined; nothing was drained or deleted";
        return { drained: [], errors: [{ path: "--drain", message, fix: "answer yes" }] };
    }
    const how: DrainOptions = { ...using.patience, release: options.release ?? [], say };
    const drained = await seen.drain(how);
    const removed = [...drained.removed];
    const ids = () => removed.map(({ id }) => id);
    if (drained.problems.length > 0) {
        for (const each of drained.problems) say(wordProblem(each));
        say("--drain: not everything went, so nothing else was deleted");
        return { drained: ids(), errors: drained.problems };
    }
    const finish = async () => {
        const last = await seen.removeLater(drained.later, how);
        removed.push(...last.removed);
        return last.problems;
    };
    return { ids, finish };
}

function refuse(done: Destroyed, errors: readonly Problem[]): Destroyed {
    for (const each of errors) say(wordProblem(each));
    return { ...done, errors };
}

async function ask(question: string): Promise<boolean> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(question);
    terminal.close();
    return answer.trim().toLowerCase() === "yes";
}
