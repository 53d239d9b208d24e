import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runsQuery } from "../../../../../components/platforms/azure/machines/shared-copy";
import {
    copyScript,
    sharedCopyStart,
} from "../../../../../components/platforms/azure/machines/shared-copy-start";

const start = {
    share: "shared.file.core.windows.net:/shared/shared",
    accountName: "copies",
    hourUtc: 4,
};

let root = "";
beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-shared-copy-"));
    mkdirSync(join(root, "bin"));
});
afterEach(() => {
    rmSync(root, { recursive: true });
});

/** The script with mount and rclone played: what the real ones do is not shown. */
function run(codes: { readonly mount: number; readonly sync: number }) {
    const program = (name: string, ...lines: string[]) => {
        const path = join(root, "bin", name);
        const told = `echo "${name} $*" >> ${root}/asked`;
        writeFileSync(path, ["#!/bin/bash", told, ...lines, ""].join("\n"));
        chmodSync(path, 0o755);
    };
    program("mount", `exit ${String(codes.mount)}`);
    // Whoever writes to one that does not read is ended by the system.
    const rclone = ['test "$1" != rcat || cat > /dev/null', 'test "$1" != sync || exit'] as const;
    program("rclone", rclone[0], `${rclone[1]} ${String(codes.sync)}`);
    const script = copyScript(start).replaceAll("/usr/local/lib/steward/", "");
    const env = { PATH: `${join(root, "bin")}:/usr/bin:/bin`, RUNTIME_DIRECTORY: root };
    const { status } = spawnSync("bash", ["-c", script], { cwd: "/", env, encoding: "utf8" });
    return { status, asked: readFileSync(join(root, "asked"), "utf8").trim().split("\n") };
}

const to = (container: string) =>
    `:azureblob,account=copies,use_msi=true,no_check_container=true:${container}`;

describe("the copy of the shared directory", () => {
    it("reads the share, makes the container like it, and says that it went well", () => {
        const { status, asked } = run({ mount: 0, sync: 0 });
        expect(status).toBe(0);
        expect(asked).toEqual([
            `mount -t nfs -o ro,vers=4.1,sec=sys,nconnect=4,noresvport ${start.share} ${root}/share`,
            `rclone sync ${root}/share ${to("shared")} --links --transfers=8 --log-level=NOTICE`,
            `rclone rcat ${to("runs")}/last`,
        ]);
    });

    it("deletes nothing of the copy where the share is not there, and says nothing", () => {
        const { status, asked } = run({ mount: 32, sync: 0 });
        expect([status, asked.length]).toEqual([32, 1]);
    });

    it("does not say that it went well where it did not", () => {
        const { status, asked } = run({ mount: 0, sync: 1 });
        expect([status, asked.some((each) => each.includes("rcat"))]).toEqual([1, false]);
        expect(runsQuery("copies")).toContain('Uri has "/runs/last"');
    });

    it("runs each day at its hour, in a unit whose mount nobody else sees", () => {
        const { packages, write_files } = sharedCopyStart(start);
        expect(packages).toEqual(["nfs-common"]);
        const texts = write_files.map(({ path, content }) => [path.split("/").at(-1), content]);
        const { "shared-copy.timer": timer = "", "shared-copy.service": service = "" } =
            Object.fromEntries(texts) as Record<string, string>;
        expect(timer).toContain("OnCalendar=*-*-* 04:00:00 UTC\n");
        expect(service).toContain("PrivateMounts=yes\n");
        expect(service).toContain("ExecStart=/usr/local/sbin/copy-shared-directory\n");
    });
});
