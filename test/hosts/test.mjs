// Raises the laboratory, runs the tests on its hosts, and leaves nothing behind but its cache.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { obstacle } from "./lab/needs.mjs";
import { build } from "../../scripts/build.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const node = (...args) =>
    spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
const lab = (...args) => node("test/hosts/lab.mjs", ...args);

const why = await obstacle();
if (why !== undefined) {
    process.stderr.write(`tests on hosts are left out: ${why}\n`);
    // Where everything has to be tested, leaving something out is a failure.
    process.exit(process.env.STEWARD_ALL_TESTS === undefined ? 0 : 1);
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(lab("down")));
await build(); // the engine's tests run what stands in dist/
let status = lab("up", "3");
if (status === 0) {
    const jest = ["node_modules/jest/bin/jest.js", "--config", "jest.hosts.cjs"];
    status = node(...jest, "--forceExit", ...process.argv.slice(2)); // connections stay for seconds
}
process.exit(lab("down") || status);
