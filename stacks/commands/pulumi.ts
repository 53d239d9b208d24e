import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { findEngine } from "../../rehearsal/engine/engine";
import { progressOn } from "../../rehearsal/progress";
import { projectRoot } from "../../rehearsal/project-root";

/** The Pulumi CLI on the user's own backend, run as the user would run it. */
export class Pulumi {
    readonly #path: string;

    private constructor(path: string) {
        this.#path = path;
    }

    /** @throws EngineMissing when no CLI is there and none can be had. */
    static async find(): Promise<Pulumi> {
        const { path } = await findEngine({ progress: progressOn() });
        return new Pulumi(path);
    }

    /** Runs a command in the foreground; returns its exit code. `quiet` keeps standard output free. */
    foreground(args: readonly string[], quiet = false): Promise<number> {
        const child = spawn(this.#path, args, {
            cwd: projectRoot(),
            stdio: ["inherit", quiet ? 2 : "inherit", "inherit"],
            env: { ...process.env, PULUMI_DEBUG_COMMANDS: "true" }, // --event-log is a debug flag
        });
        return new Promise((resolve, reject) => {
            child.once("error", reject);
            child.once("exit", (code) => {
                resolve(code ?? 1);
            });
        });
    }

    /** Runs a command and returns what it printed. */
    async read(args: readonly string[]): Promise<string> {
        const options = { cwd: projectRoot(), maxBuffer: 256 * 1024 * 1024 };
        return (await promisify(execFile)(this.#path, [...args], options)).stdout;
    }
}
