// Lint, types and every test; the last line counts them all: `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "./build.mjs";

const checks = [
    ["lint", "eslint", ["."]],
    ["format", "prettier", ["--check", "."]],
    ["types", "tsc", ["--noEmit"]],
];

/** The files that took longest, in seconds: where time can be won. */
function wordSlowest(files, count = 8) {
    const timed = files.map(({ name, startTime, endTime }) => [
        (endTime - startTime) / 1000,
        relative(process.cwd(), name),
    ]);
    const slowest = timed.sort(([one], [other]) => other - one).slice(0, count);
    return slowest.map(([s, name]) => `${s.toFixed(0).padStart(5)} s ${name}\n`).join("");
}

await build(); // the engine's tests run what stands in dist/

let passed = 0;
let failed = 0;
for (const [name, command, args] of checks) {
    const began = Date.now();
    const { status } = spawnSync(join("node_modules", ".bin", command), args, { stdio: "inherit" });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${name}: ${status === 0 ? "passed" : "failed"} (${seconds} s)\n`);
    if (status === 0) passed += 1;
    else failed += 1;
}

const folder = mkdtempSync(join(tmpdir(), "steward-test-"));
const report = join(folder, "jest.json");
const jest = spawnSync(
    process.execPath,
    [
        "node_modules/jest/bin/jest.js",
        "--maxWorkers=100%", // jest leaves one core to itself, which does little
        "--json",
        `--outputFile=${report}`,
        ...process.argv.slice(2),
    ],
    { stdio: ["inherit", "ignore", "inherit"] },
);
try {
    const counts = JSON.parse(readFileSync(report, "utf8"));
    passed += counts.numPassedTests;
    failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
    process.stdout.write(wordSlowest(counts.testResults));
    if (counts.numPendingTests > 0) {
        process.stdout.write(`${counts.numPendingTests} skipped: see what they say above\n`);
    }
} catch {
    failed += 1; // jest ended before it could count
}
if (jest.status !== 0 && failed === 0) failed += 1;
rmSync(folder, { recursive: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
