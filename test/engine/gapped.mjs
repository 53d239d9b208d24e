// A program of its own, run by gate.test.ts: the default stack with one layer vacated, with either line of
// defence taken out. Prints what the engine made of it, and the types in the state, as JSON.
//
//   node gapped.mjs <layer> <state folder> [--pack] [--refusal] [--preview] [--hosts [<stack file>]]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { geolabFile } from "./geolab.mjs";

const require = createRequire(import.meta.url);
const from = (path) => require(join("../../dist", path));
const { buildCluster } = from("components/build-cluster");
const { parseSpec } = from("components/model/spec");
const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { openRehearsal } = from("rehearsal/rehearsal");
const { program } = from("stacks/program");

const [layer, stateDir, ...flags] = process.argv.slice(2);
const has = (flag) => flags.includes(flag);

// Hosts are deployed with --continue-on-error, so the gate is proven with it there.
const hosts = has("--hosts");
const stackFile = flags[flags.indexOf("--hosts") + 1] ?? join("stacks", "Pulumi.commcare-vms.yaml");
const config = hosts ? hostsFile() : geolabFile();
const vacated = {
    ...config,
    "steward:layers": { ...config["steward:layers"], [layer]: { role: null } },
};

function hostsFile() {
    return parse(readFileSync(stackFile, "utf8")).config;
}

function specOf(whole) {
    const keys = Object.entries(whole).filter(([key]) => key.startsWith("steward:"));
    return parseSpec(Object.fromEntries(keys.map(([key, value]) => [key.slice(8), value]))).spec;
}

/** Registers the gapped cluster component and everything below it, past the program's own refusal. */
function pastTheRefusal() {
    const { secret } = require("@pulumi/pulumi");
    const value = secret("rehearsed");
    const key = config["steward:secrets"]?.hosts?.privateKey;
    const privateKey = key === undefined ? value : secret(key);
    const secrets = { prod: { oauthClientSecret: value }, hosts: { privateKey } };
    return buildCluster(specOf(config), secrets, specOf(vacated).matrix);
}

const rehearsal = await openRehearsal({
    stack: "gate",
    stateDir,
    engine: await findEngine({ progress: silentProgress }),
    config: () => vacated,
    program: async () =>
        has("--refusal")
            ? program({ now: new Date(), reservedContacts: "allowed" })
            : pastTheRefusal(),
    ...(has("--pack") ? { policyPack: join(process.cwd(), "policies") } : {}),
    continueOnError: hosts,
    progress: silentProgress,
});
const preview = has("--preview") ? await rehearsal.preview() : undefined;
const up = await rehearsal.up();
const created = (rehearsal.folder.deployment()?.resources ?? []).map(({ type }) => type);
rehearsal.close();
process.stdout.write(`\n${JSON.stringify({ preview, up, created })}\n`);
