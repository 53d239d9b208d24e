import { spawnSync } from "node:child_process";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { triedCommit } from "../../../../components/model/commcare/control-machine";
import { controlFiles } from "../../../../components/platforms/vms/control/control-files";
import { builtOnHosts, textIn, vmsSpec } from "./vms";

let home = "";
beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "steward-control-"));
});
afterEach(() => {
    rmSync(home, { recursive: true });
});

const files = controlFiles("commcare", triedCommit);

/** A script of the control machine as its account runs it, with commcare-cloud played: what the real one does is not shown. */
function run({ content }: { readonly content: string }, env: Record<string, string> = {}) {
    const script = join(home, "script");
    writeFileSync(script, content);
    const own = { HOME: home, PATH: `${join(home, "bin")}:/usr/bin:/bin`, ...env };
    return spawnSync("bash", [script], { cwd: "/", env: own, encoding: "utf8" });
}

function program(path: string, lines: readonly string[]): void {
    mkdirSync(join(home, path, ".."), { recursive: true });
    writeFileSync(join(home, path), ["#!/bin/bash", ...lines, ""].join("\n"));
    chmodSync(join(home, path), 0o755);
}

const read = (path: string) => readFileSync(join(home, path), "utf8");

describe("what installs CommCare", () => {
    const password = { ANSIBLE_VAULT_PASSWORD: "correct horse" };
    const vault = () => {
        mkdirSync(join(home, "environments/commcare"), { recursive: true });
        writeFileSync(join(home, "environments/commcare/vault.yml"), "$ANSIBLE_VAULT\n");
    };
    /** A cchq that writes down what it is asked, and fails at one word. */
    const cchq = (fails = "nothing") => {
        program("commcare-cloud/.venv/bin/cchq", [
            'echo "$*" >> ~/asked',
            'echo "$ANSIBLE_SKIP_TAGS $COMMCARE_CLOUD_ENVIRONMENTS ${ANSIBLE_VAULT_PASSWORD:+told}" > ~/told',
            `case "$*" in *${fails}*) exit 4;; esac`,
        ]);
    };

    it("is commcare-cloud's own commands in their order, each once", () => {
        vault();
        cchq();
        const { status, stdout } = run(files.install, password);
        expect(status).toBe(0);
        expect(stdout).toContain("make_superuser");
        const all = [
            "commcare validate-environment-settings",
            "commcare bootstrap-users --quiet --branch=master",
            "commcare deploy-stack --skip-check --quiet --branch=master --skip-tags=users -e CCHQ_IS_FRESH_INSTALL=1",
            "commcare django-manage create_kafka_topics",
            "commcare django-manage preindex_everything",
            "commcare deploy --quiet --branch=master",
            "",
        ].join("\n");
        expect(read("asked")).toBe(all);
        expect(read("told")).toBe(`ssh ${home}/environments told\n`);

        expect(run(files.install, password).status).toBe(0);
        expect(read("asked")).toBe(all);
    });

    it("goes on where it failed, and makes no account a second time", () => {
        vault();
        cchq("deploy-stack");
        const { status, stderr } = run(files.install, password);
        expect([status, stderr]).toEqual([
            4,
            "== stack failed: once it is mended, install-commcare goes on from here\n",
        ]);
        cchq();
        expect(run(files.install, password).status).toBe(0);
        const asked = read("asked").split("\n");
        expect(asked.filter((line) => line.includes("bootstrap-users"))).toHaveLength(1);
        expect(asked.filter((line) => line.includes("deploy-stack"))).toHaveLength(2);
    });

    it("tells commcare-cloud the commit that it is at, by the name that git has for it", () => {
        vault();
        cchq();
        const git = (...args: string[]) =>
            spawnSync("git", ["-C", join(home, "commcare-cloud"), ...args], { encoding: "utf8" })
                .stdout;
        git("init", "--quiet");
        const author = ["-c", "user.name=operator", "-c", "user.email=operator@example.org"];
        git(...author, "commit", "--quiet", "--allow-empty", "--message", "first");
        git("checkout", "--quiet", "--detach");
        expect(run(files.install, password).status).toBe(0);
        const short = git("rev-parse", "--short", "HEAD").trim();
        expect(short).toMatch(/^[0-9a-f]{7,}$/);
        expect(read("asked")).toContain(`commcare deploy --quiet --branch=${short}\n`);
    });

    it("keeps what Ansible logs for the account alone", () => {
        vault();
        cchq();
        writeFileSync(join(home, "ansible.log"), "of an earlier run\n", { mode: 0o644 });
        run(files.install, password);
        for (const log of ["ansible.log", "install-commcare.log"]) {
            expect(statSync(join(home, log)).mode & 0o777).toBe(0o600);
        }
        expect(read("ansible.log")).toBe("of an earlier run\n");
    });

    it("does not begin while it runs already", () => {
        vault();
        cchq();
        mkdirSync(join(home, ".install-commcare"));
        const held = join(home, ".install-commcare/lock");
        const script = join(home, "script");
        writeFileSync(script, files.install.content);
        const own = { HOME: home, PATH: "/usr/bin:/bin", ...password };
        const asked = ["--nonblock", held, "bash", script];
        const { status, stderr } = spawnSync("flock", asked, { env: own, encoding: "utf8" });
        expect([status, stderr]).toEqual([2, "install-commcare runs already\n"]);
    });

    it("does nothing without the vault, or before commcare-cloud is there", () => {
        expect(run(files.install, password)).toMatchObject({
            status: 2,
            stderr: "commcare-cloud is not here yet: run prepare-commcare-cloud\n",
        });
        cchq();
        const { status, stderr } = run(files.install, password);
        expect(status).toBe(2);
        expect(stderr).toContain("~/environments/commcare/vault.yml is not there: copy the one");
        expect(existsSync(join(home, "asked"))).toBe(false);
    });
});

