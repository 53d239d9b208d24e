// Writes docs/rules.md from the rules.
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { rules } = require("../dist/policies/rules.js");
const { ruleTable } = require("../dist/policies/rule-table.js");
await writeFile(join(root, "docs", "rules.md"), ruleTable(rules));
