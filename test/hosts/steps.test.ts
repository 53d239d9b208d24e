import { setTimeout as sleep } from "node:timers/promises";
import { loginOf } from "../../rehearsal/command/login";
import { run } from "../../rehearsal/command/run";
import { textIn } from "../components/platforms/vms/vms";
import { ask, inventory, reboot, reset } from "./laboratory";
import { labConfig } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";
import { waitFor } from "./waiting";

// Each command of one host by itself, without the engine, which would not run one again that nothing asks for.

let steps: Step[] = [];

beforeAll(async () => {
    await reset("vm1");
    const all = await stepsOf(labConfig(await inventory()));
    steps = all.filter(({ name }) => name.includes("-front-a1-"));
});

/** A step's command with other content, waiting three seconds where it would wait two minutes. */
function tried(name: string, change: (content: string) => string) {
    const step = steps.find((each) => each.name === name);
    if (step === undefined) throw new Error(`no step ${name}`);
    const [, content = ""] = /^\d+\n(.*)$/s.exec(textIn(step.inputs, "stdin")) ?? [];
    const other = change(content);
    expect(other).not.toBe(content);
    return run({
        login: loginOf(step.inputs["connection"], {}),
        command: textIn(step.inputs, "create").replace("--on-active 120", "--on-active 3"),
        environment: {},
        previous: {},
        stdin: `${String(Buffer.byteLength(other))}\n${other}`,
    });
}

const shortOf = (name: string) => name.replace("-front-a1-", " ");

/** What each step says, by its name without the host's. */
async function performed(verb: "create" | "delete", some: readonly Step[]) {
    const said = await perform(verb, some);
    return Object.fromEntries(Object.entries(said).map(([name, text]) => [shortOf(name), text]));
}

/** What some say in any case: here is no Ubuntu, which commcare-cloud asks for. */
const always: Readonly<Record<string, string>> = {
    "hosting entered": "debian-12",
    "operating-system ssh-sure": "unchanged",
    "network firewall-sure": "unchanged",
    "app-services prepared":
        "unchanged: commcare-cloud runs on ubuntu-22.04, and this is debian-12",
};

const all = (word: string) =>
    Object.fromEntries(
        steps.map(({ name }) => {
            const short = shortOf(name);
            return [short, always[short] ?? word];
        }),
    );

it("bring everything about once, and say that nothing is left to do the second time", async () => {
    expect(await performed("create", steps)).toEqual(all("changed"));
    expect(await performed("create", steps)).toEqual(all("unchanged"));
}, 240_000);

it("are undone in the other order, and leave people's files", async () => {
    await ask("vm1", "echo mine >/home/operator/mine");
    await performed("delete", [...steps].reverse());
    const left = "find /etc/steward /etc/ssh/sshd_config.d /etc/ssh/steward-keys -type f";
    expect(await ask("vm1", left)).toBe("");
    expect(await ask("vm1", "! command -v nft; cat /home/operator/mine")).toBe("mine");
    expect(await ask("vm1", "grep Steward /etc/hosts || getent hosts vm2")).toMatch(/ vm2$/);
    expect(await performed("create", steps)).toMatchObject({
        "network firewall-confirm": "changed",
    });
}, 240_000);

it("bring back what their packages drove out", async () => {
    const clock = steps.filter(({ name }) => name === "operating-system-front-a1-clock");
    await performed("delete", clock);
    const without = "DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends";
    await ask("vm1", `${without} install systemd-timesyncd >/dev/null 2>&1`);
    const states = () =>
        ask("vm1", "dpkg-query -W -f '${Package} ${db:Status-Status}\n' chrony systemd-timesyncd");
    await performed("create", clock);
    expect(await states()).toBe("chrony installed\nsystemd-timesyncd config-files");
    await performed("delete", clock);
    expect(await states()).toBe("chrony config-files\nsystemd-timesyncd installed");
    await performed("create", clock);
}, 120_000);

const rules = () => ask("vm1", "nft list table inet steward");

it("open the host again when nobody can come in after a change of the firewall", async () => {
    const before = await rules();
    const closed = (content: string) => content.replaceAll(/^.*dport 22 .*$/gm, "");
    await expect(tried("network-front-a1-firewall-apply", closed)).resolves.toMatchObject({
        stdout: "changed",
    });
    await expect(ask("vm1", "true")).rejects.toThrow("timed out");
    await sleep(3_000);
    expect(await rules()).toBe(before);
    expect(await performed("create", steps)).toEqual(all("unchanged"));
}, 60_000);

it("open the host again when nobody can come in after a change of SSH", async () => {
    const closed = (content: string) =>
        content.replace(/^PermitRootLogin.*$/m, "AllowUsers nobody");
    await tried("operating-system-front-a1-ssh-apply", closed);
    await expect(ask("vm1", "true")).rejects.toThrow("Permission denied");
    await sleep(4_000);
    expect(await ask("vm1", "sshd -T | grep -i allowusers || echo all")).toBe("all");
    expect(await performed("create", steps)).toEqual(all("unchanged"));
}, 60_000);

