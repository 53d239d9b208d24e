import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backupsCommand } from "../../../../components/platforms/vms/backups/backups-command";

// What the command makes of what its tools say, with others in their place. Not proven here: that restic and PostgreSQL
// say so, which test/hosts/backup.test.ts shows.

let root: string;

const folders = ["bin", "etc/steward/backups", "var/lib", "run/lock", "homes"];

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-backups-"));
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
    tool("mountpoint", "exit 1");
    tool("restic", resticSays);
    tool("jq", ":"); // the repository has nothing
    tool("sleep", ":");
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

function tool(name: string, script: string) {
    writeFileSync(join(root, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

const resticSays = 'echo "$*" >>"$LOG"';

/** The command on a host that has homes on a disk; what restic was asked for, by its own words. */
function run(...words: string[]) {
    writeFileSync(
        join(root, "etc/steward/backups/settings"),
        "export RESTIC_REPOSITORY=sftp:backups:/srv AWS_SECRET_ACCESS_KEY=hush\nhost=node-1\nprune=false\n",
    );
    const homes = join(root, "homes");
    writeFileSync(
        join(root, "etc/steward/backups/sources"),
        `homes\tfiles\t${homes}\t\t${homes}\n`,
    );
    const command = join(root, "bin/steward-backups");
    const moved = ["/etc/steward", "/var/lib", "/var/cache", "/run/lock"].reduce(
        (text, place) => text.replaceAll(place, `${root}${place}`),
        backupsCommand.replace("PATH=", `PATH=${root}/bin:`),
    );
    writeFileSync(command, moved, { mode: 0o755 });
    const log = join(root, "log");
    writeFileSync(log, "");
    const { status, stdout, stderr } = spawnSync(command, words, {
        encoding: "utf8",
        env: { LOG: log },
    });
    const asked = readFileSync(log, "utf8").replaceAll(root, "").trim().split("\n");
    const copied = asked.filter((line) => / backup /.test(line));
    return { status, said: `${stdout}${stderr}`.replaceAll(root, ""), asked, copied };
}

/** The homes were copied from here before. */
function owned() {
    mkdirSync(join(root, "var/lib/steward/backups/own"), { recursive: true });
    writeFileSync(join(root, "var/lib/steward/backups/own/homes"), "run-1\n");
}

const result = () => {
    const path = join(root, "var/lib/steward/backups/backup/homes.result");
    return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
};

describe("homes on a disk", () => {
    it("are copied while it is mounted", () => {
        tool("mountpoint", `[ "$*" = "--quiet ${root}/homes" ]`);
        expect(run("back-up")).toMatchObject({ status: 0, copied: [anything, anything] });
        expect(result()).toBe("1");
    });

    it("are no good copy when it is not mounted: the empty folder is", () => {
        owned();
        const { status, said, copied } = run("back-up");
        expect([status, copied, result()]).toEqual([1, [], "0"]);
        expect(said).toContain("no disk is mounted at /homes where homes lies; mount it first");
    });

    it("are not there yet, where it never was", () => {
        const { status, said, copied } = run("back-up");
        expect([status, copied, result()]).toEqual([0, [], undefined]);
        expect(said).toBe("homes is not on this host yet\n");
    });

    it("do not come back below its mount point", () => {
        const { status, said, asked } = run("restore", "homes", "run-1");
        expect(status).toBe(1);
        expect(said).toContain("no disk is mounted at /homes");
        expect(asked.filter((line) => / restore /.test(line))).toEqual([]);
    });
});

const anything: unknown = expect.any(String);
