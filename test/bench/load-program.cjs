// Loads what the program of a stack is built from, and ends: `node load-program.cjs jupyterhub-azure`. With `--list`
// it says which packages that were, one a line.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");
const from = (path) => require(join(root, "dist", path));
const [stack, list] = process.argv.slice(2);

from("rehearsal/light-sdk").lightenSdk();
from("stacks/program");
const { config } = require("yaml").parse(
    readFileSync(join(root, "stacks", `Pulumi.${stack}.yaml`), "utf8"),
);
const ours = Object.entries(config).filter(([key]) => key.startsWith("steward:"));
const { spec, problems } = from("components/model/spec").parseSpec(
    Object.fromEntries(ours.map(([key, value]) => [key.slice("steward:".length), value])),
);
if (spec === undefined) throw new Error(`${stack}: ${JSON.stringify(problems)}`);
from("components/build-cluster").loadBuilder(spec);

if (list === "--list") {
    const names = Object.keys(require.cache).flatMap(
        (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
    );
    process.stdout.write([...new Set(names)].sort().join("\n"));
}