it("are tried again when they were rolled back before anybody confirmed them, and kept by the last of the three", async () => {
    const named = (end: string) =>
        steps.filter(({ name }) => name === `network-front-a1-firewall-${end}`);
    await performed("delete", named("sure"));
    await performed("create", named("apply"));
    await ask(
        "vm1",
        "systemctl start steward-roll-back-firewall.service; systemctl stop steward-roll-back-firewall.timer",
    );
    expect(await performed("create", [...named("confirm"), ...named("sure")])).toEqual({
        "network firewall-confirm": "changed",
        "network firewall-sure": "changed",
    });
    expect(await performed("create", steps)).toEqual(all("unchanged"));
}, 60_000);

it("forget what was only tried when the host starts again", async () => {
    const before = await rules();
    const open = (content: string) =>
        content.replace("        iif", "        tcp dport 7777 accept\n        iif");
    await tried("network-front-a1-firewall-apply", open);
    expect(await rules()).toContain("7777");
    await reboot("vm1");
    expect(await rules()).toBe(before);
}, 60_000);

it("refuse rules that nftables does not read, and SSH settings that sshd does not, before anything changes", async () => {
    const before = await rules();
    const wrong = (content: string) => content.replace("accept", "accpt");
    await expect(tried("network-front-a1-firewall-apply", wrong)).rejects.toThrow("syntax error");
    const unread = (content: string) => `${content}Nonsense yes\n`;
    await expect(tried("operating-system-front-a1-ssh-apply", unread)).rejects.toThrow(
        "Bad configuration option",
    );
    expect(await rules()).toBe(before);
});

/** What nftables has beside Steward's table. */
async function others(): Promise<string> {
    const tables = (await ask("vm1", "nft --stateless list ruleset")).split(/^(?=table )/m);
    return tables
        .filter((text) => !text.startsWith("table inet steward {"))
        .map((text) => text.trim())
        .join("\n");
}

it("leave other people's tables and fail2ban's bans, whatever happens to the firewall", async () => {
    await waitFor("vm1", "fail2ban-client ping", 30); // the host has just started
    await ask(
        "vm1",
        `nft 'table ip other { chain input { type filter hook input priority 10; ip saddr 203.0.113.7 drop; }; }'
fail2ban-client set sshd banip 203.0.113.9`,
    );
    await waitFor("vm1", "nft list ruleset | grep -q 203.0.113.9", 30);
    const [before, theirs] = [await rules(), await others()];
    expect(theirs).toContain("203.0.113.7");
    const open = (content: string) =>
        content.replace("        iif", "        tcp dport 7777 accept\n        iif");
    await tried("network-front-a1-firewall-apply", open);
    expect([await rules(), await others()]).toEqual([expect.stringContaining("7777"), theirs]);
    await sleep(5_000);
    expect([await rules(), await others()]).toEqual([before, theirs]);
    await ask("vm1", "systemctl restart steward-firewall");
    expect([await rules(), await others()]).toEqual([before, theirs]);
    expect(await performed("create", steps)).toEqual(all("unchanged"));
    await ask("vm1", "nft delete table ip other; fail2ban-client set sshd unbanip 203.0.113.9");
}, 90_000);

it("stand when the distribution's own service takes away every table, unless they were stopped before", async () => {
    const before = await rules();
    for (const verb of ["start", "reload", "restart", "stop"]) {
        await ask("vm1", `systemctl ${verb} nftables`);
        expect([verb, await rules()]).toEqual([verb, before]);
    }
    const tables = (command: string) => ask("vm1", `${command}; nft list tables`);
    const isolated = "steward-isolate start trial >/dev/null; systemctl restart nftables";
    expect(await tables(isolated)).toContain("table inet steward_isolation");
    const opened = "steward-isolate end >/dev/null; systemctl restart nftables";
    expect(await tables(opened)).not.toContain("steward_isolation");
    const stopped = "systemctl stop steward-firewall; systemctl restart nftables";
    expect(await tables(stopped)).not.toContain("steward");
    await ask("vm1", "systemctl stop nftables; systemctl start steward-firewall");
    expect(await rules()).toBe(before);
}, 60_000);

it("leave a file as it was when its content does not arrive whole", async () => {
    const step = steps.find(({ name }) => name === "operating-system-front-a1-owners");
    const login = loginOf(step?.inputs["connection"], {});
    const order = { login, command: textIn(step?.inputs, "create"), environment: {}, previous: {} };
    await expect(run({ ...order, stdin: "100\n{}" })).rejects.toThrow("did not arrive whole");
    expect(JSON.parse(await ask("vm1", "cat /etc/steward/owners.json"))).toMatchObject({
        host: "front-a1",
    });
    expect(await ask("vm1", "find /etc/steward -name '.steward*'")).toBe("");
});
