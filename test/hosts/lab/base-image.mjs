import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { proxy } from "./package-cache.mjs";
import { cache } from "./places.mjs";
import { run } from "./run.mjs";

/** What a cloud image of Debian has as well; the rest is installed by whoever needs it. */
const packages = [
    ...["systemd", "systemd-sysv", "dbus", "openssh-server", "sudo", "ca-certificates"],
    ...["iproute2", "procps", "netbase", "iputils-ping", "python3", "tzdata", "netcat-openbsd"],
];

/** Units that stand in the way of a test, or need what a container has not. */
const masked = [
    ...["systemd-resolved.service", "systemd-networkd.service", "getty.target"],
    ...["console-getty.service", "apt-daily.timer", "apt-daily-upgrade.timer"],
];

export const baseImage = join(cache, "base");
const stamp = join(cache, "base.stamp");

const stampOf = (source) => {
    const told = JSON.stringify([2, source.lines, packages, masked]);
    return createHash("sha256").update(told).digest("hex");
};

export const isCurrent = (source) =>
    existsSync(stamp) && readFileSync(stamp, "utf8") === stampOf(source);

/** Builds the image that every host's disk lies over. About two minutes, once. */
export async function buildBaseImage(source, say) {
    if (isCurrent(source)) return;
    say("building the base image, about two minutes, once");
    mkdirSync(cache, { recursive: true });
    rmSync(stamp, { force: true });
    rmSync(baseImage, { recursive: true, force: true });
    await run(
        "mmdebstrap",
        ...["--quiet", "--mode=root", "--variant=minbase", "--skip=cleanup/apt/lists"],
        `--include=${packages.join(",")}`,
        `--aptopt=Acquire::http::Proxy "${proxy}"`,
        '--aptopt=Acquire::Languages "none"',
        "--dpkgopt=force-unsafe-io",
        ...[source.suite, baseImage, ...source.lines],
    );
    const inside = (...args) => run("chroot", baseImage, ...args);
    await inside("systemctl", "--quiet", "mask", ...masked);
    await inside("useradd", "--create-home", "--shell", "/bin/bash", "debian");
    writeFileSync(join(baseImage, "etc/sudoers.d/90-debian"), "debian ALL=(ALL) NOPASSWD:ALL\n", {
        mode: 0o440,
    });
    await inside("sh", "-c", "rm -f /etc/ssh/ssh_host_* /usr/sbin/policy-rc.d");
    for (const file of ["machine-id", "resolv.conf", "default/locale"]) {
        writeFileSync(join(baseImage, "etc", file), "");
    }
    writeFileSync(stamp, stampOf(source));
}
