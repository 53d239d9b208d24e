import { execFile } from "node:child_process";
import { dirname } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import type * as automation from "@pulumi/pulumi/automation";
import type * as automationCommand from "@pulumi/pulumi/automation/cmd";
import type { Engine } from "./engine/engine";
import { lightenSdk } from "./light-sdk";
import { withLateRejectionsTold } from "./late-rejections";
import type { Outcome } from "./outcome";
import { EventLog, lineOf } from "./outcome";
import type { Progress } from "./progress";
import type { Fault } from "./provider/fault";
import { interrupted, listenForInterrupt } from "./interrupt";
import { needsRecovery, noteRetained, sweepAccount } from "./recovery";
import type { StandInProcess } from "./stand-in-process";
import { startStandIns } from "./stand-in-process";
import { projectName, StateFolder } from "./state-folder";

export interface RehearsalOptions {
    readonly stack: string;
    readonly stateDir: string;
    readonly engine: Engine;
    /** The stack file's whole `config:`, stand-in secrets included. */
    readonly config: (
        earlier: Readonly<Record<string, unknown>>,
    ) => Readonly<Record<string, unknown>>;
    readonly program: automation.PulumiFn;
    /** Loads what the program loads anyway; called while the engine is at work and this process would only wait. */
    readonly prepare?: () => void;
    /** Folder of the policy pack; without it nothing but the program refuses. */
    readonly policyPack?: string;
    readonly progress: Progress;
    readonly faults?: readonly Fault[] | undefined;
    /** Whether `up` goes on with what does not depend on a resource that failed. */
    readonly continueOnError?: boolean;
    /** Further environment for engine, program and pack. */
    readonly env?: Readonly<Record<string, string>>;
}

/** A stack on the real engine with stand-in providers: no account, no credentials. */
export interface Rehearsal {
    readonly folder: StateFolder;
    readonly progress: Progress;
    preview(): Promise<Outcome>;
    up(): Promise<Outcome>;
    /** Lifts or restores the protection of resources in the state, by their URNs. */
    protect(verb: "protect" | "unprotect", urns: readonly string[]): Promise<void>;
    /** Deletes everything, protected data included: a rehearsal holds none. */
    destroy(): Promise<Outcome>;
    close(): void;
}

/**
 * Opens a rehearsal on its state folder; recovers first where an earlier run was killed.
 *
 * @throws StateFolderProblem when the folder cannot be used.
 */
export async function openRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
    const folder = new StateFolder(options.stateDir, options.stack);
    const broken = needsRecovery(folder);
    const swept = sweepAccount(folder);
    folder.passphrase();
    folder.writeProject(options.config(folder.earlierConfig()));
    const starting = startStandIns({ folder: folder.root, faults: options.faults });
    try {
        const stack = await openStack(options, folder, starting);
        if (broken) await recover(stack, options.progress);
        if (swept > 0) {
            options.progress.done(
                `${String(swept)} half-made resources of a run that was killed taken out of the account`,
            );
        }
        return rehearsalOf(stack, folder, options, await starting);
    } catch (error) {
        await starting.then(
            (standIns) => {
                standIns.stop();
            },
            () => undefined, // the error already says that they never started
        );
        throw error;
    }
}

/** What the engine has to be told to work on a rehearsal's state, with its stand-ins and nobody else's plugins. */
export const engineEnvironment = (folder: StateFolder, addresses: string) => ({
    PULUMI_BACKEND_URL: folder.backendUrl,
    PULUMI_CONFIG_PASSPHRASE: folder.passphrase(),
    PULUMI_DEBUG_PROVIDERS: addresses,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The stand-ins take their place; a machine with a network would fetch hundreds of megabytes.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_ACCESS_TOKEN: "",
});

