// Finds the Pulumi engine and helm, or builds them once, so that what comes next need not wait for them.
import { createRequire } from "node:module";
import { build } from "./build.mjs";

await build();
const require = createRequire(import.meta.url);
const { progressOn } = require("../dist/rehearsal/progress.js");
const { findEngine } = require("../dist/rehearsal/engine/engine.js");
const { findHelm } = require("../dist/rehearsal/helm/helm.js");

const progress = progressOn();
const engine = await findEngine({ progress });
process.stdout.write(`engine: Pulumi ${engine.version} (${engine.source})\n`);
const helm = await findHelm({ progress });
process.stdout.write(
    "missing" in helm
        ? `helm: none, ${helm.missing}\n`
        : `helm: ${helm.version} (${helm.source})\n`,
);
