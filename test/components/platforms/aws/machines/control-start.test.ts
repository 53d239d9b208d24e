import { spawnSync } from "node:child_process";
import {
    chmodSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { triedCommit } from "../../../../../components/model/commcare/control-machine";
import {
    awsControlScript,
    controlStart,
} from "../../../../../components/platforms/aws/machines/control-start";

const start = {
    region: "af-south-1",
    commit: triedCommit,
    keySecret: "commcare-commcare/first_ssh_key",
};

let home = "";
beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "steward-control-"));
    mkdirSync(join(home, "bin"));
    writeFileSync(join(home, ".profile"), "");
});
afterEach(() => {
    rmSync(home, { recursive: true });
});

function program(path: string, lines: readonly string[]): void {
    writeFileSync(join(home, path), ["#!/bin/bash", ...lines, ""].join("\n"));
    chmodSync(join(home, path), 0o755);
}

/** A git that brings a checkout with a bootstrap and a Python that answers with a key, or fails. */
function prepare(python: readonly string[]): void {
    program("bin/git", [
        'test "$1" = clone || exit 9',
        'mkdir -p "$3/control" "$3/.venv/bin"',
        "cat > $3/control/init.sh <<'END'",
        "cd commcare-cloud",
        'echo "$COMMCARE_CLOUD_BRANCH $COMMCARE_CLOUD_ENVIRONMENTS $NO_INPUT" >> ~/bootstrapped',
        "END",
        'cp "$HOME/bin/python" "$3/.venv/bin/python"',
        'echo "$2" >> ~/cloned',
    ]);
    program("bin/python", python);
}

/** The script as `sudo -iu ubuntu` runs it, with commcare-cloud and AWS played: what the real ones do is not shown. */
function run() {
    const script = join(home, "prepare");
    writeFileSync(script, awsControlScript(start));
    const env = { HOME: home, PATH: `${join(home, "bin")}:/usr/bin:/bin` };
    return spawnSync("bash", [script], { cwd: "/", env, encoding: "utf8" });
}

const read = (path: string) => readFileSync(join(home, path), "utf8");

describe("what the control machine does at its first start", () => {
    it("is commcare-cloud's bootstrap at the commit, with the place of environments and the first key", () => {
        prepare(['test "$1" = -c || exit 8', 'echo "key by $3 $4"']);
        const { status, stderr } = run();
        expect([status, stderr]).toEqual([0, ""]);
        expect(read("bootstrapped")).toBe(`${triedCommit} ${home}/environments 1\n`);
        expect(read(".ssh/commcare-cloud.pem")).toBe(
            "key by af-south-1 commcare-commcare/first_ssh_key\n",
        );
        expect(statSync(join(home, ".ssh/commcare-cloud.pem")).mode & 0o077).toBe(0);
        expect(statSync(join(home, "environments")).isDirectory()).toBe(true);
    });

    it("can be done again, and does no more than is missing", () => {
        prepare(["echo key"]);
        run();
        expect(run().status).toBe(0);
        expect(read("cloned").trim().split("\n").length).toBe(1);
        expect(read(".profile").match(/COMMCARE_CLOUD_ENVIRONMENTS/g)?.length).toBe(1);
    });

    it("fails where the key cannot be read, and leaves none that is empty", () => {
        prepare(["exit 3"]);
        expect(run().status).toBe(3);
        expect(() => read(".ssh/commcare-cloud.pem")).toThrow("ENOENT");
    });

    it("is asked of cloud-init by its own words", () => {
        const { packages, write_files, runcmd } = controlStart(start);
        expect(packages).toEqual(["git"]);
        const [file] = write_files as { path: string; permissions: string }[];
        expect(file).toMatchObject({ permissions: "0755" });
        expect((runcmd as string[][]).at(-1)).toEqual(["sudo", "-iu", "ubuntu", file?.path]);
    });

    it("asks Secrets Manager in words that Python reads", () => {
        const [code] = /python -c '([^']*)'/.exec(awsControlScript(start))?.slice(1) ?? [];
        const checked = spawnSync("python3", [
            "-c",
            "import ast, sys; ast.parse(sys.argv[1])",
            code ?? "",
        ]);
        expect(checked.status).toBe(0);
    });
});
