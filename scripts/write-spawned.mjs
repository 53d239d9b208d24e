// Writes docs/spawned.md from the rehearsed state of the default stack, which it rehearses for that.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const stack = "jupyterhub-aws";
await build();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { spawnedBy } = require("../dist/policies/spawned.js");
const { spawnedTable } = require("../dist/policies/spawned-table.js");
const { readRehearsedState } = require("../dist/stacks/commands/state-source.js");
const folder = mkdtempSync(join(tmpdir(), "steward-spawned-"));
try {
    const args = [join(root, "scripts", "steward.mjs"), "rehearse", stack, "--state-dir", folder];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (status !== 0) throw new Error(`${stack} could not be rehearsed`);
    const spawned = spawnedBy(readRehearsedState(stack, folder));
    writeFileSync(join(root, "docs", "spawned.md"), spawnedTable(stack, "aws", spawned));
} finally {
    rmSync(folder, { recursive: true });
}
