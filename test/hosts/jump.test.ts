import { execFile } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { utils } from "ssh2";
import { projectRoot } from "../../rehearsal/project-root";
import type { Agent } from "./agent";
import { sshAgent } from "./agent";
import type { LabHost } from "./laboratory";
import { ask, inventory, raise, reset } from "./laboratory";
import type { Config } from "./stack";
import { labConfig, stateFolder, up } from "./stack";

// A whole `up` of hosts that are reached through another one alone, which has another address outside than inside, with
// the key in an SSH agent and nowhere else. Not proven here: that @pulumi/command's own provider does the same.

const [folder, keys, none] = [stateFolder(), stateFolder(), stateFolder()];
const jump = "vm4";
const { SSH_AUTH_SOCK: before } = process.env;
let agent: Agent;
let config: Config;
let hosts: LabHost[];

beforeAll(async () => {
    await raise(4);
    await reset("vm1", "vm2", "vm3", jump);
    const lab = await inventory();
    ({ hosts } = lab);
    const { address, address6: reachedAt, hostKey } = found(jump);
    const gate = { address, reachedAt, user: "debian", hostKey };
    const { "steward:secrets": _, ...rest } = labConfig(lab, { jump: gate, key: "agent" });
    config = rest;
    // The one that opens is the last that a host listens to.
    const strange = Array.from({ length: 3 }, () => utils.generateKeyPairSync("ed25519").private);
    agent = await sshAgent(keys, [...strange, lab.privateKey]);
    process.env["SSH_AUTH_SOCK"] = agent.socket;
}, 120_000);

afterAll(async () => {
    agent.close();
    if (before === undefined) delete process.env["SSH_AUTH_SOCK"];
    else process.env["SSH_AUTH_SOCK"] = before;
    await reset("vm1", "vm2", "vm3"); // which let nobody else in
}, 60_000);

function found(name: string): LabHost {
    const host = hosts.find((each) => each.name === name);
    if (host === undefined) throw new Error(`the laboratory has no ${name}`);
    return host;
}

/** Whether a host takes a connection of this machine's own, which is where the administrators are. */
function opens({ address, port }: LabHost): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect({ host: address, port, timeout: 2_000 });
        const end = (open: boolean) => () => {
            socket.destroy();
            resolve(open);
        };
        socket.once("connect", end(true)).once("timeout", end(false)).once("error", end(false));
    });
}

/** From where somebody has come in as whoever Steward comes in as, since the host started. */
const cameFrom = (host: string, user: string) =>
    ask(
        host,
        `journalctl --unit ssh --no-pager | sed -n 's/.*Accepted [p]ublickey for ${user} from \\([^ ]*\\) .*/\\1/p' | sort -u`,
        jump,
    );

it("makes the hosts, and comes to none of them but through that one", async () => {
    const { result } = await up(folder, config);
    expect([result.result, result.errors]).toEqual(["succeeded", []]);
    expect(await cameFrom("vm1", "root")).toBe(found(jump).address);
    expect(await cameFrom("vm3", "root")).toBe(found(jump).address);
    // The control machine is where people come in.
    const open = await Promise.all(["vm1", "vm2", "vm3"].map((host) => opens(found(host))));
    expect(open).toEqual([true, false, false]);
    const inForce = "systemctl is-active steward-firewall fail2ban";
    expect(await ask("vm2", inForce, jump)).toBe("active\nactive");
}, 300_000);

it("finds nothing to do the second time", async () => {
    expect((await up(folder, config)).result.result).toBe("unchanged");
}, 120_000);

it("has them audited, by the same way", async () => {
    const file = join(folder, "stack.yaml");
    const args = ["scripts/steward.mjs", "audit", "commcare-vms", "--vms", "--stack-file", file];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, "--json"], {
        cwd: projectRoot(),
        env: { ...process.env },
    }).catch((error: unknown) => error as { stdout: string }); // fixes that wait are a finding
    const { hosts: asked, findings } = JSON.parse(stdout) as {
        hosts: { host: string; answered: boolean }[];
        findings: { layer: string }[];
    };
    expect(asked.map(({ host, answered }) => `${host} ${String(answered)}`)).toEqual([
        ...["front-a1 true", "app-a1 true", "data-a1 true"],
    ]);
    expect(findings.filter(({ layer }) => layer !== "patching")).toEqual([]);
}, 120_000);

it("is not shut out by what others guess from there", async () => {
    for (let tries = 0; tries < 6; tries += 1) {
        await expect(ask(jump, guess(found("vm3").address))).rejects.toThrow("Permission denied");
    }
    const { address } = found(jump);
    const seen = `for n in $(seq 50); do grep -c 'Ignore ${address}' /var/log/fail2ban.log && break; sleep 0.2; done`;
    expect(Number((await ask("vm3", seen, jump)).split("\n").pop())).toBeGreaterThan(0);
    expect(await ask("vm3", "fail2ban-client get sshd banip", jump)).toBe("");
}, 120_000);

const guess = (address: string) =>
    `ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR nobody-here@${address} true`;

it("says that it was not let in where the agent has no key that opens", async () => {
    const other = await sshAgent(none, []);
    process.env["SSH_AUTH_SOCK"] = other.socket;
    const vms = { ...(config["steward:vms"] as Config), connect: { tries: 0, seconds: 5 } };
    const { code, result } = await up(folder, { ...config, "steward:vms": vms });
    process.env["SSH_AUTH_SOCK"] = agent.socket;
    other.close();
    expect(code).toBe(1);
    const { address6 } = found(jump);
    expect(new Set(result.errors.map(({ message }) => message))).toEqual(
        new Set([
            `${address6}: no connection after 1 try: All configured authentication methods failed`,
        ]),
    );
    expect(result.changes).toMatchObject({ create: 0, replace: 0, delete: 0 });
    expect((await up(folder, config)).result.errors).toEqual([]);
}, 240_000);
