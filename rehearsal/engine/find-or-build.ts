import { join } from "node:path";
import type { Progress } from "../progress";
import { cacheFolder } from "./cache-folder";
import { buildWithGo } from "./go-build";
import { executableName, fromCache, fromPath, intoCache, type FoundTool, type Tool } from "./tool";

/** Something one can do without, and why it is not here. */
export interface Missing {
    readonly missing: string;
}

export interface FindOptions {
    /** Where tools are kept; by default the folder of `cacheFolder`. */
    readonly cacheDir?: string;
    readonly progress: Progress;
    /** By default the environment of this process. */
    readonly env?: NodeJS.ProcessEnv;
}

/**
 * A tool: on PATH, else in the cache, else built with Go, once for a machine.
 *
 * @returns why there is none instead of throwing.
 */
export async function findOrBuild(
    tool: Tool,
    options: FindOptions,
): Promise<FoundTool<"path" | "cache" | "built"> | Missing> {
    const env = options.env ?? process.env;
    const cacheDir = options.cacheDir ?? cacheFolder(env);
    const reasons: string[] = [];

    const found = (await fromPath(tool, cacheDir, env, reasons)) ?? fromCache(tool, cacheDir);
    if (found !== undefined) return found;
    if (reasons.length === 0) reasons.push(`${tool.command} is not on PATH`);

    let source: "cache" | "built" = "cache";
    try {
        const path = await intoCache(tool, cacheDir, env, options.progress, async (root) => {
            const target = join(root, "bin", executableName(tool));
            await buildWithGo(tool.program, target, options.progress, env);
            source = "built";
        });
        return { path, version: tool.version, source };
    } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
        return { missing: reasons.join("; ") };
    }
}
