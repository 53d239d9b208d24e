import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { StateResource } from "../../policies/report/state";
import { projectRoot } from "../../rehearsal/project-root";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { geolabFile } from "../support/stack-file";

/** A stack file's `config:`, to be changed by a test. */
export type Config = Record<string, unknown>;

export interface Ran {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

/**
 * The engine writes its state once, at the end, and not after every step, which is half of what a rehearsal takes.
 * What it leaves when it is killed is for the tests in faults/ to see, and `pulumi up` as it is for up.test.ts.
 */
const savedOnce = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** Runs a command of Steward as a user would. */
export function steward(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
    const child = spawn(process.execPath, ["scripts/steward.mjs", ...args], {
        cwd: projectRoot(),
        env: { ...process.env, ...savedOnce, ...env },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
    return new Promise((resolve) => {
        child.once("close", (code) => {
            resolve({ code, ...text });
        });
    });
}

/** A folder that is gone after the tests of a file. */
export function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "steward-test-"));
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });
    return folder;
}

/** The stack file of the default stack, with one hub. */
export function defaultConfig(): Config {
    return geolabFile();
}

export interface Rehearsed extends Ran {
    readonly result: Result;
}

/** Rehearses the default stack with a changed config on a state of its own. */
export async function rehearse(
    folder: string,
    config: Config,
    { args = [], env = {} }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Rehearsed> {
    const file = join(folder, "stack.yaml");
    writeFileSync(file, stringify({ config }));
    const ran = await steward(
        [
            "rehearse",
            "jupyterhub-aws",
            "--stack-file",
            file,
            "--state-dir",
            folder,
            "--json",
            ...args,
        ],
        env,
    );
    return { ...ran, result: JSON.parse(ran.stdout) as Result };
}

/** The state of a hub of a cloud with a zone and a dataset, which the example stacks have not. */
export async function rehearseZone(
    platform: "aws" | "azure",
    folder: string,
): Promise<StateResource[]> {
    const stack = `jupyterhub-${platform}`;
    const file = join("test", "fixtures", `zone-${platform}.yaml`);
    const args = ["--stack-file", file, "--state-dir", folder, "--json"];
    const { code, stdout } = await steward(["rehearse", stack, ...args]);
    if (code !== 0) throw new Error(stdout);
    return readRehearsedState(stack, folder);
}
