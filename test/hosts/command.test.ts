import { setTimeout as sleep } from "node:timers/promises";
import { loginOf } from "../../rehearsal/command/login";
import { run } from "../../rehearsal/command/run";
import type { Props } from "../../rehearsal/provider/values";
import type { LabHost } from "./laboratory";
import { ask, connections, inventory, reset } from "./laboratory";

// What the rehearsal's commands do on hosts. Not proven: that the official plugin does the same.

let privateKey: string;
let hosts: LabHost[];

beforeAll(async () => {
    await reset("vm1", "vm2");
    ({ privateKey, hosts } = await inventory());
});

function connection(name: string, change: Props = {}): Props {
    const found = hosts.find((host) => host.name === name);
    if (found === undefined) throw new Error(`no host ${name}`);
    const { address: host, port, user, hostKey } = found;
    return { host, port, user, hostKey, privateKey, dialErrorLimit: 0, ...change };
}

function order(command: string, change: Props = {}, more: { stdin?: string } = {}) {
    const login = loginOf(connection("vm1", change), {});
    return { login, command, environment: {}, previous: {}, stdin: "", ...more };
}

const ran = (command: string, change?: Props) => run(order(command, change));

it("brings back what a command says, and gives it its input", async () => {
    await expect(run(order("cat; echo no >&2", {}, { stdin: "a\nb" }))).resolves.toEqual({
        stdout: "a\nb",
        stderr: "no",
    });
    await expect(run(order("echo; echo"))).resolves.toEqual({ stdout: "\n", stderr: "" });
});

it("says each line as it comes, before the command has ended", async () => {
    const heard: [line: string, at: number][] = [];
    const began = Date.now();
    const slow = order("echo first; sleep 1; printf 'second\\nthird'");
    await run({ ...slow, heard: (line) => heard.push([line, Date.now() - began]) });
    expect(heard.map(([line]) => line)).toEqual(["first", "second", "third"]);
    expect((heard[1]?.[1] ?? 0) - (heard[0]?.[1] ?? 0)).toBeGreaterThan(800);
});

it("fails with what it said, and without what went in", async () => {
    const failing = run(
        order("cat >/dev/null; echo out; echo err >&2; exit 3", {}, { stdin: "hush" }),
    );
    await expect(failing).rejects.toThrow(
        /^10\.[\d.]+: exited with status 3: (out\nerr|err\nout)$/,
    );
    await expect(ran("kill -KILL $$")).rejects.toThrow("was ended by SIGKILL");
});

it("refuses a host that shows another key, before anything of ours is sent", async () => {
    const other = hosts[1]?.hostKey ?? "";
    const before = await ask("vm1", "journalctl --unit ssh --grep 'Accepted [p]ublickey' | wc -l");
    await expect(ran("touch /root/sent", { hostKey: other })).rejects.toThrow(
        /: no connection after 1 try: the host key is another one than `hostKey`; nothing was sent$/,
    );
    expect(await ask("vm1", "ls /root")).toBe("");
    const after = await ask("vm1", "journalctl --unit ssh --grep 'Accepted [p]ublickey' | wc -l");
    expect(Number(after)).toBe(Number(before) + 2); // the two questions of this test alone
});

it("dials once more than the limit says", async () => {
    const { vm1: before = 0 } = await connections();
    const other = hosts[1]?.hostKey ?? "";
    await expect(ran("true", { hostKey: other, dialErrorLimit: 2 })).rejects.toThrow(
        "after 3 tries",
    );
    expect((await connections())["vm1"]).toBe(before + 3);
});

it("says why it is not let in", async () => {
    await expect(ran("true", { user: "nobody" })).rejects.toThrow(
        "no connection after 1 try: All configured authentication methods failed",
    );
    await expect(ran("true", { privateKey: "none" })).rejects.toThrow("Cannot parse privateKey");
    await expect(ran("true", { port: 23 })).rejects.toThrow("ECONNREFUSED");
});

it("runs at most eight commands at a time over one connection", async () => {
    await ran("true");
    const { vm1: before } = await connections();
    const command = "sleep 1.2 & sleep 0.3; pgrep -fxc 'sleep 1.2'; wait";
    const all = Array.from({ length: 20 }, () => ran(command));
    const most = (await Promise.all(all)).map(({ stdout }) => Number(stdout));
    expect(Math.max(...most)).toBe(8);
    expect((await connections())["vm1"]).toBe(before);
});

it("waits for no packet: fifty commands in a row take less than 20 ms each", async () => {
    await ran("true");
    const from = performance.now();
    for (let times = 0; times < 50; times++) await ran("true");
    expect((performance.now() - from) / 50).toBeLessThan(20);
});

it("reaches a host through another one, each with its key", async () => {
    const proxy = connection("vm2");
    await expect(ran("hostname; echo $SSH_CLIENT", { proxy })).resolves.toMatchObject({
        stdout: expect.stringMatching(new RegExp(`^vm1\n${hosts[1]?.address ?? ""} `)) as string,
    });
    const wrong = connection("vm2", { hostKey: hosts[2]?.hostKey ?? "" });
    await expect(ran("true", { proxy: wrong })).rejects.toThrow("the host key is another one");
});

it("refuses to run without a variable that the host does not take", async () => {
    const asked = order("touch /root/ran; printenv LC_STEWARD");
    await expect(run({ ...asked, environment: { LC_STEWARD: "a b" } })).resolves.toMatchObject({
        stdout: "a b",
    });
    await ran("rm /root/ran");
    await expect(run({ ...asked, environment: { SECRET: "x" } })).rejects.toThrow(
        /could not set environment variable SECRET; name it in AcceptEnv/,
    );
    expect(await ask("vm1", "ls /root")).toBe("");
});

it("says so when the host goes away while a command runs", async () => {
    const running = expect(ran("sleep 60")).rejects.toThrow(
        /: the connection broke while a command ran$/,
    );
    await sleep(500);
    await ask("vm1", "pkill -f '[s]shd: root@notty'");
    await running;
    await expect(ran("echo back")).resolves.toMatchObject({ stdout: "back" });
});
