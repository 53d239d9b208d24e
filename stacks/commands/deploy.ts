import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { EngineMissing } from "../../rehearsal/engine/engine";
import { EventLog } from "../../rehearsal/outcome";
import { announce, unseen } from "./announce";
import { Pulumi } from "./pulumi";
import { refusedResult, wordRefusal } from "./refuse";
import { changesOf, errorsOf, violationsOf } from "./rehearsed";
import type { Result } from "./result";
import { exitCodeOf } from "./result";
import { readStackFile } from "./stack-file";

export interface DeployOptions {
    readonly json?: boolean;
    readonly yes?: boolean;
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
            result = { ...result, ...(await runPulumi(verb, stack, options)) };
        } catch (error) {
            if (!(error instanceof EngineMissing)) throw error;
            process.stderr.write(`${error.message}\n`);
            result = { ...result, result: "failed" };
        }
    }
    if (options.json === true) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return exitCodeOf(result);
}

/** Runs the CLI in the foreground, as an operator would, and reads its events for what a rule blocked. */
async function runPulumi(
    verb: "preview" | "up",
    stack: string,
    { json, yes }: DeployOptions,
): Promise<Pick<Result, "result" | "violations" | "errors" | "changes">> {
    const pulumi = await Pulumi.find();
    const folder = mkdtempSync(join(tmpdir(), "steward-"));
    const events = join(folder, "events.json");
    const args = [
        verb,
        ...["--stack", stack, "--policy-pack", "policies", "--event-log", events],
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
        return {
            result: code === 0 ? "succeeded" : violations.length > 0 ? "blocked" : "failed",
            violations,
            errors: errorsOf(outcome),
            changes: changesOf(outcome),
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}
