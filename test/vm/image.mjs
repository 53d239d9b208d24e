import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { baseImage } from "../hosts/lab/base-image.mjs";
import { proxy } from "../hosts/lab/package-cache.mjs";
import { cache } from "../hosts/lab/places.mjs";
import { run, succeeds } from "../hosts/lab/run.mjs";

/** What a virtual machine has besides a host of the laboratory: a kernel of its own, and its network's set-up. */
const machine = ["linux-image-cloud-amd64", "initramfs-tools", "udev", "kmod"];

/**
 * Packages of Steward's that are there before it comes. They have no part in what only a kernel shows, their
 * installation is seen on the laboratory's hosts, and a processor that is a program unpacks them for a quarter of an hour.
 */
const before = [
    ...["aide", "fail2ban", "git", "python3-systemd", "unattended-upgrades"],
    ...["prometheus", "prometheus-alertmanager", "prometheus-blackbox-exporter"],
    "prometheus-node-exporter",
];
const packages = [...machine, ...before];

const folder = join(cache, "vm");
const stamp = join(folder, "stamp");

/** The files of a machine, before it has a name. */
export const vmImage = join(folder, "root");
export const kernel = join(vmImage, "vmlinuz");
export const ramDisk = join(vmImage, "initrd.img");

const stampOf = () => {
    const told = JSON.stringify([2, readFileSync(join(cache, "base.stamp"), "utf8"), packages]);
    return createHash("sha256").update(told).digest("hex");
};

/** Builds the image of virtual machines out of the hosts' one. About a minute, once. */
export async function buildVmImage(say) {
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === stampOf()) return;
    say("building the image of virtual machines, about a minute, once");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run("cp", "--archive", baseImage, vmImage);
    const apt = (...args) =>
        run(
            ...["chroot", vmImage, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"],
            ...["-o", `Acquire::http::Proxy=${proxy}`, ...args],
        );
    await run("mount", "-t", "proc", "proc", join(vmImage, "proc"));
    try {
        await apt("update");
        await apt("install", "--yes", "--no-install-recommends", ...packages);
        // A container has its network from outside; a machine sets it up by itself.
        await run("chroot", vmImage, "systemctl", "--quiet", "unmask", "systemd-networkd.service");
        await run("chroot", vmImage, "systemctl", "--quiet", "enable", "systemd-networkd.service");
    } finally {
        await succeeds("umount", join(vmImage, "proc"));
    }
    writeFileSync(stamp, stampOf());
}
