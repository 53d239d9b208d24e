import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { findingOf } from "../../../stacks/commands/audit/finding";
import { privateKeyOf } from "../../../stacks/commands/audit/private-key";
import { wordFindings } from "../../../stacks/commands/audit/wording";
import { audit } from "../../../stacks/commands/run-audit";
import { readStackFile as readFile } from "../../../stacks/commands/stack-file";
import { vmsSpec } from "../../components/platforms/vms/vms";
import { readStackFile } from "../../support/stack-file";

// The command without a host; test/hosts/audit.test.ts has hosts.

const folder = mkdtempSync(join(tmpdir(), "steward-audit-"));
const file = join(folder, "stack.yaml");
const said = { out: "", err: "" };
const keep = (stream: keyof typeof said) => (text: string | Uint8Array) => {
    said[stream] += String(text);
    return true;
};

beforeEach(() => {
    Object.assign(said, { out: "", err: "" });
    jest.spyOn(process.stdout, "write").mockImplementation(keep("out"));
    jest.spyOn(process.stderr, "write").mockImplementation(keep("err"));
});
afterEach(() => {
    jest.restoreAllMocks();
});
afterAll(() => {
    rmSync(folder, { recursive: true });
});

/** The stack of hosts, each of them a closed door of this machine; `change` is laid over the whole config. */
function stackFile(change: Record<string, unknown> = {}): string {
    const { config } = readStackFile("commcare-vms");
    const vms = config["steward:vms"] as { hosts: Record<string, object> };
    const hosts = Object.fromEntries(
        Object.entries(vms.hosts).map(([name, host]) => {
            return [name, { ...host, reachedAt: "127.0.0.1", port: 9 }];
        }),
    );
    const connect = { tries: 0, seconds: 2 };
    const own = { ...config, "steward:vms": { ...vms, hosts, connect, key: "agent" } };
    writeFileSync(file, stringify({ config: { ...own, ...change } }));
    return file;
}

it("tells whoever answers for hosting that no host answers, and goes on to the next", async () => {
    const options = { vms: true, json: true, stackFile: stackFile() };
    expect(await audit("commcare-vms", options)).toBe(3);
    const { result, hosts, findings, errors } = JSON.parse(said.out) as Record<string, object[]>;
    expect([result, errors]).toEqual(["blocked", []]);
    expect(hosts).toHaveLength(6);
    expect(findings).toHaveLength(6);
    expect(findings?.[0]).toMatchObject({
        check: "reached",
        host: "control-a1",
        layer: "hosting",
        role: "infrastructure-provider",
        party: "datacentre",
        contact: "datacentre@example.org",
        is: expect.stringMatching(/^127.0.0.1: no connection after 1 try: /) as string,
    });
});

it("enters nothing where a layer has no owner", async () => {
    const vacated = stackFile({ "steward:layers": { patching: { role: null } } });
    expect(await audit("commcare-vms", { vms: true, stackFile: vacated })).toBe(3);
    expect(said.err).toContain("patching");
    expect(said.err).not.toContain("Looking at");
});

it.each([
    ["commcare-vms", {}, "commcare-vms: is looked at nowhere; "],
    ["jupyterhub-aws", { vms: true }, "jupyterhub-aws: has no hosts of its own; "],
    ["nothing", { vms: true }, "is not there; take one of: "],
])("refuses %s with %j", async (stack, options, words) => {
    expect(await audit(stack, options)).toBe(2);
    expect(said.err).toContain(words);
});

it("takes a key that stands in the stack file in clear, and misses one that nobody set", async () => {
    const read = { file, reservedContacts: "allowed", now: new Date() } as const;
    stackFile({ "steward:secrets": { hosts: { privateKey: "a key" } } });
    expect(await privateKeyOf(readFile("commcare-vms", read))).toEqual({ key: "a key" });
    stackFile();
    expect(await privateKeyOf(readFile("commcare-vms", read))).toMatchObject({
        problem: { path: "steward:secrets.hosts.privateKey", message: "is missing" },
    });
});

describe("words", () => {
    const { matrix } = vmsSpec();
    const drift = { layer: "patching", is: "a", should: "b", fix: "c" };

    it("are grouped by whoever answers, each with host and layer", () => {
        const findings = [
            findingOf("updates", "web-a1", drift, matrix),
            findingOf("firewall", "web-a1", { ...drift, layer: "network" }, matrix),
            findingOf("units", "web-a2", drift, matrix),
        ];
        expect(wordFindings("x", 2, findings, matrix, process.stdout)).toBe(
            [
                "Managed services provider, commcare-operations@example.org, cluster-management: 2 findings",
                "  web-a1: patching: a; b; c",
                "  web-a2: patching: a; b; c",
                "",
                "Government data centre, datacentre@example.org, infrastructure-provider: 1 finding",
                "  web-a1: network: a; b; c",
                "",
                "x: 3 findings on 2 hosts",
                "",
            ].join("\n"),
        );
        expect(wordFindings("x", 1, [], matrix, process.stdout)).toBe(
            "x: 1 host, as the stack file says\n",
        );
    });

    it("of a layer that the workload does not have go to whoever answers for the system", () => {
        const other = findingOf("accounts", "web-a1", { ...drift, layer: "control-plane" }, matrix);
        expect(other).toMatchObject({ layer: "operating-system", role: "cluster-management" });
    });

    it("of a host give no terminal orders, and are not endless", () => {
        const evil = { ...drift, is: `\u001b[2J\u0007${"x".repeat(1_000)}\nfine` };
        const { is } = findingOf("names", "web-a1", evil, matrix);
        expect(is).toMatch(/^\[2J x+…$/);
        expect(is.length).toBe(301);
    });
});
