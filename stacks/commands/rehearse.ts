import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { neededSecrets } from "../../components/model/secrets";
import type * as builders from "../../components/build-cluster";
import type { StackSpec } from "../../components/model/spec";
import { EngineMissing, findEngine } from "../../rehearsal/engine/engine";
import { progressOn } from "../../rehearsal/progress";
import type { Outcome } from "../../rehearsal/outcome";
import { isUnchanged } from "../../rehearsal/outcome";
import { projectRoot } from "../../rehearsal/project-root";
import type { Rehearsal } from "../../rehearsal/rehearsal";
import type * as rehearsals from "../../rehearsal/rehearsal";
import { StateFolderProblem } from "../../rehearsal/state-folder";
import type * as programs from "../program";
import { announce, unseen, warnings } from "./announce";
import { goesOn } from "./goes-on";
import type * as hostErrors from "./host-errors";
import type * as protection from "./protected";
import type * as obstacles from "./kept";
import { refusedResult, wordRefusal } from "./refuse";
import type * as results from "./rehearsed";
import type { Result } from "./result";
import { exitCodeOf, noChanges, noCoverage } from "./result";
import type { StackFile } from "./stack-file";
import { readStackFile } from "./stack-file";
import { defaultStateDir } from "./state-source";
import { wordFailure, wordSummary } from "./summary";

export interface RehearseOptions {
    readonly stackFile?: string;
    readonly stateDir?: string;
    readonly destroy?: boolean;
    /** `layer` or `layer@hub` whose protected data may be deleted. */
    readonly release?: readonly string[];
    readonly json?: boolean;
}

/**
 * Rehearses a stack: gate, preview with the policy pack, up, ownership summary, review page.
 *
 * @returns the exit code of DESIGN's interface: 0 done, 1 failed, 2 wrong input, 3 blocked.
 */
export async function rehearse(stack: string, options: RehearseOptions): Promise<number> {
    const file = readStackFile(stack, {
        file: options.stackFile,
        reservedContacts: "allowed",
        now: new Date(),
    });
    const refused = file.problems.length > 0 || file.gaps.length > 0;
    const result = refused ? refusedResult(file) : await rehearseFile(file, options);
    const code = exitCodeOf(result);
    if (refused) process.stderr.write(wordRefusal(file));
    else if (code !== 0) process.stderr.write(wordFailure(result));
    if (options.json === true) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    else if (code === 0) process.stdout.write(wordSummary(result));
    return code;
}

async function rehearseFile(file: StackFile, options: RehearseOptions): Promise<Result> {
    const stateDir = resolve(options.stateDir ?? defaultStateDir(file.stack));
    try {
        const rehearsal = await open(file, stateDir);
        try {
            return await run(rehearsal, file, options);
        } finally {
            rehearsal.close();
        }
    } catch (error) {
        if (error instanceof EngineMissing || error instanceof StateFolderProblem) {
            return failure(file, error.message);
        }
        throw error;
    }
}

async function open(file: StackFile, stateDir: string): Promise<Rehearsal> {
    const progress = progressOn();
    // Loaded here, so that a refused stack file does not pay for the engine's SDK.
    const { openRehearsal } = require("../../rehearsal/rehearsal") as typeof rehearsals;
    const engine = await findEngine({ progress });
    const touched = onHosts() ? "commands truly run on its hosts" : "no account touched";
    progress.step(`Rehearsing ${file.stack} on Pulumi ${engine.version}, ${touched}`);
    return openRehearsal({
        stack: file.stack,
        stateDir,
        engine,
        config: (earlier) => rehearsedConfig(file, earlier),
        program: () =>
            (require("../program") as typeof programs).program({
                now: new Date(),
                reservedContacts: "allowed",
            }),
        prepare: () => {
            if (file.spec !== undefined) loadProgram(file.spec);
        },
        env: { STEWARD_COVERAGE: "1" },
        policyPack: join(projectRoot(), "policies"),
        // One host that is down keeps nobody from the others.
        continueOnError: file.spec !== undefined && goesOn(file.spec),
        progress,
    });
}

/** The modules of the program, its platform and its workload. */
function loadProgram(spec: StackSpec): void {
    require("../program");
    (require("../../components/build-cluster") as typeof builders).loadBuilder(spec);
}

/** Whether the stand-in of @pulumi/command runs what it is given: never unless somebody asks for it. */
const onHosts = (): boolean => process.env["STEWARD_REHEARSE_ON_HOSTS"] === "1";

/**
 * The stack file's config with stand-in secrets: a rehearsal neither needs nor can read the real ones. On real hosts
 * a key has to fit: one that stands in the stack file in clear is taken, as a laboratory's does.
 */
