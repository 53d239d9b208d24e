// Writes docs/platforms.md from the rehearsed states of one stack for each workload and platform, which it rehearses
// for that, or finds: `node scripts/write-platforms.mjs [FOLDER]` reads FOLDER/<stack> where it is there.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const stacks = ["jupyterhub", "commcare"].flatMap((workload) =>
    ["aws", "azure", "vms"].map((platform) => ({
        stack: `${workload}-${platform}`,
        workload,
        platform,
    })),
);
await build();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { platformTable } = require("../dist/policies/platform-table.js");
const { readRehearsedState } = require("../dist/stacks/commands/state-source.js");
const [given] = process.argv.slice(2);
const folder = given ?? mkdtempSync(join(tmpdir(), "steward-platforms-"));
try {
    const rehearsed = stacks.map((each) => {
        const own = join(folder, each.stack);
        if (!existsSync(own)) rehearse(each.stack, own);
        return { ...each, resources: readRehearsedState(each.stack, own) };
    });
    writeFileSync(join(root, "docs", "platforms.md"), platformTable(rehearsed));
} finally {
    if (given === undefined) rmSync(folder, { recursive: true });
}

function rehearse(stack, own) {
    const args = [join(root, "scripts", "steward.mjs"), "rehearse", stack, "--state-dir", own];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (status !== 0) throw new Error(`${stack} could not be rehearsed`);
}
