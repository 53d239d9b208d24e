// Writes stacks/schema.json, the JSON Schema that editors check stack files against.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

await build();
const { stackFileSchema } = createRequire(import.meta.url)(
    "../dist/components/model/spec/stack.js",
);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
writeFileSync(
    join(root, "stacks", "schema.json"),
    `${JSON.stringify(stackFileSchema(), undefined, 4)}\n`,
);
