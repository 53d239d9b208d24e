import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { projectRoot } from "../../rehearsal/project-root";
import type { Result } from "../../stacks/commands/result";
import { readStackFile } from "../support/stack-file";
import type { Inventory } from "./laboratory";

const execute = promisify(execFile);

/** The three machines of the laboratory's stack, by the names of their plan, and the hosts that they are. */
export const machines = { "front-a1": "vm1", "app-a1": "vm2", "data-a1": "vm3" } as const;

const line = { vcpus: 2, memoryGiB: 4 };

/** Every service of a CommCare on three machines: as few as tell a client from a server and from a stranger. */
export const plan = {
    basis: "nothing",
    machines: {
        front: { services: ["control", "proxy"], ...line },
        app: {
            services: ["webworkers", "celery", "pillowtop", "formplayer", "django-manage"],
            ...line,
        },
        data: {
            services: [
                ...["postgresql", "pgbouncer", "redis", "redis-broker", "couchdb", "couchdb-proxy"],
                ...["elasticsearch", "kafka", "zookeeper", "shared-directory"],
            ],
            ...line,
        },
    },
};

/** Why a laboratory keeps no copies of its data, in the words of a stack file. */
export const copiesLeftOut = {
    rule: "data-backed-up",
    urn: "*::backups-*",
    reason: "hosts of a laboratory, which keep nothing",
    approver: "infrastructure-provider",
    until: "2099-01-01T00:00:00Z",
};

export type Config = Record<string, unknown>;

/**
 * The stack file of hosts, with the laboratory's for its machines; `change` is laid over `steward:vms`, and `secrets`
 * over those of the hosts. Copies go nowhere unless `change` says where: `copiesLeftOut` has that approved.
 */
export function labConfig(
    { privateKey, gateway, hosts }: Inventory,
    change: Config = {},
    secrets: Readonly<Record<string, string>> = {},
): Config {
    const { config } = readStackFile("commcare-vms");
    const places = Object.entries(machines).map(([machine, name]) => {
        const found = hosts.find((host) => host.name === name);
        if (found === undefined) throw new Error(`the laboratory has no ${name}`);
        const { address, address6, port, user, hostKey } = found;
        // One of them is entered as somebody who may sudo, the others as root.
        const who = machine === "app-a1" ? "debian" : user;
        return [machine, { address, address6, port, user: who, hostKey }] as const;
    });
    const { users: _, ...commcare } = config["steward:commcare"] as Config;
    return {
        ...config,
        "steward:vms": {
            hosts: Object.fromEntries(places),
            systems: ["debian-12"],
            administrators: [`${gateway}/32`],
            ...change,
        },
        "steward:commcare": { ...commcare, plan },
        "steward:exemptions": "backups" in change ? [] : [copiesLeftOut],
        "steward:secrets": { hosts: { privateKey, ...secrets } },
    };
}

export interface Ran {
    readonly code: number | null;
    readonly stderr: string;
    readonly result: Result;
}

/** A folder that is gone after the tests of a file: the state of one stack. */
export function stateFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "steward-hosts-"));
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });
    return folder;
}

/** Deploys a stack of hosts as a rehearsal does, with its commands truly run. */
export function up(folder: string, config: Config): Promise<Ran> {
    return starting(folder, config).ended;
}

/** An `up` that goes on. */
export interface Running {
    readonly ended: Promise<Ran>;
    /** Resolves when it has said this on standard error, and when it is over. */
    said(words: string): Promise<void>;
    /** Ends it at once: with everything that it started, or the engine alone. */
    kill(victim: "all" | "engine"): Promise<void>;
}

/** The same, while it goes on. */
export function starting(folder: string, config: Config): Running {
    const file = join(folder, "stack.yaml");
    writeFileSync(file, stringify({ config }), { mode: 0o600 });
    const command = ["rehearse", "commcare-vms", "--stack-file", file, "--state-dir", folder];
    const child = spawn(process.execPath, ["scripts/steward.mjs", ...command, "--json"], {
        cwd: projectRoot(),
        env: { ...process.env, STEWARD_REHEARSE_ON_HOSTS: "1" },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true, // a group of its own, to be killed as one
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (text.stdout += chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text.stderr += chunk));
    const ended = new Promise<Ran>((resolve, reject) => {
        child.once("close", (code) => {
            try {
                const result = JSON.parse(text.stdout) as Result;
                resolve({ code, stderr: text.stderr, result });
            } catch {
                reject(new Error(`no result: ${text.stderr}`));
            }
        });
    });
    return {
        ended,
        said: (words) =>
            new Promise((resolve) => {
                const look = () => {
                    if (text.stderr.includes(words)) resolve();
                };
                child.stderr.on("data", look);
                child.once("close", () => {
                    resolve();
                });
                look();
            }),
        async kill(victim) {
            const group = child.pid;
            if (group === undefined || child.exitCode !== null) return; // it has come to its end before
            const engines = await execute("pgrep", ["-g", String(group), "-x", "pulumi"]).then(
                ({ stdout }) => stdout.trim().split("\n").map(Number),
                () => [],
            );
            for (const pid of victim === "all" ? [-group] : engines) {
                try {
                    process.kill(pid, "SIGKILL");
                } catch (error) {
                    // It came to its end while it was looked for.
                    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
                }
            }
        },
    };
}
