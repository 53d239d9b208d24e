import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { unmountDisk } from "../hosts/lab/disk.mjs";
import { makeDisk, ssh } from "../hosts/lab/host.mjs";
import { plugInMachine, unplug } from "../hosts/lab/network.mjs";
import { addressesOf, diskOf, folderOf, gateway, numberOf } from "../hosts/lab/places.mjs";
import { alive, kill, notePid, run, until } from "../hosts/lab/run.mjs";
import { kernel, ramDisk, vmImage } from "./image.mjs";

const pidFile = (name) => join(folderOf(name), "pid");
const rootDisk = (name) => join(folderOf(name), "root.img");
const dataDisk = (name) => join(folderOf(name), "data.img");

/** Its processor is a program, so that everything takes some fifteen times as long. */
const startUp = 300;

/** The machine's own processor where it takes guests; else a program that plays one, on as many threads. */
const takesGuests =
    existsSync("/dev/kvm") && /^flags.* (vmx|svm) /m.test(readFileSync("/proc/cpuinfo", "utf8"));
const processor = takesGuests
    ? ["-accel", "kvm", "-cpu", "host"]
    : ["-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max"];

/** A machine with a name, an address, keys, a root disk and an empty one for data. */
export async function makeMachine(name, clientKey) {
    await makeDisk(name, clientKey, vmImage);
    const { v4, v6 } = addressesOf(numberOf(name));
    const etc = (file, ...lines) =>
        writeFileSync(join(diskOf(name), "etc", file), `${lines.join("\n")}\n`);
    mkdirSync(join(diskOf(name), "etc/systemd/network"), { recursive: true });
    const network = [`Address=${v4}/24`, `Address=${v6}/64`, `Gateway=${gateway.v4}`];
    etc("systemd/network/10-card.network", "[Match]", "Name=eth0", "[Network]", ...network);
    // It starts with a ram disk from outside: none of its own is made anew after each package.
    etc("initramfs-tools/update-initramfs.conf", "update_initramfs=no");
    etc("fstab", "/dev/vda / ext4 errors=remount-ro 0 1");
    const [root, data] = [rootDisk(name), dataDisk(name)];
    await run("mke2fs", "-q", "-t", "ext4", "-L", "root", "-d", diskOf(name), root, "6G");
    await run("truncate", "--size", "2G", data);
    await unmountDisk(name);
}

/** Where QEMU listens for what somebody does to the machine. */
const monitor = (name) => join(folderOf(name), "monitor");

/** Switches a machine on, with the disk of its data or without. Its clock begins with this one's. */
export async function startMachine(name, withData = true) {
    const card = await plugInMachine(name);
    const mac = `02:73:74:77:01:${numberOf(name).toString(16).padStart(2, "0")}`;
    const output = openSync(join(folderOf(name), "qemu.log"), "a");
    const disk = (file, serial) => [
        ...["-drive", `file=${file},if=none,id=${serial},format=raw,cache=unsafe`],
        ...["-device", `virtio-blk-pci,drive=${serial},serial=${serial}`],
    ];
    const child = spawn(
        "qemu-system-x86_64",
        [
            ...["-machine", "q35", ...processor, "-smp", "2", "-m", "2048"],
            ...["-kernel", kernel, "-initrd", ramDisk],
            ...["-append", "root=/dev/vda rw console=ttyS0 quiet net.ifnames=0 panic=5"],
            ...disk(rootDisk(name), "root"),
            ...(withData ? disk(dataDisk(name), "data") : []),
            ...["-netdev", `tap,id=card,ifname=${card},script=no,downscript=no`],
            ...["-device", `virtio-net-pci,netdev=card,mac=${mac}`, "-device", "virtio-rng-pci"],
            ...["-display", "none"],
            ...["-monitor", `unix:${monitor(name)},server,nowait`],
            ...["-serial", `file:${join(folderOf(name), "console.log")}`],
        ],
        { detached: true, stdio: ["ignore", output, output] },
    );
    child.unref();
    notePid(pidFile(name), child.pid);
}

/** Switches it on, and waits until it is up. */
export async function bootMachine(name) {
    await startMachine(name);
    await until(`${name} is up`, startUp, () => {
        if (alive(pidFile(name)) === undefined) {
            const log = readFileSync(join(folderOf(name), "qemu.log"), "utf8");
            throw new Error(`${name} ended by itself: ${log.trim()}`);
        }
        return ssh(name, "systemctl is-system-running --wait | grep -qE 'running|degraded'");
    });
}

/** Pulls the plug of a machine, and takes its card away. */
export async function dropMachine(name) {
    const pid = alive(pidFile(name));
    if (pid !== undefined) kill(pid);
    await until(`${name} is off`, 10, () => alive(pidFile(name)) === undefined);
    await unplug(name);
}

/** Gives the disk of its data as much room, while the machine runs. */
export async function growData(name, size) {
    const socket = connect(monitor(name));
    socket.end(`block_resize data ${size}\n`);
    const said = await text(socket);
    if (said.includes("Error")) throw new Error(said);
}
