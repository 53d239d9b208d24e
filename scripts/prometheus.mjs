// Finds the tools of Prometheus and Alertmanager, or builds them once, for the tests of rules and routes.
import { createRequire } from "node:module";
import { build } from "./build.mjs";

await build();
const require = createRequire(import.meta.url);
const { progressOn } = require("../dist/rehearsal/progress.js");
const { findOrBuild } = require("../dist/rehearsal/engine/find-or-build.js");
const { amtool, promtool } = require("../dist/rehearsal/prometheus/tools.js");

const progress = progressOn();
for (const tool of [amtool(), promtool()]) {
    const found = await findOrBuild(tool, { progress });
    process.stdout.write(
        "missing" in found
            ? `${tool.command}: none, ${found.missing}\n`
            : `${tool.command}: ${found.version} (${found.source})\n`,
    );
}
