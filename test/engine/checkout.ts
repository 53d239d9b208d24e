import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { findEngine } from "../../rehearsal/engine/engine";
import { silentProgress } from "../../rehearsal/progress";
import { projectRoot } from "../../rehearsal/project-root";
import type { StandInProcess } from "../../rehearsal/stand-in-process";
import { startStandIns } from "../../rehearsal/stand-in-process";
import { StateFolder } from "../../rehearsal/state-folder";
import type { Ran } from "./steward";

/** The files of a checkout that `pulumi up` reads; dependencies and the compiled pack are linked. */
const own = ["Pulumi.yaml", "package.json", "tsconfig.json", "stacks", "components", "policies"];
const linked = ["node_modules", "dist"];

/**
 * An operator's checkout, in which the real CLI runs the program from its TypeScript, by way of the project file as
 * it stands. The cloud is stood in for, and so is the Node language host, whether or not an official one is here.
 */
export class Checkout {
    readonly #state: string;
    readonly #folder: string;
    readonly #standIns: StandInProcess;
    readonly #engine: string;
    readonly #env: NodeJS.ProcessEnv;

    private constructor(root: string, engine: string, standIns: StandInProcess) {
        this.#state = join(root, "state");
        this.#folder = join(root, "checkout");
        this.#standIns = standIns;
        this.#engine = engine;
        const folder = new StateFolder(this.#state, "");
        this.#env = {
            ...process.env,
            PATH: [join(root, "bin"), dirname(engine), process.env["PATH"]].join(delimiter),
            PULUMI_HOME: join(root, "home"),
            PULUMI_BACKEND_URL: folder.backendUrl,
            PULUMI_CONFIG_PASSPHRASE: folder.passphrase(),
            PULUMI_DEBUG_PROVIDERS: standIns.addresses,
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_ACCESS_TOKEN: "",
        };
    }

    /** Makes one in an empty folder, after `npm run build`. */
    static async open(root: string): Promise<Checkout> {
        await promisify(execFile)(process.execPath, ["scripts/build.mjs"], { cwd: projectRoot() });
        const folder = join(root, "checkout");
        for (const name of own) {
            cpSync(join(projectRoot(), name), join(folder, name), { recursive: true });
        }
        for (const name of linked) symlinkSync(join(projectRoot(), name), join(folder, name));
        mkdirSync(join(root, "bin"));
        symlinkSync(
            join(projectRoot(), "test", "engine", "language-host.mjs"),
            join(root, "bin", "pulumi-language-nodejs"),
        );
        const { path } = await findEngine({ progress: silentProgress });
        const state = join(root, "state");
        new StateFolder(state, "").passphrase();
        return new Checkout(root, path, await startStandIns({ folder: state }));
    }

    /** Adds a stack as the README says: its file, `stack init`, and the secret by `config set`. */
    async add(stack: string, stackFile: string, secret: string): Promise<void> {
        writeFileSync(join(this.#folder, "stacks", `Pulumi.${stack}.yaml`), stackFile);
        const path = "steward:secrets.prod.oauthClientSecret";
        await this.#done(["stack", "init", stack]);
        await this.#done(["config", "set", "--secret", "--path", path, secret, "--stack", stack]);
    }

    /** Changes a file of the checkout. */
    edit(path: string, change: (text: string) => string): void {
        const file = join(this.#folder, path);
        writeFileSync(file, change(readFileSync(file, "utf8")));
    }

    /** Runs the CLI as a pipeline would; a stack is named by the arguments. */
    pulumi(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
        const options = {
            cwd: this.#folder,
            env: { ...this.#env, ...env },
            maxBuffer: 64 * 1024 * 1024,
        };
        return new Promise((resolve) => {
            execFile(
                this.#engine,
                [...args, "--non-interactive"],
                options,
                (error, stdout, stderr) => {
                    const code = error === null ? 0 : error.code;
                    resolve({ code: typeof code === "number" ? code : null, stdout, stderr });
                },
            );
        });
    }

    /** The state of a stack; the secrets in it are sealed. */
    stack(stack: string): StateFolder {
        return new StateFolder(this.#state, stack);
    }

    close(): void {
        this.#standIns.stop();
    }

    async #done(args: readonly string[]): Promise<void> {
        const { code, stderr } = await this.pulumi(args);
        if (code !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")}: ${stderr}`);
    }
}
