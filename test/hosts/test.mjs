// Raises the laboratory, runs the tests on its hosts, and leaves nothing behind but its cache.
import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { commandPlugin } from "./lab/command-plugin.mjs";
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

// Which provider has run the commands is a part of what the tests say.
if (process.env.STEWARD_COMMAND_PLUGIN === "official") {
    const folder = commandPlugin(process.env);
    if (folder === undefined) {
        process.stderr.write(
            "STEWARD_COMMAND_PLUGIN=official: pulumi-resource-command is not here; `pulumi plugin install resource command`\n",
        );
        process.exit(1);
    }
    process.env.PATH = [folder, process.env.PATH].join(delimiter);
    process.stderr.write(`the engine runs commands by the official plugin, of ${folder}\n`);
} else {
    process.stderr.write("the engine runs commands by the rehearsal's own provider\n");
}

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(lab("down")));
await build(); // the engine's tests run what stands in dist/
let status = lab("up", "3");
if (status === 0) {
    const jest = ["node_modules/jest/bin/jest.js", "--config", "jest.hosts.cjs"];
    status = node(...jest, "--forceExit", ...process.argv.slice(2)); // connections stay for seconds
}
process.exit(lab("down") || status);
