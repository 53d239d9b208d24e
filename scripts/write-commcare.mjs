// Writes docs/commcare.md from the service catalogue, the sizing and the transcribed stack.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { commcareDocument } = require("../dist/components/model/commcare/document.js");
const { readStackFile } = require("../dist/stacks/commands/stack-file.js");
const original = JSON.parse(
    readFileSync(join(root, "test", "fixtures", "commcare-eu.json"), "utf8"),
);
const read = { reservedContacts: "allowed", now: new Date() };
const { spec } = readStackFile("commcare-aws-eu", read);
const text = commcareDocument(spec.workload.plan, original);
writeFileSync(join(root, "docs", "commcare.md"), text);
