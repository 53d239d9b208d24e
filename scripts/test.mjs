// Lint, types and every test; the last line counts them all: `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { obstacle } from "../test/hosts/lab/needs.mjs";
import { build } from "./build.mjs";

const checks = [
    ["lint", "eslint", ["."]],
    ["format", "prettier", ["--check", "."]],
    ["types", "tsc", ["--noEmit"]],
];

/** Of the tests on hosts those that take three minutes together; `npm run test:hosts` runs the faults as well. */
const onHosts = ["command", "gate", "steps", "up"].map((name) => `test/hosts/${name}.test.ts`);

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

/** Runs jest by a program that takes its options, and counts what came of it. */
function runTests(name, program, ...args) {
    const report = join(folder, `${name}.json`);
    const { status } = spawnSync(
        process.execPath,
        [program, ...args, "--json", `--outputFile=${report}`],
        { stdio: ["inherit", "ignore", "inherit"] },
    );
    let wrong = 0;
    try {
        const counts = JSON.parse(readFileSync(report, "utf8"));
        passed += counts.numPassedTests;
        wrong = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
        process.stdout.write(wordSlowest(counts.testResults));
        if (counts.numPendingTests > 0) {
            process.stdout.write(`${counts.numPendingTests} skipped: see what they say above\n`);
        }
    } catch {
        wrong = 1; // jest ended before it could count
    }
    failed += status !== 0 && wrong === 0 ? 1 : wrong;
}

const given = process.argv.slice(2);
// Jest leaves one core to itself, which does little.
runTests("all", "node_modules/jest/bin/jest.js", "--maxWorkers=100%", ...given);

// It changes the machine's network and may install packages: only where everything has to be tested.
if (process.env.STEWARD_ALL_TESTS !== undefined && given.length === 0) {
    const why = await obstacle();
    if (why === undefined) runTests("hosts", "test/hosts/test.mjs", ...onHosts);
    else process.stdout.write(`tests on hosts are left out: ${why}\n`);
}

rmSync(folder, { recursive: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
