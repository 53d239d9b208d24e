import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disksCommand } from "../../../../components/platforms/vms/disks/disks-command";

// What the command does to disks, with others in the place of LVM and cryptsetup that write down how they were
// called. Not proven here: that the real ones do with it what they should; that takes a kernel of a host's own.

let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-disks-"));
    for (const folder of ["bin", "etc/steward/disks", "dev/mapper", "opt"]) {
        mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, "dev/new"), "");
    writeFileSync(join(root, "etc/fstab"), "UUID=1 / ext4 defaults 0 1\n");
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

/** Whatever writes on a disk. */
const writers = ["cryptsetup luksFormat", "vgcreate", "lvcreate", "mkfs.ext4"];

/**
 * A host on which commands say what `says` has for them, by name or by name and first word; a status other than 0
 * stands before the text, as in `1:`. All others say nothing and succeed.
 */
function run(says: Readonly<Record<string, string>>, sealed = "sealed", verb?: string) {
    const named = ["wipefs", "lsblk", "cryptsetup", "blkid", "vgs", "vgcreate", "pvs", "lvs"];
    const more = ["lvcreate", "lvchange", "mkfs.ext4", "lvextend", "pvresize", "resize2fs"];
    const rest = ["mountpoint", "mount", "chattr", "systemctl", "findmnt", "install"];
    for (const name of [...named, ...more, ...rest]) {
        const cases = Object.entries(says)
            .filter(([key]) => key.split(" ")[0] === name)
            .map(([key, text]) => {
                const [, status = "0", words = text] = /^(\d+):(.*)$/s.exec(text) ?? [];
                const asked = key.includes(" ") ? `"${key} "*` : "*";
                return `${asked}) printf '${words}\\n'; exit ${status} ;;`;
            });
        const said = `case "${name} $* " in ${cases.join(" ")} esac`;
        writeFileSync(
            join(root, "bin", name),
            `#!/bin/sh\necho "${name} $*" >>${root}/log\n${said}\n`,
        );
        chmodSync(join(root, "bin", name), 0o755);
    }
    const table = `${root}/dev/new\t${root}/opt/data\t${sealed}\tsteward_opt_data\n`;
    writeFileSync(join(root, "etc/steward/disks/table"), table);
    const script = disksCommand
        .replace("PATH=", `PATH=${root}/bin:`)
        .replaceAll("[ -b ", "[ -e ")
        .replaceAll("[ ! -b ", "[ ! -e ")
        .replaceAll("/etc/", `${root}/etc/`)
        .replaceAll("/dev/mapper/", `${root}/dev/mapper/`);
    writeFileSync(join(root, "log"), "");
    const { stdout, stderr, status } = spawnSync("sh", ["-s", ...(verb ? [verb] : [])], {
        input: script,
        encoding: "utf8",
    });
    const log = readFileSync(join(root, "log"), "utf8").replaceAll(root, "").trim().split("\n");
    const wrote = log.filter((line) => writers.some((each) => line.startsWith(each)));
    return {
        stdout: stdout.trim(),
        stderr: stderr.replaceAll(root, "").trim(),
        status,
        log,
        wrote,
    };
}

const empty = {
    "lsblk --noheadings": "new",
    "cryptsetup isLuks": "1:",
    "cryptsetup luksUUID": "42",
    "blkid --probe": "steward_opt_data",
    vgs: "1:",
    "pvs --noheadings": "steward_opt_data",
    lvs: "1:",
    mountpoint: "1:",
};

const file = (path: string) => readFileSync(join(root, path), "utf8").replaceAll(root, "");

it("makes a volume of an empty disk: LUKS, LVM, ext4, in this order, and hangs it up without nofail", () => {
    mkdirSync(join(root, "opt/data"));
    const { stdout, status, log, wrote } = run(empty);
    expect([stdout, status]).toEqual(["changed", 0]);
    expect(wrote).toEqual([
        "cryptsetup luksFormat --batch-mode --type luks2 --label steward_opt_data --key-file /etc/steward/disks/key /dev/new",
        "vgcreate --quiet steward_opt_data /dev/mapper/steward_opt_data-sealed",
        "lvcreate --quiet --wipesignatures n --extents 100%FREE --name data steward_opt_data",
        "mkfs.ext4 -q -m 1 -L steward_opt_data /dev/steward_opt_data/data",
    ]);
    expect(file("etc/fstab")).toBe(
        "UUID=1 / ext4 defaults 0 1\n/dev/steward_opt_data/data /opt/data ext4 defaults,nodev,nosuid 0 2\n",
    );
    expect(file("etc/crypttab")).toBe(
        "steward_opt_data-sealed UUID=42 /etc/steward/disks/key luks\n",
    );
    // Nothing can be written into the folder while no disk is there.
    expect(log.indexOf("chattr +i /opt/data")).toBeLessThan(log.indexOf("mount /opt/data"));
    expect(log.indexOf("chattr +i /opt/data")).toBeGreaterThan(0);
});

