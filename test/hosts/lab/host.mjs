import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { baseImage } from "./base-image.mjs";
import { dropGroups, firstProcessOf, reap } from "./control-groups.mjs";
import { mountDisk, unmountDisk } from "./disk.mjs";
import { plugIn, unplug } from "./network.mjs";
import { proxy } from "./package-cache.mjs";
import { addressesOf, diskOf, folderOf, mostHosts, nameOf, numberOf, state } from "./places.mjs";
import { alive, kill, notePid, run, succeeds, until } from "./run.mjs";

const supervisor = fileURLToPath(new URL("supervisor.mjs", import.meta.url));
const pidFile = (name) => join(folderOf(name), "pid");

/** Signals by which systemd, as the first process, is asked to switch off or to start again. */
const powerOff = 34 + 4;
const restart = 34 + 5;

/** The hosts that there are, on or off, in order. */
export function hosts() {
    const folder = join(state, "hosts");
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, "host_key.pub")))
        .sort((a, b) => numberOf(a) - numberOf(b));
}

export const isOn = (name) => alive(pidFile(name)) !== undefined;

export const hostKeyOf = (name) =>
    readFileSync(join(folderOf(name), "host_key.pub"), "utf8")
        .split(" ")
        .slice(0, 2)
        .join(" ");

/** Gives a host its disk and its cable. */
export async function makeHost(name, clientKey) {
    await makeDisk(name, clientKey, baseImage);
    await plugIn(name);
}

/** Gives a host its disk; a new one also its name and its keys, known before anybody asks it. */
export async function makeDisk(name, clientKey, image) {
    await mountDisk(name, image);
    const hostKey = join(folderOf(name), "host_key");
    if (!existsSync(`${hostKey}.pub`)) {
        await run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", hostKey);
        writeIdentity(name, clientKey);
    }
}

function writeIdentity(name, clientKey) {
    const [folder, disk] = [folderOf(name), diskOf(name)];
    const etc = (file, text) => writeFileSync(join(disk, "etc", file), text);
    const known = Array.from({ length: mostHosts }, (_, at) => {
        const { v4, v6 } = addressesOf(at + 1);
        return `${v4} ${nameOf(at + 1)}\n${v6} ${nameOf(at + 1)}\n`;
    });
    etc("hostname", `${name}\n`);
    // Over the base image's own word, which is the cache of whichever laboratory built it.
    etc("apt/apt.conf.d/zz-cache", `Acquire::http::Proxy "${proxy}";\n`);
    etc("hosts", `127.0.0.1 localhost\n::1 localhost\n${known.join("")}`);
    for (const end of ["", ".pub"]) {
        copyFileSync(
            join(folder, `host_key${end}`),
            join(disk, `etc/ssh/ssh_host_ed25519_key${end}`),
        );
    }
    for (const home of ["root", "home/debian"]) {
        const { uid, gid } = statSync(join(disk, home));
        const ssh = join(disk, home, ".ssh");
        mkdirSync(ssh, { recursive: true, mode: 0o700 });
        writeFileSync(join(ssh, "authorized_keys"), readFileSync(clientKey), { mode: 0o600 });
        for (const each of [ssh, join(ssh, "authorized_keys")]) chownSync(each, uid, gid);
    }
}

/** Switches a host on; `ready` waits for it. */
export async function boot(name) {
    if (isOn(name)) return;
    await reap(name);
    const console = openSync(join(folderOf(name), "console.log"), "a");
    const child = spawn(
        "unshare",
        ["--mount", "--propagation", "slave", process.execPath, supervisor, name],
        { detached: true, stdio: ["ignore", console, console] },
    );
    child.unref();
    notePid(pidFile(name), child.pid);
}

/** Waits until a host is up: sshd lets its owner in, and systemd has started what it was told to. */
export async function ready(name) {
    await until(`${name} is up`, 60, async () => {
        if (!isOn(name)) {
            const log = readFileSync(join(folderOf(name), "console.log"), "utf8");
            throw new Error(
                `${name} ended by itself: ${log.trim().split("\n").slice(-3).join(" ")}`,
            );
        }
        return ssh(name, "systemctl is-system-running --wait | grep -qE 'running|degraded'");
    });
}

/** Whether a command succeeds on a host, by a connection of its own. */
export const ssh = (name, command) =>
    succeeds(
        "ssh",
        "-F",
        join(state, "ssh_config"),
        "-o",
        "ControlPath=none",
        "-l",
        "debian",
        name,
        command,
    );

/** As if somebody pulled the plug: nothing is written that was not on its disk. */
export async function crash(name) {
    const first = firstProcessOf(name);
    if (first !== undefined) kill(first);
    await reap(name);
}

/** Switches a host off in order. */
export async function stop(name) {
    const first = firstProcessOf(name);
    if (first !== undefined) kill(first, powerOff);
    await until(`${name} is off`, 90, () => !isOn(name));
}

/** Starts a host again in order, and waits until it is up. */
export async function reboot(name) {
    const before = firstProcessOf(name);
    if (before === undefined) throw new Error(`${name} is off`);
    kill(before, restart);
    await until(`${name} is down`, 90, () => firstProcessOf(name) !== before);
    await ready(name);
}

/** Removes a host with its disk. */
export async function dropHost(name) {
    await crash(name);
    await unplug(name);
    dropGroups(name);
    await unmountDisk(name);
    rmSync(folderOf(name), { recursive: true, force: true });
}
