// A program of its own, run by azure-changing.test.ts: makes a database on Azure, has it grow as Azure has it grow, and
// changes its tags, once as the engine does it by itself and once after `up` of Steward has had it read. Prints what
// came of each, as JSON.
//
//   node azure-changing.mjs <state folder>
import { spawn, execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const from = (path) => require(join("../../dist", path));
const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { Ledger } = from("rehearsal/provider/ledger");
const { Seal } = from("rehearsal/provider/seal");
const { engineEnvironment, openRehearsal } = from("rehearsal/rehearsal");
const { startStandIns } = from("rehearsal/stand-in-process");
const { readChanging } = from("stacks/commands/changing");

const [stateDir] = process.argv.slice(2);
const engine = await findEngine({ progress: silentProgress });
const stack = "changing";
const serverType = "azure-native:dbforpostgresql:Server";

const program = (owner) => () => {
    const { Provider } = require("@pulumi/azure-native/provider");
    const { ResourceGroup } = require("@pulumi/azure-native/resources");
    const { Server } = require("@pulumi/azure-native/dbforpostgresql");
    const provider = new Provider("azure", { location: "canadacentral" });
    const { name } = new ResourceGroup("group", { resourceGroupName: "hubs" }, { provider });
    new Server(
        "database",
        {
            resourceGroupName: name,
            serverName: "hubs-0a1b2c",
            availabilityZone: "1",
            version: "16",
            sku: { name: "Standard_D2s_v3", tier: "GeneralPurpose" },
            administratorLogin: "hub",
            administratorLoginPassword: "Random1-password",
            storage: { storageSizeGB: 32, autoGrow: "Enabled", type: "Premium_LRS" },
            tags: { "owner-party": owner },
        },
        { provider, protect: true, ignoreChanges: ["storage.storageSizeGB"] },
    );
    return Promise.resolve({});
};

async function up(owner) {
    const rehearsal = await openRehearsal({
        ...{ stack, stateDir, engine, progress: silentProgress },
        config: () => ({ "pulumi:disable-default-providers": ["*"] }),
        program: program(owner),
    });
    const { succeeded, errors } = await rehearsal.up();
    const { folder } = rehearsal;
    rehearsal.close();
    const [server] = account(folder).all(serverType);
    return {
        folder,
        succeeded,
        errors: errors.map(({ message }) => message),
        sizeGiB: server?.outputs.storage.storageSizeGB,
        owner: server?.outputs.tags["owner-party"],
    };
}

const account = (folder) => new Ledger(folder.accountFile, new Seal(folder.passphrase()));

function grow(folder) {
    const ledger = account(folder);
    const [server] = ledger.all(serverType);
    const grown = (props) => ({ ...props, storage: { ...props.storage, storageSizeGB: 64 } });
    ledger.put({ ...server, inputs: grown(server.inputs), outputs: grown(server.outputs) });
}

/** The CLI as it is in a rehearsal. */
function cliOf(folder, addresses) {
    const options = {
        cwd: folder.root,
        env: {
            ...process.env,
            PULUMI_HOME: folder.home(),
            ...engineEnvironment(folder, addresses),
        },
    };
    return {
        read: async (args) => (await promisify(execFile)(engine.path, args, options)).stdout,
        foreground: (args) =>
            new Promise((resolve) => {
                const child = spawn(engine.path, args, { ...options, stdio: ["ignore", 2, 2] });
                child.once("exit", resolve);
            }),
    };
}

const told = ({ folder: _, ...rest }) => rest;
const made = await up("2i2c");
if (!made.succeeded) throw new Error(made.errors.join("\n"));
grow(made.folder);
const stale = await up("utoronto");
const standIns = await startStandIns({ folder: made.folder.root });
const code = await readChanging(cliOf(made.folder, standIns.addresses), stack, true);
standIns.stop();
const read = await up("utoronto");
const again = await up("utoronto");
process.stdout.write(
    `\n${JSON.stringify({ made: told(made), stale: told(stale), code, read: told(read), again: told(again) })}\n`,
);
