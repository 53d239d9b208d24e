import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { EngineMissing } from "../../rehearsal/engine/engine";
import { EventLog } from "../../rehearsal/outcome";
import type { Problem } from "../../components/model/problem";
import { wordProblem } from "../../components/model/problem";
import { announce, unseen } from "./announce";
import { readChanging } from "./changing";
import { goesOn } from "./goes-on";
import { wordHostErrors } from "./host-errors";
import type { Guarded } from "./protected";
import { explainProtected, guardedIn, isProtectedError, release } from "./protected";
import { protection, restore } from "./protection";
import { Pulumi } from "./pulumi";
import { refusedResult, wordRefusal } from "./refuse";
import { changesOf, errorsOf, violationsOf } from "./rehearsed";
import type { Result } from "./result";
import { exitCodeOf, noChanges } from "./result";
import type { StackFile } from "./stack-file";
import { readStackFile } from "./stack-file";

export interface DeployOptions {
    readonly json?: boolean;
    readonly yes?: boolean;
    /** `layer` or `layer@hub` whose protected data may be deleted; of `up` alone. */
    readonly release?: readonly string[];
}

/**
 * `pulumi preview` or `pulumi up` on the real cloud, always with the policy pack.
 *
 * @returns the exit code: 0 done, 1 failed, 2 wrong input, 3 blocked by an ownership rule.
 */
export async function deploy(
    verb: "preview" | "up",
    stack: string,
    options: DeployOptions,
): Promise<number> {
    const file = readStackFile(stack, { reservedContacts: "refused", now: new Date() });
    let result = refusedResult(file);
    if (file.problems.length > 0 || file.gaps.length > 0) {
        process.stderr.write(wordRefusal(file));
    } else {
        try {
            // One host that is down keeps nobody from the others.
            const further = verb === "up" && file.spec !== undefined && goesOn(file.spec);
            const flags = further ? ["--continue-on-error"] : [];
            result = { ...result, ...(await runReleased(verb, file, options, flags)) };
            for (const each of result.errors.filter(({ fix }) => fix.includes("--release"))) {
                process.stderr.write(`${wordProblem(each)}\n`);
            }
        } catch (error) {
            if (!(error instanceof EngineMissing)) throw error;
            process.stderr.write(`${error.message}\n`);
            result = { ...result, result: "failed" };
        }
    }
    if (options.json === true) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return exitCodeOf(result);
}

type Ran = Pick<Result, "result" | "violations" | "errors" | "changes">;

/**
 * Runs the CLI with the protection of what `--release` names lifted, and restores it unless all went well: data
 * whose deletion was declined, or failed, is protected as before.
 */
async function runReleased(
    verb: "preview" | "up",
    file: StackFile,
    options: DeployOptions,
    flags: readonly string[],
): Promise<Ran> {
    const { stack } = file;
    const pulumi = await Pulumi.find();
    if (verb === "up" && file.spec?.platform.kind === "azure") {
        const code = await readChanging(pulumi, stack, options.json === true);
        if (code !== 0)
            return {
                result: "failed",
                violations: [],
                errors: [unread(stack)],
                changes: noChanges,
            };
    }
    if (options.release === undefined) return runPulumi(pulumi, verb, file, options, flags);
    const released = release(await guardedOf(pulumi, stack), options.release);
    if ("problems" in released) {
        const result = released.code === 2 ? "invalid" : "failed";
        for (const each of released.problems) process.stderr.write(`${wordProblem(each)}\n`);
        return { result, violations: [], errors: released.problems, changes: noChanges };
    }
    await protection("unprotect", released.urns, pulumi, stack);
    let ran: Ran | undefined;
    try {
        ran = await runPulumi(pulumi, verb, file, options, flags);
        return ran;
    } finally {
        if (ran?.result !== "succeeded") await restore(released.urns, pulumi, stack);
    }
}

/** Nothing is sent where it is not known what stands: an old number of machines would end users' servers. */
const unread = (stack: string): Problem => ({
    path: stack,
    message: "what Azure changes by itself could not be read; nothing was changed",
    fix: "correct what the CLI names above, then run this again",
});

async function guardedOf(pulumi: Pulumi, stack: string): Promise<Guarded[]> {
    return guardedIn(JSON.parse(await pulumi.read(["stack", "export", "--stack", stack])), stack);
}

/** Runs the CLI in the foreground, as an operator would, and reads its events for what a rule blocked. */
async function runPulumi(
    pulumi: Pulumi,
    verb: "preview" | "up",
    file: StackFile,
    { json, yes }: DeployOptions,
    flags: readonly string[],
): Promise<Ran> {
    const { stack } = file;
    const hubs = file.matrix?.hubs ?? [];
    const folder = mkdtempSync(join(tmpdir(), "steward-"));
    const events = join(folder, "events.json");
    const args = [
        verb,
        ...["--stack", stack, "--policy-pack", "policies", "--event-log", events, ...flags],
        ...(verb === "up" && yes === true ? ["--yes"] : []),
        ...(json === true ? ["--non-interactive"] : []),
    ];
    try {
        const code = await pulumi.foreground(args, json === true);
        const log = new EventLog();
        const text = existsSync(events) ? readFileSync(events, "utf8") : "";
        for (const line of text.split("\n")) {
            if (line !== "") log.record(JSON.parse(line) as EngineEvent);
        }
        const outcome = log.outcome(code === 0);
        if (verb === "preview") {
            for (const note of [...announce(outcome.steps), ...unseen(outcome.steps)]) {
                process.stderr.write(`before the update: ${note}\n`);
            }
        }
        const violations = violationsOf(outcome);
        const explained = outcome.errors.some(isProtectedError)
            ? explainProtected(outcome, await guardedOf(pulumi, stack), { stack, hubs })
            : undefined;
        const { told, others } = wordHostErrors(explained?.others ?? outcome.errors, file);
        for (const each of told) process.stderr.write(`${wordProblem(each)}\n`);
        return {
            result: code === 0 ? "succeeded" : violations.length > 0 ? "blocked" : "failed",
            violations,
            errors: [
                ...(explained?.problems ?? []),
                ...told,
                ...errorsOf({ ...outcome, errors: others }),
            ],
            changes: changesOf(outcome),
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}
