import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hostsBlock } from "../../../../components/platforms/vms/hosts-block";
import { builtOnHosts, textIn, vmsSpec } from "./vms";

// The names of the hosts, in files of a folder instead of a host's.

let root: string;
let step: Readonly<Record<string, unknown>>;
const spec = vmsSpec();
const block = hostsBlock(spec.name, spec.platform.vms.hosts);
const templates = "/etc/cloud/templates";
const template = `${templates}/hosts.debian.tmpl`;

beforeAll(async () => {
    const built = await builtOnHosts(spec);
    step = built.find(({ name }) => name === "dns-tls-web-a2-hosts")?.inputs ?? {};
});

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-names-"));
    mkdirSync(join(root, "etc"));
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

const write = (path: string, text: string) => {
    writeFileSync(join(root, path), text);
};
const read = (path: string) => readFileSync(join(root, path), "utf8");

function perform(verb: "create" | "delete"): string {
    const script = textIn(step, verb)
        .replace(/^sudo -n /, "")
        .replaceAll(/\/(etc|var\/lib\/steward)\//g, `${root}/$1/`);
    const input = textIn(step, "stdin");
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { input, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    return stdout;
}

it("stand in /etc/hosts beside whatever else does, once, and are gone when they are given up", () => {
    write("etc/hosts", "127.0.0.1 localhost\n");
    expect([perform("create"), perform("create")]).toEqual(["changed\n", "unchanged\n"]);
    expect(read("etc/hosts")).toBe(`127.0.0.1 localhost\n${block}`);
    write("etc/hosts", `${read("etc/hosts")}::1 localhost`); // whoever wrote this ended no line
    expect([perform("create"), perform("create")]).toEqual(["changed\n", "unchanged\n"]);
    expect(read("etc/hosts")).toBe(`127.0.0.1 localhost\n::1 localhost\n${block}`);
    perform("delete");
    expect(read("etc/hosts")).toBe("127.0.0.1 localhost\n::1 localhost\n");
    expect(existsSync(join(root, "etc/cloud"))).toBe(false);
});

it("stand in what cloud-init makes /etc/hosts of as well, where that is", () => {
    mkdirSync(join(root, templates), { recursive: true });
    const before = "## template:jinja\n127.0.1.1 {{fqdn}} {{hostname}}\n";
    write("etc/hosts", "127.0.1.1 web-a2\n");
    write(template, before);
    expect([perform("create"), perform("create")]).toEqual(["changed\n", "unchanged\n"]);
    expect([read("etc/hosts"), read(template)]).toEqual([
        `127.0.1.1 web-a2\n${block}`,
        `${before}${block}`,
    ]);
    const note = `var/lib/steward/noted${join(root, template)}`; // below the whole path
    expect(read(note)).toMatch(/^644 [0-9a-f]{64} dns-tls\n$/);
    perform("delete");
    expect([read("etc/hosts"), read(template)]).toEqual(["127.0.1.1 web-a2\n", before]);
    expect(existsSync(join(root, note))).toBe(false);
    expect(readdirSync(join(root, templates))).toEqual(["hosts.debian.tmpl"]);
});
