// The bare side of "first-resource": an Automation API program that registers one resource, on the same engine
// and with the same stand-ins, which it starts while the SDK loads, as a rehearsal does.
//
//   node one-resource.mjs <folder> [<folder of the engine>]
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { mkdirSync, writeFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const [folder, root] = process.argv.slice(2);
const { startStandIns } = require("../../dist/rehearsal/stand-in-process");

mkdirSync(join(folder, "state"), { recursive: true });
writeFileSync(join(folder, "passphrase"), "bench");
const starting = startStandIns({ folder });
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");
const pulumiCommand = await PulumiCommand.get(root === undefined ? {} : { root });
const standIns = await starting;
const stack = await LocalWorkspace.createOrSelectStack(
    {
        stackName: "bare",
        projectName: "bare",
        program: () => {
            const { RandomPassword } = require("@pulumi/random/randomPassword");
            new RandomPassword("one", { length: 16 });
            return Promise.resolve({});
        },
    },
    {
        pulumiCommand,
        pulumiHome: join(folder, "home"),
        envVars: {
            PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
            PULUMI_CONFIG_PASSPHRASE: "bench",
            PULUMI_DEBUG_PROVIDERS: standIns.addresses,
            PULUMI_SKIP_UPDATE_CHECK: "true",
        },
    },
);
await stack.up();
standIns.stop();
