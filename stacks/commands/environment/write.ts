import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../../../components/model/problem";
import type { Files } from "../../../components/workloads/commcare/environment/files";

export interface Written {
    readonly files: readonly string[];
    readonly unchanged: boolean;
    readonly vault: "none" | "kept" | "new";
}

/**
 * Writes files below a directory, all or none.
 *
 * @param vault Makes the encrypted vault; called only where there is none yet.
 */
export function writeFiles(
    directory: string,
    name: string,
    files: Files,
    vault: (() => string) | undefined,
): Written | { readonly problems: readonly Problem[] } {
    const problems = [...inTheWay(directory, name), ...differing(directory, files)];
    if (problems.length > 0) return { problems };
    const sealed = join(directory, name, "vault.yml");
    const kept = existsSync(sealed);
    const missing = Object.entries(files).filter(([path]) => !existsSync(join(directory, path)));
    for (const [path, text] of missing) write(join(directory, path), text, 0o644);
    if (!kept && vault !== undefined) write(sealed, vault(), 0o600);
    return {
        files: Object.keys(files),
        unchanged: missing.length === 0 && (kept || vault === undefined),
        vault: kept ? "kept" : vault === undefined ? "none" : "new",
    };
}

function write(path: string, text: string, mode: number): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode, flag: "wx" });
}

/** commcare-cloud takes exactly one source of hosts, and a known_hosts only if it names them all. */
function inTheWay(directory: string, name: string): Problem[] {
    if (existsSync(directory) && !statSync(directory).isDirectory()) {
        return [{ path: directory, message: "is no directory", fix: "name another" }];
    }
    return ["inventory.csv", "inventory"]
        .map((each) => join(directory, name, each))
        .filter((path) => existsSync(path))
        .map((path) => ({
            path,
            message: "is a second inventory beside inventory.ini",
            fix: "move it away: commcare-cloud takes one",
        }));
}

function differing(directory: string, files: Files): Problem[] {
    return Object.entries(files).flatMap(([path, text]): Problem[] => {
        const there = join(directory, path);
        if (!existsSync(there)) return [];
        if (statSync(there).isFile() && readFileSync(there, "utf8") === text) return [];
        return [
            {
                path: there,
                message: "is there and differs",
                fix: "write to another directory and compare, or move it away first",
            },
        ];
    });
}