async function openStack(
    { engine, stack, program, prepare, env }: RehearsalOptions,
    folder: StateFolder,
    starting: Promise<{ readonly addresses: string }>,
): Promise<automation.Stack> {
    // Loaded here, so that a refused stack file does not pay for it; its command first, which is small and then
    // runs beside the loading of the rest.
    lightenSdk();
    const { PulumiCommand } = require("@pulumi/pulumi/automation/cmd") as typeof automationCommand;
    const root = engine.source === "path" ? {} : { root: dirname(dirname(engine.path)) };
    const asking = PulumiCommand.get(root);
    const { LocalWorkspace } = require("@pulumi/pulumi/automation") as typeof automation;
    const [pulumiCommand, { addresses }] = await Promise.all([asking, starting]);
    // Asking for a stack that cannot be there costs one more start of the engine.
    const open = folder.isUnused ? "createStack" : "createOrSelectStack";
    const opening = LocalWorkspace[open](
        { stackName: stack, projectName, program },
        {
            workDir: folder.root,
            pulumiCommand,
            pulumiHome: folder.home(),
            envVars: {
                ...env,
                ...engineEnvironment(folder, addresses),
                STEWARD_REHEARSAL: "1",
            },
        },
    );
    await nextTurn(); // by then the engine has been started
    prepare?.();
    return opening;
}

/** The lock is nobody's: release it, forget what was begun, and read what really stands. */
async function recover(stack: automation.Stack, progress: Progress): Promise<void> {
    progress.step("An earlier rehearsal was killed: recovering");
    await stack.cancel().catch(() => undefined); // no lock file is left to release after a clean kill
    await stack.refresh({ clearPendingCreates: true });
    progress.done("recovered");
}

/** What a killed engine cannot say for itself; undefined when the error is of another kind. */
function killedBy(error: unknown): string | undefined {
    const [, signal] = /was killed with (SIG[A-Z0-9]+)/.exec(String(error)) ?? [];
    return signal === undefined
        ? undefined
        : `the engine was killed with ${signal} before it was done; run this again, it recovers by itself`;
}

function rehearsalOf(
    stack: automation.Stack,
    folder: StateFolder,
    { policyPack, program, engine, progress, continueOnError = false }: RehearsalOptions,
    standIns: StandInProcess,
): Rehearsal {
    const packs = policyPack === undefined ? {} : { policyPacks: [policyPack] };
    const run = async (
        work: (log: EventLog, signal: AbortSignal) => Promise<unknown>,
    ): Promise<Outcome> => {
        noteRetained(folder);
        const log = new EventLog();
        const interrupt = listenForInterrupt();
        try {
            await withLateRejectionsTold(() => work(log, interrupt.signal));
            return log.outcome(true);
        } catch (error) {
            const outcome = log.outcome(false);
            const cut = interrupt.received ? interrupted : killedBy(error);
            if (cut !== undefined) {
                return { ...outcome, errors: [...outcome.errors, { urn: "", message: cut }] };
            }
            if (outcome.findings.length > 0 || outcome.errors.length > 0) return outcome;
            throw error;
        } finally {
            interrupt.release();
        }
    };
    const setProtection = async (...args: readonly string[]): Promise<void> => {
        const { envVars, pulumiHome, workDir } = stack.workspace;
        await promisify(execFile)(engine.path, ["state", ...args, "--yes", "--stack", stack.name], {
            cwd: workDir,
            env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome },
        });
    };
    return {
        folder,
        progress,
        protect: (verb, urns) => setProtection(verb, ...urns),
        preview: () =>
            run((log, signal) => stack.preview({ ...packs, program, signal, onEvent: log.record })),
        up: () =>
            run((log, signal) =>
                stack.up({
                    ...packs,
                    ...{ program, signal, continueOnError },
                    onEvent: (event) => {
                        log.record(event);
                        const line = lineOf(event);
                        if (line !== undefined) progress.note(line);
                    },
                }),
            ),
        destroy: async () => {
            await setProtection("unprotect", "--all");
            return run((log, signal) => stack.destroy({ signal, onEvent: log.record }));
        },
        close: () => {
            standIns.stop();
        },
    };
}
