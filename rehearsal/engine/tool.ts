import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Progress } from "../progress";
import { askProgram, executablesOnPath, isExecutable, rememberedAnswer } from "./executable";
import type { GoProgram } from "./go-build";
import { withLock } from "./lock";
import { isAtLeast, parseVersion, type Version } from "./version";

/** A command-line program the rehearsal needs, and how it is had. */
export interface Tool {
    /** Its executable, and its folder in the cache. */
    readonly command: string;
    /** The folder of the cache it goes to. */
    readonly folder: string;
    /** The version that is installed or built, without a leading v. */
    readonly version: string;
    /** The oldest version on PATH that is taken; a newer major version is not. */
    readonly minimum: Version;
    /** Arguments that make it print its version, without asking the network. */
    readonly versionArgs: readonly string[];
    readonly program: GoProgram;
}

/** Where a tool was found, and which version it is (without a leading v). */
export interface FoundTool<Source extends string> {
    readonly path: string;
    readonly version: string;
    readonly source: Source;
}

/** Puts the files of a tool into `root`, so that `root/bin/<command>` is its executable. */
export type Supply = (root: string) => Promise<void>;

/**
 * Where the cache keeps the executable: `<cache>/engine/3.250.0-linux-x64/bin/pulumi`. The platform is
 * in it because home folders are shared with containers; `bin` because the Automation API and the
 * official installer both take the folder above it for an installation.
 */
export function cachedPath(tool: Tool, cacheDir: string): string {
    return join(cachedRoot(tool, cacheDir), "bin", executableName(tool));
}

/** The folder of one version of a tool in the cache. */
export function cachedRoot(tool: Tool, cacheDir: string): string {
    const platform = `${process.platform}-${process.arch}`;
    return join(cacheDir, tool.folder, `${tool.version}-${platform}`);
}

/** The file name of the executable on this platform. */
export function executableName(tool: Tool): string {
    return process.platform === "win32" ? `${tool.command}.exe` : tool.command;
}

/** The tool in the cache: looked at, not run, since the path has the version. */
export function fromCache(tool: Tool, cacheDir: string): FoundTool<"cache"> | undefined {
    const path = cachedPath(tool, cacheDir);
    return isExecutable(path) ? { path, version: tool.version, source: "cache" } : undefined;
}

/**
 * The first program on PATH that is new enough.
 *
 * @param reasons Gets a sentence for each one that is not.
 */
export async function fromPath(
    tool: Tool,
    cacheDir: string,
    env: NodeJS.ProcessEnv,
    reasons: string[],
): Promise<FoundTool<"path"> | undefined> {
    const memory = join(cacheDir, tool.folder, "on-path.json");
    const { minimum } = tool;
    for (const path of executablesOnPath(tool.command, env)) {
        const answer = await rememberedAnswer(path, tool.versionArgs, askEnv(env), memory);
        const version = parseVersion(answer ?? "");
        if (version === undefined) reasons.push(`${path} does not tell its version`);
        else if (version[0] === minimum[0] && isAtLeast(version, minimum)) {
            return { path, version: version.join("."), source: "path" };
        } else {
            const taken = `${minimum[0]}.x from ${minimum.join(".")} on`;
            reasons.push(`${path} is ${version.join(".")}, taken is ${taken}`);
        }
    }
    return undefined;
}

/**
 * Fills the cache. Two processes that want the same tool at once do the work once; what is half done
 * is never seen, because a finished folder is moved into place by one rename.
 *
 * @param supply Does the work; it may take minutes.
 * @throws what `supply` throws, and the error of the file system for a cache that cannot be written.
 */
export async function intoCache(
    tool: Tool,
    cacheDir: string,
    env: NodeJS.ProcessEnv,
    progress: Progress,
    supply: Supply,
): Promise<string> {
    const folder = join(cacheDir, tool.folder);
    mkdirSync(folder, { recursive: true });
    const path = cachedPath(tool, cacheDir);
    let waited = false;
    const work = async (): Promise<void> => {
        if (waited) progress.done();
        if (isExecutable(path)) return; // Another process was faster.
        removeLeftovers(folder);
        const root = mkdtempSync(join(folder, unfinished));
        try {
            mkdirSync(join(root, "bin"));
            await supply(root);
            await verify(tool, join(root, "bin", executableName(tool)), env);
            const target = cachedRoot(tool, cacheDir);
            rmSync(target, { recursive: true, force: true });
            renameSync(root, target);
        } finally {
            rmSync(root, { recursive: true, force: true });
        }
    };
    await withLock(join(folder, "lock"), work, (pid) => {
        if (!waited) progress.step(`waiting for ${tool.program.title}: process ${pid} prepares it`);
        waited = true;
        progress.update(undefined);
    });
    return path;
}

const unfinished = "unfinished-";

/** Of builds that were killed. Only the holder of the lock does this, so nobody else is at work. */
function removeLeftovers(folder: string): void {
    for (const name of readdirSync(folder)) {
        if (name.startsWith(unfinished))
            rmSync(join(folder, name), { recursive: true, force: true });
    }
}

/** A program that does not run here, or is not what was asked for, must not get into the cache. */
async function verify(tool: Tool, path: string, env: NodeJS.ProcessEnv): Promise<void> {
    const answer = await askProgram(path, tool.versionArgs, askEnv(env));
    if (parseVersion(answer)?.join(".") !== tool.version) {
        throw new Error(`${tool.program.title} says it is ${answer}, not ${tool.version}`);
    }
}

/** Without this the Pulumi CLI asks the network for a newer release of itself. */
function askEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
}
