#!/usr/bin/env node
// What `pulumi up` needs of the Node language host, which comes with an official CLI and not with one built with Go:
// the engine starts it by the name pulumi-language-nodejs, reads its port, and has it run the program and the policy
// pack as processes of the SDK.
// The official one also lists the providers to download; here they are the stand-ins, which run already.
//
//   pulumi-language-nodejs <address of the engine>
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const proto = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { version } = require("@pulumi/pulumi/package.json");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

// The engine's own flags, if any, come first.
const engine = process.argv.at(-1);
/** The SDK's own exit code for: everything is said, add nothing. */
const bailed = 32;

/** Node with a module of the SDK that `folder` has installed; it ends with this process. */
function sdk(module, folder, args, options) {
    const path = createRequire(join(folder, "index.js")).resolve(`@pulumi/pulumi/cmd/${module}`);
    const child = spawn(process.execPath, [path, ...args], options);
    process.once("exit", () => child.kill());
    return child;
}

function run({ request }, reply) {
    const info = request.getInfo();
    const config = request.getConfigMap().toArray();
    const args = [
        ...["--monitor", request.getMonitorAddress(), "--engine", engine],
        ...["--organization", request.getOrganization(), "--project", request.getProject()],
        ...["--root-directory", info.getRootDirectory(), "--stack", request.getStack()],
        ...["--pwd", info.getProgramDirectory(), ...(request.getDryrun() ? ["--dry-run"] : [])],
        ...["--parallel", String(request.getParallel()), info.getEntryPoint()],
    ];
    const env = {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: "true",
        // The official host still writes the keys as steward:config:cluster.
        PULUMI_CONFIG: JSON.stringify(
            Object.fromEntries(config.map(([key, text]) => [key.replace(":", ":config:"), text])),
        ),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    };
    const stdio = ["ignore", "inherit", "inherit"];
    sdk("run", info.getProgramDirectory(), args, { env, stdio }).once("exit", (code) => {
        const response = new proto.RunResponse();
        if (code === bailed) response.setBail(true);
        else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
        reply(null, response);
    });
}

/** Runs a policy pack: the only kind of plugin that this project has. */
function runPlugin(call) {
    const folder = call.request.getInfo().getProgramDirectory();
    const pairs = call.request
        .getEnvList()
        .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]);
    const pack = sdk("run-policy-pack", folder, [...call.request.getArgsList(), folder], {
        cwd: folder,
        env: Object.fromEntries(pairs),
        stdio: ["ignore", "pipe", "pipe"],
    });
    const send = (set) => (what) => {
        const response = new proto.RunPluginResponse();
        response[set](what);
        call.write(response);
    };
    pack.stdout.on("data", send("setStdout"));
    pack.stderr.on("data", send("setStderr"));
    pack.once("close", (code) => {
        send("setExitcode")(code ?? 1);
        call.end();
    });
    call.once("cancelled", () => pack.kill());
}

const answer = (make) => (_, reply) => reply(null, make());

const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
server.addService(LanguageRuntimeService, {
    handshake: answer(() => new proto.LanguageHandshakeResponse()),
    getPluginInfo: answer(() => {
        const info = new PluginInfo();
        info.setVersion(version);
        return info;
    }),
    getRequiredPackages: answer(() => new proto.GetRequiredPackagesResponse()),
    run,
    runPlugin,
    cancel: answer(() => new Empty()),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${port}\n`);
});

const parent = process.ppid;
// A killed engine closes nothing: end by ourselves rather than stay behind.
setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
