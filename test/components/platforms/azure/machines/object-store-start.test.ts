import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectStore } from "../../../../../components/model/commcare/object-store";
import {
    installScript,
    objectStoreStart,
} from "../../../../../components/platforms/azure/machines/object-store-start";

let root = "";
beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-object-store-"));
    for (const each of ["bin", "etc", "opt"]) mkdirSync(join(root, each));
    writeFileSync(join(root, "etc/fstab"), "");
    writeFileSync(join(root, "disk"), "");
});
afterEach(() => {
    rmSync(root, { recursive: true });
});

interface Machine {
    /** What blkid ends with: 0 where it finds a file system, 2 where there is nothing. */
    readonly blkid: number;
    readonly sum: string;
}

/** The script with the machine's programs played: what the real ones do is not shown. */
function run({ blkid, sum }: Machine, args: readonly string[] = []) {
    const program = (name: string, ...lines: string[]) => {
        const path = join(root, "bin", name);
        const told = `echo "${name} $*" >> ${root}/asked`;
        writeFileSync(path, ["#!/bin/bash", told, ...lines, ""].join("\n"));
        chmodSync(path, 0o755);
    };
    for (const each of ["mkfs.ext4", "mount", "systemctl", "useradd", "install"]) program(each);
    program("blkid", `exit ${String(blkid)}`);
    program("mountpoint", "exit 1");
    program("id", "exit 1");
    program("go", 'if test "$1" = mod; then', `    echo '{ "Sum": "${sum}" }'`, "fi");
    const script = join(root, "script");
    const own = installScript(join(root, "disk"))
        .replaceAll("/opt/data", `${root}/opt/data`)
        .replaceAll("/etc/fstab", `${root}/etc/fstab`);
    writeFileSync(script, own);
    const env = { PATH: `${join(root, "bin")}:/usr/bin:/bin` };
    return spawnSync("bash", [script, ...args], { cwd: "/", env, encoding: "utf8" });
}

const asked = () => readFileSync(join(root, "asked"), "utf8");
const { sum, version } = objectStore;

describe("the machine with the object store", () => {
    it("makes a file system on a disk that has none, mounts it, and builds the version that was tried", () => {
        const { status, stderr } = run({ blkid: 2, sum });
        expect([status, stderr]).toEqual([0, ""]);
        expect(asked()).toContain(`mkfs.ext4 -q ${root}/disk`);
        expect(asked()).toContain(`mount ${root}/opt/data`);
        expect(asked()).toContain(
            `go install github.com/versity/versitygw/cmd/versitygw@${version}`,
        );
        expect(asked().trim().split("\n").at(-1)).toBe("systemctl restart object-store.service");
    });

    it("leaves a disk with data as it is, and can be done again", () => {
        run({ blkid: 0, sum });
        const { status } = run({ blkid: 0, sum });
        expect([status, asked().includes("mkfs")]).toEqual([0, false]);
        expect(readFileSync(join(root, "etc/fstab"), "utf8")).toBe(
            `${root}/disk ${root}/opt/data ext4 noatime,nofail 0 2\n`,
        );
    });

    it("writes nothing on a disk of which it cannot tell what is on it", () => {
        const { status, stderr } = run({ blkid: 8, sum });
        expect([status, asked().includes("mkfs"), asked().includes("mount")]).toEqual([
            1,
            false,
            false,
        ]);
        expect(stderr).toContain("nothing was written");
    });

    it("builds nothing of another sum, and another version by its own", () => {
        const { status, stderr } = run({ blkid: 0, sum: "h1:other=" });
        expect([status, asked().includes("go install")]).toEqual([1, false]);
        expect(stderr).toContain("nothing was installed");
        expect(run({ blkid: 0, sum: "h1:new=" }, ["v9.0.0", "h1:new="]).status).toBe(0);
        expect(asked()).toContain("versitygw@v9.0.0");
    });

    it("has its key in one file, which root alone reads", () => {
        const { write_files } = objectStoreStart("/dev/x", "its-key") as {
            write_files: { path: string; permissions: string; content: string }[];
        };
        const holds = write_files.filter(({ content }) => content.includes("its-key"));
        expect(holds.map(({ path, permissions }) => [path, permissions])).toEqual([
            ["/etc/object-store.env", "0600"],
        ]);
        const unit = write_files.find(({ path }) => path.endsWith(".service"))?.content ?? "";
        expect(unit).toContain("EnvironmentFile=/etc/object-store.env");
        expect(unit).toContain(`posix ${objectStore.directory}\n`);
        expect(unit).toContain("User=objects");
    });
});
