import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/**
 * The folder, outside the checkout, for what takes long to fetch or build: every clone on a machine
 * shares it. `$STEWARD_CACHE`, else `$XDG_CACHE_HOME/steward`, else `~/.cache/steward`. It may not
 * exist yet.
 *
 * @returns an absolute path; a relative XDG_CACHE_HOME is ignored, as its specification demands.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
    const own = env["STEWARD_CACHE"];
    if (own !== undefined && own !== "") return resolve(own);
    const shared = env["XDG_CACHE_HOME"];
    if (shared !== undefined && isAbsolute(shared)) return join(shared, "steward");
    return join(env["HOME"] ?? homedir(), ".cache", "steward");
}
