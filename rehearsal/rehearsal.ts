import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type * as automation from "@pulumi/pulumi/automation";
import type { Engine } from "./engine/engine";
import type { Outcome } from "./outcome";
import { EventLog } from "./outcome";
import type { Progress } from "./progress";
import type { Fault } from "./provider/fault";
import { needsRecovery, sweepAccount } from "./recovery";
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
    /** Folder of the policy pack; without it nothing but the program refuses. */
    readonly policyPack?: string;
    readonly progress: Progress;
    readonly fault?: Fault | undefined;
    /** Further environment for engine, program and pack. */
    readonly env?: Readonly<Record<string, string>>;
}

/** A stack on the real engine with stand-in providers: no account, no credentials. */
export interface Rehearsal {
    readonly folder: StateFolder;
    readonly progress: Progress;
    preview(): Promise<Outcome>;
    up(): Promise<Outcome>;
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
    const swept = broken ? sweepAccount(folder) : 0;
    folder.passphrase();
    folder.writeProject(options.config(folder.earlierConfig()));
    const starting = startStandIns({ folder: folder.root, fault: options.fault });
    try {
        const stack = await openStack(options, folder, starting);
        if (broken) await recover(stack, swept, options.progress);
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

async function openStack(
    { engine, stack, program, env }: RehearsalOptions,
    folder: StateFolder,
    starting: Promise<{ readonly addresses: string }>,
): Promise<automation.Stack> {
    // Loaded here: 0.75 s that a refused stack file need not cost.
    const { LocalWorkspace, PulumiCommand } =
        require("@pulumi/pulumi/automation") as typeof automation;
    const root = engine.source === "path" ? {} : { root: dirname(dirname(engine.path)) };
    const [pulumiCommand, { addresses }] = await Promise.all([PulumiCommand.get(root), starting]);
    return LocalWorkspace.createOrSelectStack(
        { stackName: stack, projectName, program },
        {
            workDir: folder.root,
            pulumiCommand,
            pulumiHome: join(folder.root, "home"),
            envVars: {
                ...env,
                PULUMI_BACKEND_URL: folder.backendUrl,
                PULUMI_CONFIG_PASSPHRASE: folder.passphrase(),
                PULUMI_DEBUG_PROVIDERS: addresses,
                PULUMI_SKIP_UPDATE_CHECK: "true",
                PULUMI_ACCESS_TOKEN: "",
                STEWARD_REHEARSAL: "1",
            },
        },
    );
}

/** The lock is nobody's: release it, forget what was begun, and read what really stands. */
async function recover(stack: automation.Stack, swept: number, progress: Progress): Promise<void> {
    progress.step("An earlier rehearsal was killed: recovering");
    await stack.cancel().catch(() => undefined); // no lock file is left to release after a clean kill
    await stack.refresh({ clearPendingCreates: true });
    progress.done(`recovered; ${String(swept)} half-made resources taken out of the account`);
}

function rehearsalOf(
    stack: automation.Stack,
    folder: StateFolder,
    { policyPack, program, engine, progress }: RehearsalOptions,
    standIns: StandInProcess,
): Rehearsal {
    const packs = policyPack === undefined ? {} : { policyPacks: [policyPack] };
    const run = async (work: (log: EventLog) => Promise<unknown>): Promise<Outcome> => {
        const log = new EventLog();
        try {
            await work(log);
            return log.outcome(true);
        } catch (error) {
            const outcome = log.outcome(false);
            if (outcome.findings.length > 0 || outcome.errors.length > 0) return outcome;
            throw error;
        }
    };
    return {
        folder,
        progress,
        preview: () => run((log) => stack.preview({ ...packs, program, onEvent: log.record })),
        up: () => run((log) => stack.up({ ...packs, program, onEvent: log.record })),
        destroy: async () => {
            const { envVars, pulumiHome, workDir } = stack.workspace;
            await promisify(execFile)(
                engine.path,
                ["state", "unprotect", "--all", "--yes", "--stack", stack.name],
                { cwd: workDir, env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome } },
            );
            return run((log) => stack.destroy({ onEvent: log.record }));
        },
        close: () => {
            standIns.stop();
        },
    };
}