it("gets commcare-cloud ready once, and tells Ansible to leave sshd alone", () => {
    writeFileSync(join(home, ".profile"), "");
    program("bin/git", [
        'test "$1" = clone || exit 9',
        'mkdir -p "$3/control"',
        'echo "cd commcare-cloud" > "$3/control/init.sh"',
    ]);
    expect(run(files.prepare)).toMatchObject({ status: 0, stderr: "" });
    expect(run(files.prepare).status).toBe(0);
    expect(read(".profile").trim().split("\n")).toEqual([
        'export COMMCARE_CLOUD_ENVIRONMENTS="$HOME/environments"',
        "export ANSIBLE_SKIP_TAGS=ssh",
        'export ANSIBLE_LOG_PATH="$HOME/ansible.log"',
    ]);
});

describe("the key of the control machine", () => {
    it("lets it in to every host, from its own addresses, before and after commcare-cloud has its account", async () => {
        const built = await builtOnHosts(vmsSpec());
        const stdin = (name: string) =>
            textIn(built.find((each) => each.name === name)?.inputs, "stdin");
        const line = 'from="192.0.2.11,2001:db8::11" ssh-ed25519 AAAAcontrol\n';
        for (const host of ["web-a1", "sql-a1"]) {
            for (const noun of ["control", "ansible"]) {
                expect(stdin(`identity-secrets-${host}-${noun}`)).toBe(
                    `${String(line.length)}\n${line}`,
                );
            }
        }
        // There the operators are whoever it is.
        expect(stdin("identity-secrets-control-a1-control")).toMatch(
            /^\d+\nssh-ed25519 AAAA\S+ operator\nfrom="/,
        );
        const secret = built.find(({ name }) => name === "app-services-control-a1-key");
        expect(secret?.secrets).toContain("stdin");
        expect(JSON.stringify(built.filter((each) => each !== secret))).not.toContain(
            "the control machine's private key",
        );
    });

    it("comes with the environment, and with no vault", async () => {
        const built = await builtOnHosts(vmsSpec());
        const sent = textIn(
            built.find(({ name }) => name === "app-services-control-a1-environment")?.inputs,
            "stdin",
        );
        const [count, ...lines] = sent.trimEnd().split("\n");
        const paths = lines.map((line) => line.split(" ")[0]);
        expect(count).toBe(String(paths.length));
        expect(paths).toContain("commcare/inventory.ini");
        expect(paths).toContain("_authorized_keys/operator.pub");
        expect(paths).not.toContain("commcare/vault.yml");
    });
});

describe("an install by `up`", () => {
    const deployed = () => builtOnHosts(vmsSpec({}, { deploy: true }));

    it("hands its secrets over by standard input alone, and is followed", async () => {
        const built = await deployed();
        const all = built.filter(({ type }) => type === "command:remote:Command");
        const run = all.find(({ name }) => name === "app-services-control-a1-installation-run");
        expect(run?.inputs["logging"]).toBe("stdout");
        expect(run?.secrets).toContain("stdin");
        const [password = "", vault = "", ...end] = textIn(run?.inputs, "stdin").split("\n");
        expect(Buffer.from(password, "base64").toString()).toBe("of the vault");
        expect(Buffer.from(vault, "base64").toString()).toMatch(/^\$ANSIBLE_VAULT.*\nthe vault$/);
        expect(end).toEqual(["whole", ""]);
        const { stdin: _, ...rest } = run?.inputs ?? {};
        const others = JSON.stringify([...all.filter((each) => each !== run), rest]);
        for (const secret of ["of the vault", "the vault", password, vault]) {
            expect(others).not.toContain(secret);
        }
    });

    it("is not there unless the stack file asks for it", async () => {
        const built = await builtOnHosts(vmsSpec());
        expect(built.filter(({ name }) => name.includes("installation"))).toEqual([]);
    });
});
