import { commandsOnHosts } from "../../../rehearsal/command/on-hosts";
import { loginOf } from "../../../rehearsal/command/login";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";

// Without a host: what is refused, filled in and left alone. What runs, test/hosts/command.test.ts shows.

const request = (type: string, inputs: Props) => ({
    ...{ urn: "urn:a", type, name: "a", inputs, cloud: new Ledger(), config: {} },
});
const { outside } = commandsOnHosts;
const remote = "command:remote:Command";
const old = (inputs: Props, outputs: Props = {}) => ({
    ...{ type: remote, id: "a", urn: "urn:a", inputs, outputs },
});

it("leaves commands of this machine alone", async () => {
    const local = request("command:local:Command", { create: "touch /steward-ran" });
    await expect(outside?.create(local)).resolves.toEqual({});
    await expect(outside?.update({ ...local, old: old({}) })).resolves.toEqual({});
});

it("runs nothing where there is no command, and keeps what the last one said", async () => {
    const inputs: Props = { connection: { host: "192.0.2.1" } };
    await expect(outside?.create(request(remote, inputs))).resolves.toEqual({
        stdout: "",
        stderr: "",
    });
    const said = { stdout: "before", stderr: "" };
    const update = { ...request(remote, inputs), old: old(inputs, said) };
    await expect(outside?.update(update)).resolves.toEqual(said);
    await expect(outside?.delete(update)).resolves.toBeUndefined();
});

it("does not run with something unknown", async () => {
    const inputs: Props = { create: "true", connection: { host: Unknown } };
    await expect(outside?.create(request(remote, inputs))).rejects.toThrow(
        "a command whose inputs are not known cannot run",
    );
});

it("seals how a host is entered, whether or not the program says so", () => {
    expect(commandsOnHosts.secretOutputs?.(remote)).toEqual(["connection"]);
    expect(commandsOnHosts.secretOutputs?.("command:local:Command")).toEqual([]);
});

it("fills in what the real provider does", () => {
    expect(loginOf({ host: "a" }, {})).toEqual({
        host: "a",
        port: 22,
        user: "root",
        dialErrorLimit: 10,
        perDialTimeout: 15,
    });
    const proxy = { host: "b", port: 2_222, user: "c", hostKey: "d", password: "e" };
    expect(
        loginOf(
            { host: "a", privateKey: "f", privateKeyPassword: "g", proxy },
            { SSH_AUTH_SOCK: "/s" },
        ),
    ).toEqual({
        ...{
            host: "a",
            port: 22,
            user: "root",
            privateKey: "f",
            privateKeyPassword: "g",
            agent: "/s",
        },
        ...{ dialErrorLimit: 10, perDialTimeout: 15 },
        proxy: { ...proxy, agent: "/s", dialErrorLimit: 10, perDialTimeout: 15 },
    });
    expect(loginOf({ host: "a", agentSocketPath: "/t" }, { SSH_AUTH_SOCK: "/s" }).agent).toBe("/t");
});
