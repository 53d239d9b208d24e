// Writes docs/platforms.md from the rehearsed states of one stack for each workload and platform, and of hubs with a
// zone on each cloud. It rehearses them, or finds them: `node scripts/write-platforms.mjs [FOLDER]` reads FOLDER/<stack>
// where it is there, and FOLDER/zone-<cloud>.
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
        at: `${workload}-${platform}`,
    })),
);
const zones = ["aws", "azure"].map((platform) => ({
    stack: `jupyterhub-${platform}`,
    workload: "jupyterhub",
    platform,
    at: `zone-${platform}`,
    file: `test/fixtures/zone-${platform}.yaml`,
}));
await build();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { platformTable } = require("../dist/policies/platform-table.js");
const { readRehearsedState } = require("../dist/stacks/commands/state-source.js");
const [given] = process.argv.slice(2);
const folder = given ?? mkdtempSync(join(tmpdir(), "steward-platforms-"));
try {
    const rehearsed = [...stacks, ...zones].map(({ stack, at, file, ...of }) => {
        const own = join(folder, at);
        if (!existsSync(own)) rehearse(stack, own, file);
        return { ...of, stack: file ?? stack, resources: readRehearsedState(stack, own) };
    });
    writeFileSync(join(root, "docs", "platforms.md"), platformTable(rehearsed));
} finally {
    if (given === undefined) rmSync(folder, { recursive: true });
}

function rehearse(stack, own, file) {
    const given = file === undefined ? [] : ["--stack-file", join(root, file)];
    const steward = join(root, "scripts", "steward.mjs");
    const args = [steward, "rehearse", stack, "--state-dir", own, ...given];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
    if (status !== 0) throw new Error(`${stack} could not be rehearsed`);
}
