import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Progress } from "../progress";
import { askProgram, executablesOnPath } from "./executable";
import { isAtLeast, parseVersion } from "./version";

/** A program that is built from a Go module of ours: one that pins it and all it needs. */
export interface GoProgram {
    /** What people call it, for progress and errors. */
    readonly title: string;
    /** The folder with go.mod and go.sum. */
    readonly moduleFolder: string;
    /** The import path of its main package. */
    readonly package: string;
    /** Values for its string variables, by import path and name. */
    readonly stamps: Readonly<Record<string, string>>;
}

/** Go can fetch a newer Go by itself from this version on. https://go.dev/doc/toolchain */
const firstSelfUpdating = [1, 21, 0] as const;
/** A silent download or compilation of this length, in milliseconds, is taken for hung. */
const silentFor = 300_000;
/** How many lines of a failed build are shown. */
const shownLines = 4;

/** Why a program could not be built, in words for the person who waits for it. */
export class BuildFailed extends Error {
    override readonly name = "BuildFailed";
}

/**
 * Builds `program` with the Go on PATH and writes the executable to `target`. Takes minutes when
 * nothing of it was built before, seconds otherwise.
 *
 * @throws BuildFailed without Go, with one that is too old, without network, or when it does not build.
 */
export async function buildWithGo(
    program: GoProgram,
    target: string,
    progress: Progress,
    env: NodeJS.ProcessEnv,
): Promise<void> {
    const [go] = executablesOnPath("go", env);
    if (go === undefined) throw new BuildFailed("Go is not on PATH");
    const goEnv = { ...(await toolchainEnv(go, program, env)), ...fixedEnv(env) };
    const run = (args: string[], onLine: (line: string) => void): Promise<string[]> =>
        runGo(go, args, program, goEnv, onLine);

    progress.step(`fetching the sources of ${program.title}`);
    const modules = moduleCount(program);
    let fetched = 0;
    const stale = ["list", "-mod=readonly", "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}"];
    const waiting = await run([...stale, program.package], (line) => {
        if (!line.startsWith("go: downloading ")) return;
        fetched += 1;
        progress.update(fetched / modules, line.slice("go: downloading ".length));
    });
    progress.done(
        fetched === 0 ? `sources of ${program.title}: on this machine already` : undefined,
    );

    progress.step(`building ${program.title} from source (once, some minutes)`);
    const packages = new Set(waiting.filter((line) => line !== ""));
    const total = Math.max(1, packages.size);
    const stamps = Object.entries(program.stamps).map(([name, value]) => `-X ${name}=${value}`);
    const flags = ["-mod=readonly", "-buildvcs=false", "-ldflags", ["-s -w", ...stamps].join(" ")];
    let built = 0;
    let latest = "";
    const show = (): void => {
        // The program itself comes last and is linked, which takes as long as many packages.
        progress.update(Math.min(0.99, built / total), `${built} of ${total} packages${latest}`);
    };
    const tick = setInterval(show, 1_000); // Linking says nothing: the time goes on all the same.
    try {
        await run(["build", "-v", ...flags, "-o", target, program.package], (line) => {
            if (!packages.delete(line)) return;
            built += 1;
            latest = `, ${line}`;
            show();
        });
    } finally {
        clearInterval(tick);
    }
    progress.done(`built ${program.title}`);
}

/**
 * What the result depends on is the same on every machine: no C compiler (the official releases use
 * none either), no workspace file that happens to lie in a folder above.
 */
function fixedEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { CGO_ENABLED: env["CGO_ENABLED"] ?? "0", GOWORK: "off" };
}

async function toolchainEnv(
    go: string,
    program: GoProgram,
    env: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
    // Asked outside the module: inside, Go would already switch to what go.mod wants.
    const local = { ...env, GOTOOLCHAIN: "local" };
    const answer = await askProgram(go, ["env", "GOVERSION"], local, tmpdir()).catch(() => "");
    const version = parseVersion(answer);
    const wanted = /^go (\S+)/m.exec(
        readFileSync(join(program.moduleFolder, "go.mod"), "utf8"),
    )?.[1];
    const needed = parseVersion(wanted ?? "");
    if (version === undefined) throw new BuildFailed(`${go} does not tell its version`);
    if (needed === undefined || isAtLeast(version, needed)) return env;
    const older = `Go ${version.join(".")} is older than ${needed.join(".")}`;
    if (!isAtLeast(version, firstSelfUpdating)) {
        throw new BuildFailed(`${older} and cannot fetch a newer one by itself`);
    }
    if (/^(local|path)$/.test(env["GOTOOLCHAIN"] ?? "")) {
        throw new BuildFailed(`${older} and GOTOOLCHAIN=${env["GOTOOLCHAIN"] ?? ""} keeps it so`);
    }
    return { ...env, GOTOOLCHAIN: env["GOTOOLCHAIN"] ?? "auto" };
}

/** Modules whose content go.sum pins, not only their go.mod: about as many are fetched. */
function moduleCount(program: GoProgram): number {
    const sums = readFileSync(join(program.moduleFolder, "go.sum"), "utf8").split("\n");
    return Math.max(1, sums.filter((line) => line !== "" && !line.includes("/go.mod ")).length);
}

/** Runs go in the module's folder; `onLine` gets its standard error, the result is its output. */
function runGo(
    go: string,
    args: readonly string[],
    program: GoProgram,
    env: NodeJS.ProcessEnv,
    onLine: (line: string) => void,
): Promise<string[]> {
    return new Promise((resolve, reject) => {
        const child = spawn(go, args, {
            cwd: program.moduleFolder,
            env,
            stdio: ["ignore", "pipe", "pipe"],
        });
        const stop = (): void => void child.kill();
        process.once("exit", stop);
        let hung = false;
        const watchdog = setTimeout(() => {
            hung = true;
            stop();
        }, silentFor);
        const output: string[] = [];
        const said: string[] = [];
        createInterface(child.stdout).on("line", (line) => {
            watchdog.refresh();
            output.push(line);
        });
        createInterface(child.stderr).on("line", (line) => {
            watchdog.refresh();
            said.push(line);
            onLine(line);
        });
        const settle = (): void => {
            clearTimeout(watchdog);
            process.removeListener("exit", stop);
        };
        child.on("error", (error) => {
            settle();
            reject(new BuildFailed(`${go}: ${error.message}`));
        });
        child.on("close", (code) => {
            settle();
            if (code === 0) resolve(output);
            else reject(new BuildFailed(hung ? silence() : failure(said, code)));
        });
    });
}

function silence(): string {
    return `go said nothing for ${silentFor / 60_000} minutes and was stopped`;
}

/** The lines that say why: not the names of packages that were built, nor of downloads. */
function failure(said: readonly string[], code: number | null): string {
    const progressLine = /^(go: downloading |[\w.\-/]+$)/;
    const reasons = said.filter((line) => line.trim() !== "" && !progressLine.test(line));
    return reasons.slice(-shownLines).join("; ") || `go ended with code ${code ?? "none"}`;
}
