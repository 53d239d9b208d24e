// Writes docs/sizing.md from the figures of machines.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { sizingTable } = createRequire(import.meta.url)("../dist/components/model/sizing-table.js");
writeFileSync(join(root, "docs", "sizing.md"), sizingTable());
