import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "./project-root";
import type { Fault } from "./provider/fault";

/** The stand-ins of one rehearsal, running. */
export interface StandInProcess {
    /** What the engine needs to find them: `PULUMI_DEBUG_PROVIDERS`. */
    readonly addresses: string;
    stop(): void;
}

export interface StandInOptions {
    /** Folder that keeps the account between runs. */
    readonly folder: string;
    readonly faults?: readonly Fault[] | undefined;
    readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts the stand-ins in a process of their own, which ends with this one, however this one ends.
 *
 * @throws Error when the process ends before it says where it listens.
 */
export async function startStandIns({
    folder,
    faults,
    env,
}: StandInOptions): Promise<StandInProcess> {
    const child = spawn(
        process.execPath,
        [join(projectRoot(), "dist", "rehearsal", "serve.js"), folder],
        {
            stdio: ["pipe", "pipe", "inherit"],
            detached: true, // an interrupt from the terminal must let the engine finish what it has begun
            env: {
                ...process.env,
                ...env,
                ...(faults === undefined
                    ? {}
                    : { STEWARD_REHEARSAL_FAULTS: JSON.stringify(faults) }),
            },
        },
    );
    const addresses = await firstLine(child);
    return {
        addresses,
        stop: () => {
            child.stdin.end();
            child.kill();
        },
    };
}

function firstLine(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        let text = "";
        child.once("exit", (code) => {
            reject(
                new Error(
                    `the stand-ins ended with exit code ${String(code)} before they listened`,
                ),
            );
        });
        child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
            text += chunk;
            const end = text.indexOf("\n");
            if (end >= 0) resolve(text.slice(0, end));
        });
    });
}
