#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { aptSource } from "./lab/apt-source.mjs";
import { buildBaseImage, isCurrent } from "./lab/base-image.mjs";
import * as disk from "./lab/disk.mjs";
import * as host from "./lab/host.mjs";
import { clientKey, writeInventory } from "./lab/inventory.mjs";
import { installTools, obstacle } from "./lab/needs.mjs";
import * as network from "./lab/network.mjs";
import { startPackageCache, stopPackageCache } from "./lab/package-cache.mjs";
import { cache, mostHosts, nameOf, state } from "./lab/places.mjs";

const usage = `Hosts for tests: real Linux, real systemd, real SSH, on this machine alone. Needs root.

  node test/hosts/lab.mjs up [N]          N hosts, vm1 to vmN (3); what runs already stays as it is
  node test/hosts/lab.mjs down            removes every host, and all of the laboratory but its cache
  node test/hosts/lab.mjs purge           down, and the cache as well
  node test/hosts/lab.mjs reset NAME...   an empty disk and another host key at the same address
  node test/hosts/lab.mjs small NAME...   the same, on a disk that can be filled: in this machine's memory
  node test/hosts/lab.mjs fill NAME...    takes what room a small disk has, but for some files
  node test/hosts/lab.mjs flood NAME...   takes all of it
  node test/hosts/lab.mjs crowd NAME...   leaves a small disk room for forty files
  node test/hosts/lab.mjs empty NAME...   gives it back
  node test/hosts/lab.mjs reboot NAME...  starts again in order
  node test/hosts/lab.mjs crash NAME...   pulls the plug
  node test/hosts/lab.mjs stop NAME...    switches off in order
  node test/hosts/lab.mjs start NAME...   switches on, the disk as it was
  node test/hosts/lab.mjs cut NAME...     pulls the network cable
  node test/hosts/lab.mjs heal NAME...    puts it back
  node test/hosts/lab.mjs connections     TCP connections that each host has taken so far, as JSON
  node test/hosts/lab.mjs able            exits 0 where hosts can run; else says why not, and exits 4
  node test/hosts/lab.mjs folder          where inventory.json, ssh_config and known_hosts are
`;

const say = (text) => process.stderr.write(`laboratory: ${text}\n`);

async function up(count) {
    const why = await obstacle();
    if (why !== undefined) throw new Error(why);
    if (!(count >= 1 && count <= mostHosts)) throw new Error(`take 1 to ${mostHosts} hosts`);
    await installTools(say);
    await network.raiseNetwork();
    const source = await aptSource();
    await startPackageCache(source);
    if (host.hosts().length > 0 && !isCurrent(source)) {
        throw new Error("the hosts stand on an outdated image: `down` first");
    }
    await buildBaseImage(source, say);
    const key = await clientKey();
    const names = Array.from({ length: count }, (_, at) => nameOf(at + 1));
    await each(names, (name) => host.makeHost(name, key));
    writeInventory();
    await each(names, host.boot);
    await each(names, host.ready);
    say(`${names.join(", ")} are up`);
}

async function down() {
    await each(host.hosts(), host.dropHost);
    stopPackageCache();
    await network.dropNetwork();
    rmSync(state, { recursive: true, force: true });
}

async function reset(name) {
    await host.dropHost(name);
    await host.makeHost(name, await clientKey());
    writeInventory();
    await start(name);
}

async function small(name) {
    await host.dropHost(name);
    await disk.keepInMemory(name);
    await host.makeHost(name, await clientKey());
    writeInventory();
    await start(name);
}

async function start(name) {
    await host.makeHost(name, await clientKey()); // after a restart of this machine its disk is not mounted
    await host.boot(name);
    await host.ready(name);
}

const each = (names, work) => Promise.all(names.map(work));

const onHosts = {
    ...{ reset, start, reboot: host.reboot, crash: host.crash, stop: host.stop },
    ...{ cut: network.cut, heal: network.heal },
    ...{ small, empty: disk.empty },
    fill: (name) => disk.fill(name, 4),
    flood: (name) => disk.fill(name, 0),
    crowd: (name) => disk.crowd(name, 40),
};

async function main([verb, ...args]) {
    if (Object.hasOwn(onHosts, verb ?? "")) {
        const known = host.hosts();
        const strange = args.filter((name) => !known.includes(name));
        if (args.length === 0 || strange.length > 0) {
            throw new Error(`${verb} takes some of: ${known.join(", ") || "no host is up"}`);
        }
        await each(args, onHosts[verb]);
    } else if (verb === "up") await up(Number(args[0] ?? 3));
    else if (verb === "down" || verb === "purge") {
        await down();
        if (verb === "purge") rmSync(cache, { recursive: true, force: true });
    } else if (verb === "connections") {
        const pairs = host
            .hosts()
            .map(async (name) => [name, await network.connectionsTaken(name)]);
        console.log(JSON.stringify(Object.fromEntries(await Promise.all(pairs))));
    } else if (verb === "able") {
        const why = await obstacle();
        if (why === undefined) return;
        console.log(why);
        process.exitCode = 4;
    } else if (verb === "folder") console.log(state);
    else {
        process.stderr.write(usage);
        process.exitCode = 2;
    }
}

/** One command at a time changes the laboratory: the others wait for it. */
function inTurn(args) {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    const self = fileURLToPath(import.meta.url);
    const lock = ["--close", "--timeout", "600", `${state}.lock`, process.execPath, self, ...args];
    const env = { ...process.env, STEWARD_LABORATORY: "locked" };
    const { status } = spawnSync("flock", lock, { stdio: "inherit", env });
    return status ?? 1;
}

const args = process.argv.slice(2);
const changes = args[0] === "up" || args[0] === "down" || args[0] === "purge" || args[0] in onHosts;
if (changes && process.env.STEWARD_LABORATORY !== "locked") process.exitCode = inTurn(args);
else {
    main(args).catch((error) => {
        say(error.message);
        process.exitCode = 1;
    });
}
