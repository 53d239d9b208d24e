import { randomBytes } from "node:crypto";
import {
    existsSync,
    mkdirSync,
    readFileSync,
    readdirSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse, stringify } from "yaml";
import { projectRoot } from "./project-root";

/** A folder that a rehearsal cannot use: the message says which, why, and what to do. */
export class StateFolderProblem extends Error {}

function analyzer(): string {
    return join(projectRoot(), "rehearsal", "analyzer");
}

/** The parts of an exported state that we read. */
export interface StateDeployment {
    readonly resources?: readonly {
        readonly urn: string;
        readonly type: string;
        readonly id?: string;
        readonly custom?: boolean;
        readonly protect?: boolean;
        readonly retainOnDelete?: boolean;
        readonly outputs?: Readonly<Record<string, unknown>>;
    }[];
    readonly pending_operations?: readonly unknown[];
}

export const projectName = "steward";

function holderIn(lock: string): number | undefined {
    try {
        return (JSON.parse(lock) as { pid?: number }).pid;
    } catch {
        return undefined; // not whole
    }
}

/**
 * The folder of one rehearsed stack: its project file, its state, its passphrase and its stand-in account.
 *
 * Everything in it can be thrown away; nothing outside it is written.
 */
export class StateFolder {
    readonly root: string;
    readonly #stack: string;

    /** @throws StateFolderProblem when the folder cannot be made or written. */
    constructor(root: string, stack: string) {
        this.root = root;
        this.#stack = stack;
        try {
            mkdirSync(this.#backend, { recursive: true });
            writeFileSync(join(root, ".gitignore"), "*\n");
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException;
            throw new StateFolderProblem(
                `${root}: cannot be written (${String(code)}); name another folder with --state-dir`,
            );
        }
    }

    get #backend(): string {
        return join(this.root, "state");
    }

    /**
     * Where the engine keeps the state. Without files of attributes beside it: they are not written at once, and
     * an engine that is killed over one can never read its state again ("failed to load checkpoint: EOF").
     *
     * @see https://pkg.go.dev/gocloud.dev/blob/fileblob#URLOpener
     */
    get backendUrl(): string {
        return `${pathToFileURL(this.#backend).href}?metadata=skip`;
    }

    /** Whether the engine has never kept a stack here. */
    get isUnused(): boolean {
        return readdirSync(this.#backend).length === 0;
    }

    /**
     * Where the engine keeps what is its own. It would write a debug log of each run into `logs`, from 3.250 on and
     * without a switch to turn that off: 20 MB for 900 resources, and a third of its time. It does without where no
     * such folder can be made.
     */
    home(): string {
        const home = join(this.root, "home");
        const logs = join(home, "logs");
        mkdirSync(home, { recursive: true });
        if (statSync(logs, { throwIfNoEntry: false })?.isFile() !== true) {
            rmSync(logs, { recursive: true, force: true });
            writeFileSync(
                logs,
                "This file keeps the engine from writing a debug log of each run.\n",
            );
        }
        return home;
    }

    get stateFile(): string {
        return join(this.#backend, ".pulumi", "stacks", projectName, `${this.#stack}.json`);
    }

    get accountFile(): string {
        return join(this.root, "account");
    }

    /** What the engine left in the account on purpose. */
    get retainedFile(): string {
        return join(this.root, `retained.${this.#stack}.json`);
    }

    /** Whether a resource is this stack's: several may be rehearsed in one folder, on one account. */
    owns(urn: string): boolean {
        return urn.startsWith(`urn:pulumi:${this.#stack}::`);
    }

    /** Seals the secrets of this rehearsal; made once, readable by its owner only. */
    passphrase(): string {
        const file = join(this.root, "passphrase");
        if (!existsSync(file)) {
            writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
        }
        return readFileSync(file, "utf8");
    }

    /** Writes the project and stack files of the rehearsal, which leave the user's own alone. */
    writeProject(config: Readonly<Record<string, unknown>>): void {
        const project = {
            name: projectName,
            runtime: "nodejs",
            backend: { url: this.backendUrl },
            // A CLI that was built with Go comes without the host that runs policy packs.
            plugins: { analyzers: [{ name: "policy-nodejs", path: analyzer() }] },
        };
        writeFileSync(join(this.root, "Pulumi.yaml"), stringify(project));
        const file = join(this.root, `Pulumi.${this.#stack}.yaml`);
        const salt = existsSync(file)
            ? (parse(readFileSync(file, "utf8")) as { encryptionsalt?: string }).encryptionsalt
            : undefined;
        const settings = { ...(salt === undefined ? {} : { encryptionsalt: salt }), config };
        writeFileSync(file, stringify(settings), { mode: 0o600 });
    }

    /** The stand-in secrets of earlier runs, so that a second run is unchanged. */
    earlierConfig(): Readonly<Record<string, unknown>> {
        const file = join(this.root, `Pulumi.${this.#stack}.yaml`);
        if (!existsSync(file)) return {};
        const settings = parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> };
        return settings.config ?? {};
    }

    /** What the engine last wrote down; undefined before the first run. Secrets in it are sealed. */
    deployment(): StateDeployment | undefined {
        if (!existsSync(this.stateFile)) return undefined;
        const { checkpoint } = JSON.parse(readFileSync(this.stateFile, "utf8")) as {
            checkpoint?: { latest?: StateDeployment | null };
        };
        return checkpoint?.latest ?? undefined;
    }

    /**
     * The processes that hold the state, by the lock files that the engine leaves; undefined for a file that it
     * was killed over. Beside each stands a file of attributes that names no process.
     */
    lockHolders(): (number | undefined)[] {
        const locks = join(
            this.#backend,
            ".pulumi",
            "locks",
            "organization",
            projectName,
            this.#stack,
        );
        if (!existsSync(locks)) return [];
        return readdirSync(locks)
            .filter((name) => name.endsWith(".json"))
            .map((name) => holderIn(readFileSync(join(locks, name), "utf8")));
    }
}
