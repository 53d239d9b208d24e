import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../rehearsal/engine/cache-folder";
import { cachedPath, fromCache } from "../../rehearsal/engine/tool";
import { amtool, promtool } from "../../rehearsal/prometheus/tools";

const tools = { amtool: amtool(), promtool: promtool() };
const cache = cacheFolder(process.env);
const here = Object.values(tools).every((tool) => fromCache(tool, cache) !== undefined);

/** Tests that ask the tools of Prometheus; left out aloud where those are not, and red where nothing may be. */
export function describeWithTools(name: string, tests: () => void): void {
    if (here || process.env["STEWARD_ALL_TESTS"] !== undefined) {
        describe(name, tests);
        return;
    }
    describe.skip(name, () => {
        it("needs promtool and amtool: npm run prometheus", () => undefined);
    });
}

/**
 * What a tool says of files, which lie in the folder where it runs.
 *
 * @returns its exit code, and all that it printed.
 */
export function ask(
    tool: keyof typeof tools,
    args: readonly string[],
    files: Readonly<Record<string, string>>,
): { code: number | null; said: string } {
    const folder = mkdtempSync(join(tmpdir(), "steward-prometheus-"));
    try {
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
        const path = cachedPath(tools[tool], cache);
        const { status, stdout, stderr } = spawnSync(path, args, {
            cwd: folder,
            encoding: "utf8",
        });
        return { code: status, said: `${stdout}${stderr}`.trim() };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