function rehearsedConfig(
    file: StackFile,
    earlier: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
    const kept = (earlier["steward:secrets"] ?? {}) as Record<string, Record<string, string>>;
    const secrets: Record<string, Record<string, string>> = {};
    const own = (onHosts() ? (file.config["secrets"] ?? {}) : {}) as typeof kept;
    for (const [hub, key] of neededSecrets(file.config)) {
        const value =
            own[hub]?.[key] ?? kept[hub]?.[key] ?? `rehearsed-${randomBytes(16).toString("hex")}`;
        secrets[hub] = { ...secrets[hub], [key]: value };
    }
    const config = (file.document["config"] ?? {}) as Record<string, unknown>;
    return { ...config, "steward:secrets": secrets };
}

async function run(
    rehearsal: Rehearsal,
    file: StackFile,
    options: RehearseOptions,
): Promise<Result> {
    const { progress } = rehearsal;
    // Loaded when it is asked for: most runs release nothing and stop at nothing.
    const room = () => require("./protected") as typeof protection;
    const guarded = () =>
        room().guardedIn(
            { version: 3, deployment: rehearsal.folder.deployment() ?? {} },
            file.stack,
        );
    // What is destroyed is released when it stands, and not before.
    const early = options.destroy === true ? undefined : options.release;
    const released = early === undefined ? undefined : room().release(guarded(), early);
    if (released !== undefined && "problems" in released) {
        const { problems, code } = released;
        const failed = failure(file, "");
        return { ...failed, result: code === 2 ? "invalid" : "failed", errors: problems };
    }
    const urns = released?.urns ?? [];
    if (urns.length > 0) await rehearsal.protect("unprotect", urns);
    progress.step("Preview, with the policy pack");
    const preview = await rehearsal.preview();
    let outcome: Outcome = preview;
    const announced = announce(preview.steps);
    const notes = [...warnings(preview), ...unseen(preview.steps)];
    for (const note of notes) process.stderr.write(`${note}\n`);
    if (preview.succeeded && !isUnchanged(preview)) {
        for (const each of announced) process.stderr.write(`before the update: ${each}\n`);
        progress.step("Up, with the policy pack");
        outcome = await rehearsal.up();
    }
    if (outcome.succeeded && options.destroy === true) {
        progress.step("Destroy");
        process.stderr.write(
            "before destroying: a rehearsal starts no machine, pod or disk of its own, so nothing stands that the engine never made\n",
        );
        const refused = refuseDestroy(file.stack, guarded(), options.release);
        if (refused !== undefined) {
            const { resultOf } = require("./rehearsed") as typeof results;
            return { ...resultOf(rehearsal.folder, file, outcome), announced, ...refused };
        }
        const destroyed = await rehearsal.destroy();
        if (!destroyed.succeeded) outcome = destroyed;
    }
    if (urns.length > 0 && !outcome.succeeded) await rehearsal.protect("protect", urns);
    progress.done(`Rehearsed ${file.stack}`);
    // Loaded last: the engine need not wait for what writes the review.
    const { resultOf } = require("./rehearsed") as typeof results;
    const { wordHostErrors } = require("./host-errors") as typeof hostErrors;
    const hubs = file.matrix?.hubs ?? [];
    const explained = outcome.succeeded
        ? undefined
        : room().explainProtected(outcome, guarded(), { stack: file.stack, hubs });
    const { told, others } = wordHostErrors(explained?.others ?? outcome.errors, file);
    const result = resultOf(rehearsal.folder, file, { ...outcome, errors: others });
    return {
        ...result,
        errors: [...(explained?.problems ?? []), ...told, ...result.errors],
        announced,
    };
}

/**
 * What `destroy` would stop at. A rehearsal holds no data, so where nothing is released by name it goes on without
 * what the engine protects, and says what would have to be released; what the cloud itself protects stops it too.
 */
function refuseDestroy(
    stack: string,
    guarded: readonly protection.Guarded[],
    places: readonly string[] | undefined,
): Pick<Result, "result" | "errors"> | undefined {
    const { inTheWay, keptProblems, wordKept } = require("./kept") as typeof obstacles;
    const { release } = require("./protected") as typeof protection;
    const released = release(guarded, places ?? []);
    if ("problems" in released && released.code === 2) {
        return { result: "invalid", errors: released.problems };
    }
    const kept = inTheWay(guarded, places ?? []);
    if (kept.length === 0) return undefined;
    const stops = places !== undefined || kept.some(({ ownProtection }) => ownProtection);
    const end = stops
        ? "nothing was deleted"
        : "a rehearsal holds no data, and deletes it all the same";
    process.stderr.write(`${wordKept(stack, kept)}\n${end}\n`);
    return stops ? { result: "failed", errors: keptProblems(kept) } : undefined;
}

function failure({ stack, spec }: StackFile, message: string): Result {
    const [, path = stack, what = message, fix = ""] = /^(.+?): (.+); (.+)$/s.exec(message) ?? [];
    return {
        stack,
        workload: spec?.workload.kind ?? null,
        platform: spec?.platform.kind ?? null,
        result: "failed",
        created: 0,
        changes: noChanges,
        layers: [],
        coverage: noCoverage,
        violations: [],
        errors: [{ path, message: what, fix }],
    };
}
