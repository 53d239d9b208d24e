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
    tool("restic", 'echo "$*" >>"$LOG"');
    tool("jq", ":"); // the repository has nothing
    tool("sleep", ":");
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

function tool(name: string, script: string) {
    writeFileSync(join(root, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** The command on a host that has homes on a disk, and databases; what restic was asked for, in its own words. */
function run(...words: string[]) {
    writeFileSync(
        join(root, "etc/steward/backups/settings"),
        "export RESTIC_REPOSITORY='s3:of copies'\nexport AWS_SECRET_ACCESS_KEY='hush'\nhost='node-1'\nprune='false'\n",
    );
    const homes = join(root, "homes");
    writeFileSync(
        join(root, "etc/steward/backups/sources"),
        `homes\tfiles\t${homes}\t\t${homes}\npostgresql\tpostgresql\t\t\t\n`,
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
        expect(run("back-up", "homes")).toMatchObject({ status: 0, copied: [anything, anything] });
        expect(result()).toBe("1");
    });

    it("are no good copy when it is not mounted: the empty folder is", () => {
        owned();
        const { status, said, copied } = run("back-up", "homes");
        expect([status, copied, result()]).toEqual([1, [], "0"]);
        expect(said).toContain("no disk is mounted at /homes where homes lies; mount it first");
    });

    it("are not there yet, where it never was", () => {
        const { status, said, copied } = run("back-up", "homes");
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

describe("homes that somebody works in", () => {
    beforeEach(() => {
        tool("mountpoint", ":");
    });
    const end = "Warning: at least one source file could not be read";
    const vanished = "error: lstat /homes/a/x.lock: no such file or directory";

    /** A restic that says so each time, and ends with a code; what was asked for as copies. */
    const told = (code: number, ...lines: readonly string[]) => {
        writeFileSync(join(root, "told"), `${lines.join("\n")}\n`);
        tool(
            "restic",
            `echo "$*" >>"$LOG"; case "$*" in *--stdin*) ;; *" backup "*) cat ${root}/told >&2; exit ${String(code)} ;; esac`,
        );
        const { status, said, copied } = run("back-up", "homes");
        return { status, said, ended: copied.filter((line) => line.includes("/homes/whole")) };
    };

    it("are a copy at the third try, if all that it lacks was deleted meanwhile", () => {
        const { status, said, ended } = told(3, vanished, vanished, end);
        expect([status, ended.length, result()]).toEqual([0, 1, "1"]);
        expect(said.split("\n").filter((line) => line === vanished)).toHaveLength(6);
        expect(said).toContain("homes is copied without what vanished meanwhile\n");
    });

    it.each([
        ["could not be read", 3, [vanished, "error: read /homes/b: input/output error", end]],
        ["is not named", 3, [end]],
        ["was not even begun", 1, [vanished, "Fatal: unable to save snapshot"]],
    ])("are none where something %s", (_, code, lines) => {
        const { status, said, ended } = told(code, ...lines);
        expect([status, ended, result()]).toEqual([1, [], "0"]);
        expect(said).toContain("homes was not copied whole in 3 tries");
    });

    it("are none where their disk was taken away meanwhile", () => {
        tool("mountpoint", `[ "$(grep -c ' backup ' "$LOG")" -lt 3 ]`);
        expect(told(3, vanished, end)).toMatchObject({ status: 1, ended: [] });
    });
});

it("lets no process of postgres know what opens the repository", () => {
    tool("mountpoint", ":");
    tool("pg_lsclusters", "echo 15 main 5433 online postgres /srv/main /var/log/main");
    tool("setpriv", `env >>${root}/seen; case "$*" in *pg_database*) echo commcarehq ;; esac`);
    tool("restic", 'echo "$* $RESTIC_REPOSITORY $AWS_SECRET_ACCESS_KEY" >>"$LOG"');
    const { copied } = run("back-up", "postgresql");
    expect(copied).toHaveLength(2);
    for (const line of copied) expect(line).toMatch(/ s3:of copies hush$/);
    const seen = readFileSync(join(root, "seen"), "utf8");
    expect(seen.match(/^PGPORT=5433$/gm)).toHaveLength(3);
    expect(seen).not.toMatch(/RESTIC|AWS/);
    // The drill's server as well: nobody becomes postgres otherwise.
    expect(backupsCommand.match(/setpriv|runuser|\bsu /g)).toHaveLength(1);
});
