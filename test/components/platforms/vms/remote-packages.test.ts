import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageSteps } from "../../../../components/platforms/vms/remote-packages";

// What becomes of a host's packages, with an apt that knows of four, of which three keep the clock and drive each other
// out. That the real one says so, test/hosts/steps.test.ts shows.

let root: string;

const apt = `
while [ "$1" != install ] && [ "$1" != remove ] && [ "$1" != update ]; do
    [ "$1" != --simulate ] || simulate=yes
    shift
done
verb=$1
shift
[ "$verb" != update ] || exit 0
cd "$ROOT/installed"
[ "$verb" != remove ] || { rm -f "$@"; exit; }
for package in "$@"; do
    clocks=
    [ "$package" = git ] || clocks="chrony ntpsec systemd-timesyncd"
    for other in $clocks; do
        [ "$other" != "$package" ] && [ -e "$other" ] || continue
        if [ -n "\${simulate:-}" ]; then echo "Remv $other [1.0]"; else rm "$other"; fi
    done
    [ -z "\${simulate:-}" ] || { echo "Inst $package (1.1 Debian [amd64])"; continue; }
    [ ! -e "$ROOT/away" ] || exit 100
    : >"$package"
done`;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-packages-"));
    for (const folder of ["bin", "installed"]) mkdirSync(join(root, folder));
    const tools = {
        "apt-get": apt,
        "dpkg-query": `for package; do :; done; [ -e "$ROOT/installed/$package" ] && echo "ii "`,
        dpkg: ":",
    };
    for (const [name, script] of Object.entries(tools)) {
        writeFileSync(join(root, "bin", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    }
});

afterEach(() => {
    rmSync(root, { recursive: true });
});

const isThere = (...packages: string[]) => {
    for (const each of packages) writeFileSync(join(root, "installed", each), "");
};
const there = () => readdirSync(join(root, "installed")).sort();

function run(verb: "bring" | "undo", ...packages: string[]) {
    const folder = "/var/lib/steward/packages";
    const steps = packageSteps(`${folder}/${packages.join()}`, packages);
    const script = `set -eu\nPATH=${root}/bin:$PATH\n${steps[verb].replaceAll(folder, root + folder)}`;
    const env = { ...process.env, ROOT: root };
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8", env });
    return { status, said: stdout.trim(), stderr };
}

it("come once, and go again; what was there stays", () => {
    isThere("git");
    expect(run("bring", "git", "chrony")).toMatchObject({ status: 0, said: "changed" });
    expect(run("bring", "git", "chrony")).toMatchObject({ status: 0, said: "unchanged" });
    expect(there()).toEqual(["chrony", "git"]);
    expect(run("undo", "git", "chrony").status).toBe(0);
    expect(there()).toEqual(["git"]);
    expect(run("undo", "git", "chrony").status).toBe(0);
});

it("bring back what they drove out", () => {
    isThere("systemd-timesyncd");
    run("bring", "chrony");
    run("bring", "chrony");
    expect(there()).toEqual(["chrony"]);
    expect(run("undo", "chrony").status).toBe(0);
    expect(there()).toEqual(["systemd-timesyncd"]);
});

it("bring nothing back that would drive out what came since", () => {
    isThere("systemd-timesyncd");
    run("bring", "chrony");
    run("bring", "ntpsec");
    expect(run("undo", "chrony").status).toBe(0);
    expect(there()).toEqual(["ntpsec"]);
    // Nobody has chrony any more, and it was there when ntpsec came.
    run("undo", "ntpsec");
    expect(there()).toEqual(["chrony"]);
});

it("say what is lacking where it cannot be had, and bring it back the next time", () => {
    isThere("systemd-timesyncd");
    run("bring", "chrony");
    writeFileSync(join(root, "away"), "");
    const { status, stderr } = run("undo", "chrony");
    expect([status, there()]).toEqual([1, []]);
    expect(stderr).toContain(
        "systemd-timesyncd was here before and cannot be installed again; let the host reach",
    );
    rmSync(join(root, "away"));
    expect(run("undo", "chrony").status).toBe(0);
    expect(there()).toEqual(["systemd-timesyncd"]);
});