it("forgets a disk that the table has no more, and touches nothing on it", () => {
    mkdirSync(join(root, "opt/data"));
    const system = "UUID=1 / ext4 defaults 0 1\n";
    const old = "/dev/steward_srv/data /srv ext4 defaults,nodev,nosuid 0 2\n";
    writeFileSync(join(root, "etc/fstab"), system + old);
    writeFileSync(join(root, "etc/crypttab"), "steward_srv-sealed UUID=7 key luks\n");
    const { stdout, status, log } = run(empty);
    expect([stdout, status]).toEqual(["changed", 0]);
    expect(file("etc/fstab")).toMatch(/^UUID=1 \/ ext4 defaults 0 1\n\/dev\/steward_opt_data\//);
    expect(file("etc/fstab")).not.toContain("steward_srv");
    expect(file("etc/crypttab")).toBe(
        "steward_opt_data-sealed UUID=42 /etc/steward/disks/key luks\n",
    );
    expect(log.filter((line) => line.includes("steward_srv"))).toEqual([]);
});

it("leaves LUKS out where the disk is not to be sealed", () => {
    mkdirSync(join(root, "opt/data"));
    const { wrote, log } = run(empty, "plain");
    expect(wrote[0]).toBe("vgcreate --quiet steward_opt_data /dev/new");
    expect(log.filter((line) => line.startsWith("cryptsetup"))).toEqual([]);
});

it.each([
    ["a filesystem", { wipefs: "ext4" }, "sealed", "has ext4 on it, and is none of /opt/data's"],
    ["a table of partitions", { wipefs: "gpt" }, "plain", "has gpt on it"],
    ["volumes of somebody else", { wipefs: "LVM2_member" }, "plain", "has LVM2_member on it"],
    ["partitions", { "lsblk --noheadings": "new\\nnew1" }, "plain", "has partitions or is in use"],
    [
        "another seal",
        { "cryptsetup isLuks": "0:", "blkid --probe": "theirs" },
        "sealed",
        "is sealed and is none of /opt/data's",
    ],
    [
        "another disk's volumes",
        { vgs: "0:", "pvs --noheadings": "theirs" },
        "plain",
        "volumes lie on another disk than /dev/new",
    ],
])("writes nothing on a disk with %s", (_, says, sealed, words) => {
    const { status, stderr, wrote } = run({ ...empty, ...says }, sealed);
    expect([status, wrote]).toEqual([1, []]);
    expect(stderr).toContain(words);
});

it("makes no filesystem over what lay inside a disk whose table was cleared", () => {
    const wipefs = `wipefs --no-act --noheadings --output TYPE /dev/steward_opt_data/data`;
    const { status, stderr, wrote } = run({ ...empty, [wipefs]: "xfs" }, "plain");
    expect(status).toBe(1);
    expect(stderr).toContain("/dev/steward_opt_data/data has xfs on it");
    expect(wrote.filter((line) => line.startsWith("mkfs"))).toEqual([]);
});

it("writes nothing on an empty disk in the place of one that had data", () => {
    const line = `/dev/steward_opt_data/data ${root}/opt/data ext4 defaults 0 2\n`;
    writeFileSync(join(root, "etc/fstab"), line);
    const { status, stderr, wrote } = run(empty);
    expect([status, wrote]).toEqual([1, []]);
    expect(stderr).toContain("/dev/new is not the disk that /opt/data was on");
});

it("does not hide files that lie in the folder", () => {
    mkdirSync(join(root, "opt/data"));
    writeFileSync(join(root, "opt/data/mine"), "");
    const { status, stderr, log } = run(empty);
    expect(status).toBe(1);
    expect(stderr).toContain("/opt/data has files of its own, which the disk would hide");
    expect(log).not.toContain("mount /opt/data");
});

it("gives a volume the room that its disk has grown by, and makes nothing meanwhile", () => {
    const there = { "vgs --noheadings": "  512 " };
    const { stdout, wrote, log } = run(there, "sealed", "grow");
    expect([stdout, wrote]).toEqual(["changed", []]);
    expect(log.slice(1)).toEqual([
        "cryptsetup resize --key-file /etc/steward/disks/key steward_opt_data-sealed",
        "pvresize --quiet /dev/mapper/steward_opt_data-sealed",
        "vgs --noheadings --options vg_free_count steward_opt_data",
        "lvextend --quiet --extents +100%FREE steward_opt_data/data",
        "resize2fs /dev/steward_opt_data/data",
    ]);
    expect(run({ mountpoint: "1:" }, "sealed", "grow").log).toHaveLength(1);
});

it("is undone without touching a disk: it forgets it at the next start", () => {
    mkdirSync(join(root, "opt/data"));
    run(empty);
    const { wrote, log } = run({}, "sealed", "release");
    expect([wrote, log]).toEqual([[], ["systemctl daemon-reload", "systemctl daemon-reload"]]);
    expect(file("etc/fstab")).toBe("UUID=1 / ext4 defaults 0 1\n");
    expect(file("etc/crypttab")).toBe("");
});
