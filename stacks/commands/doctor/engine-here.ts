import { cacheFolder } from "../../../rehearsal/engine/cache-folder";
import { engineTool } from "../../../rehearsal/engine/engine";
import type { FoundTool } from "../../../rehearsal/engine/tool";
import { fromCache, fromPath } from "../../../rehearsal/engine/tool";

export interface EngineHere {
    readonly found: FoundTool<"path" | "cache"> | undefined;
    /** A sentence for each one on PATH that is not taken. */
    readonly refused: readonly string[];
}

/** By the environment that was looked at: several checks ask at once, and `pulumi version` takes a second. */
const looked = new WeakMap<NodeJS.ProcessEnv, Promise<EngineHere>>();

/** The engine on PATH, else in the cache; looked for once in a run. Installs and builds nothing. */
export function engineHere(env: NodeJS.ProcessEnv): Promise<EngineHere> {
    const here = looked.get(env) ?? lookFor(env);
    looked.set(env, here);
    return here;
}

async function lookFor(env: NodeJS.ProcessEnv): Promise<EngineHere> {
    const tool = engineTool();
    const cache = cacheFolder(env);
    const refused: string[] = [];
    const found = (await fromPath(tool, cache, env, refused)) ?? fromCache(tool, cache);
    return { found, refused };
}
