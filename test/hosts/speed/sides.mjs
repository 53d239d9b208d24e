import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const require = createRequire(import.meta.url);
const execute = promisify(execFile);

/** Milliseconds that something took. */
async function timed(work) {
    const began = performance.now();
    await work();
    return performance.now() - began;
}

/** Runs a program; what it reads is given to it. Fails, with what it said, where it does not end with 0. */
function run(program, args, { input = "", env = {} } = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, { cwd: root, env: { ...process.env, ...env } });
        let said = "";
        for (const stream of [child.stdout, child.stderr]) {
            stream.setEncoding("utf8").on("data", (chunk) => (said += chunk));
        }
        child.once("error", reject);
        child.once("close", (code) => {
            if (code === 0) resolve(said);
            else reject(new Error(`${program} ended with ${code}: ${said.slice(-2_000)}`));
        });
        child.stdin.end(input);
    });
}

/** The laboratory's stack, as its tests have it: they are TypeScript, and so is what makes it. */
export function stackOf(lab, temporary) {
    const { transformFileSync } = require("@swc/core");
    const Module = require("node:module");
    Module._extensions[".ts"] = (module, file) => {
        const { code } = transformFileSync(file, {
            configFile: false,
            swcrc: false,
            module: { type: "commonjs" },
            jsc: { target: "es2022", parser: { syntax: "typescript" } },
        });
        module._compile(code, file);
    };
    const { labConfig, machines } = require("../stack.ts");
    const inventory = JSON.parse(readFileSync(join(lab, "inventory.json"), "utf8"));
    const file = join(temporary, "stack.yaml");
    const { stringify } = require("yaml");
    writeFileSync(file, stringify({ config: labConfig(inventory) }), { mode: 0o600 });
    return { file, machines };
}

/** What has to be on each host, by the program itself. */
function wanted(file) {
    const from = (path) => require(join(root, "dist/stacks/commands", path));
    const { readStackFile } = from("stack-file");
    const read = readStackFile("commcare-vms", {
        file,
        reservedContacts: "allowed",
        now: new Date(),
    });
    const hosts = from("audit/wanted").wantedHosts(read.spec, "commcare-vms");
    const script = (host) => from("audit/script").scriptOf(from("audit/checks").checks, host, "x");
    return { hosts, script };
}

const steward = join(root, "scripts", "steward.mjs");

/** An `up` that finds nothing to do, on the real engine, and the audit of every host. */
export function ourSides({ file }, temporary) {
    const state = ["--state-dir", join(temporary, "state")];
    const stack = ["commcare-vms", "--stack-file", file];
    const env = { STEWARD_REHEARSE_ON_HOSTS: "1" };
    const up = () =>
        run(process.execPath, [steward, "rehearse", ...stack, ...state, "--json"], { env });
    const audit = () =>
        run(process.execPath, [steward, "audit", ...stack, "--vms", "--json"]).catch((error) => {
            // It ends with 3 where it finds something: fixes of Debian that came since the image was built.
            if (!error.message.includes(" ended with 3: ")) throw error;
        });
    return { up, sides: { up: () => timed(up), audit: () => timed(audit) } };
}

/** The questions of the audit by OpenSSH's client: one command a host, all hosts at once. */
export function bareSide({ file, machines }, lab) {
    const { hosts, script } = wanted(file);
    const config = join(lab, "ssh_config");
    const ask = (host) => {
        const shell = host.user === "root" ? ["sh", "-s"] : ["sudo", "-n", "sh", "-s"];
        const args = ["-F", config, "-l", host.user, machines[host.name], ...shell];
        return run("ssh", args, { input: script(host) });
    };
    return () => timed(() => Promise.all(hosts.map(ask)));
}

/** The same baseline by Ansible, pipelined, over OpenSSH's client with its connections kept: its best. */
export async function ansibleSide({ file, machines }, lab, temporary) {
    const { hosts } = wanted(file);
    const vars = (host) => ({
        ansible_host: machines[host.name],
        ansible_user: host.user,
        ansible_ssh_common_args: `-F ${join(lab, "ssh_config")}`,
        files: host.files.map(({ path, content, mode }, at) => {
            const source = join(temporary, `${host.name}-${at}`);
            writeFileSync(source, content);
            return { path, source, mode: `0${mode}` };
        }),
        names: host.names.block.split("\n").slice(1, -2).join("\n"),
        operators: host.operators,
        packages: ["chrony", "nftables", "fail2ban", "python3-systemd", "unattended-upgrades"],
    });
    const inventory = join(temporary, "inventory.json");
    const all = Object.fromEntries(hosts.map((host) => [host.name, vars(host)]));
    writeFileSync(inventory, JSON.stringify({ all: { hosts: all } }));
    const local = join(temporary, "ansible");
    mkdirSync(local);
    const env = {
        ANSIBLE_PIPELINING: "1",
        ANSIBLE_LOCAL_TEMP: local,
        ANSIBLE_HOME: local,
        ANSIBLE_SSH_CONTROL_PATH_DIR: local,
        ANSIBLE_NOCOLOR: "1",
        ANSIBLE_PYTHON_INTERPRETER: "/usr/bin/python3",
        LC_ALL: "C.UTF-8",
    };
    const playbook = fileURLToPath(new URL("baseline.yml", import.meta.url));
    return async () => {
        let said = "";
        const ms = await timed(async () => {
            said = await run("ansible-playbook", ["-i", inventory, playbook], { env });
        });
        const recaps = said.match(/ok=\d+ +changed=\d+/g) ?? [];
        const changed = recaps.filter((recap) => !/changed=0$/.test(recap));
        if (recaps.length !== hosts.length || changed.length > 0) {
            throw new Error(`Ansible found something to change: ${said.slice(-3_000)}`);
        }
        return ms;
    };
}

/** Debian's Ansible, installed where it is not there. */
export async function ansible(say) {
    const version = () => execute("ansible-playbook", ["--version"]);
    const found = await version().catch(async () => {
        say("installing ansible-core");
        const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
        await execute("apt-get", ["-qq", "update"], { env });
        const args = ["-qq", "install", "--yes", "--no-install-recommends", "ansible-core"];
        await execute("apt-get", args, { env });
        return version();
    });
    return found.stdout.split("\n", 1)[0];
}
