// Raises one virtual machine with a kernel of its own, tests on it what no container can show, and removes it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "../../scripts/build.mjs";
import { aptSource } from "../hosts/lab/apt-source.mjs";
import { buildBaseImage } from "../hosts/lab/base-image.mjs";
import { hosts } from "../hosts/lab/host.mjs";
import { clientKey, writeInventory } from "../hosts/lab/inventory.mjs";
import { installTools, obstacle } from "../hosts/lab/needs.mjs";
import { raiseNetwork } from "../hosts/lab/network.mjs";
import { startPackageCache } from "../hosts/lab/package-cache.mjs";
import { buildVmImage } from "./image.mjs";
import { bootMachine, dropMachine, makeMachine } from "./machine.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const node = (...args) =>
    spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
const say = (text) => process.stderr.write(`virtual machine: ${text}\n`);
const name = "vm1";

async function raise() {
    if (hosts().length > 0) throw new Error("the laboratory is up: `node test/hosts/lab.mjs down`");
    await installTools(say, { "qemu-system-x86_64": "qemu-system-x86", mke2fs: "e2fsprogs" });
    await raiseNetwork();
    const source = await aptSource();
    await startPackageCache(source);
    await buildBaseImage(source, say);
    await buildVmImage(say);
    await makeMachine(name, await clientKey());
    writeInventory(60);
    const began = Date.now();
    await bootMachine(name);
    say(`up after ${Math.round((Date.now() - began) / 1_000)} s`);
}

async function drop() {
    await dropMachine(name);
    return node("test/hosts/lab.mjs", "down");
}

const why = await obstacle();
if (why !== undefined) {
    process.stderr.write(`tests on a virtual machine are left out: ${why}\n`);
    process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => void drop().then((status) => process.exit(status)));
}
await build(); // the engine's tests run what stands in dist/
let status = 1;
try {
    await raise();
    const jest = ["node_modules/jest/bin/jest.js", "--config", "jest.hosts.cjs"];
    status = node(...jest, "--roots", "test/vm", "--forceExit", ...process.argv.slice(2));
} catch (error) {
    say(error.message);
}
process.exit((await drop()) || status);
