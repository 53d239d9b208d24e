import { parseSpec, isOnVms } from "../../components/model/spec";
import { buildCluster } from "../../components/build-cluster";
import * as pulumi from "@pulumi/pulumi";
import { loginOf } from "../../rehearsal/command/login";
import { run } from "../../rehearsal/command/run";
import type { Value } from "../../rehearsal/provider/values";
import { decode } from "../../rehearsal/provider/values";
import { recordResources, settled } from "../support/record-resources";
import { ask, inventory, reset } from "./laboratory";
import { labConfig } from "./stack";

// Each command of one host by itself, without the engine, which would not run one again that nothing asks for.

interface Step {
    readonly name: string;
    readonly inputs: Readonly<Record<string, Value>>;
}

let steps: Step[] = [];

beforeAll(async () => {
    await reset("vm1");
    const config = Object.entries(labConfig(await inventory()))
        .filter(([key]) => key.startsWith("steward:"))
        .map(([key, value]) => [key.slice("steward:".length), value] as const);
    const { spec, problems } = parseSpec(Object.fromEntries(config));
    if (spec === undefined || !isOnVms(spec)) throw new Error(JSON.stringify(problems));
    const { resources } = await recordResources();
    const { privateKey } = await inventory();
    await buildCluster(spec, { hosts: { privateKey: pulumi.secret(privateKey) } });
    await settled();
    steps = resources
        .filter(
            ({ type, name }) => type === "command:remote:Command" && name.includes("-front-a1-"),
        )
        .map(({ name, inputs }) => ({ name, inputs: decode(inputs).props }));
});

async function perform(verb: "create" | "delete", all: readonly Step[]) {
    const said: Record<string, string> = {};
    for (const { name, inputs } of all) {
        const login = loginOf(inputs["connection"], {});
        const stdin = String(inputs["stdin"] ?? "");
        const order = {
            login,
            command: String(inputs[verb]),
            environment: {},
            previous: {},
            stdin,
        };
        const { stdout } = await run(order).catch((error: unknown) => {
            throw new Error(`${verb} of ${name}: ${String(error)}`);
        });
        said[name.replace("-front-a1-", " ")] = stdout;
    }
    return said;
}

const all = (word: string) =>
    Object.fromEntries(
        steps.map(({ name }) => [
            name.replace("-front-a1-", " "),
            name.startsWith("hosting-") ? "debian-12" : word,
        ]),
    );

it("bring everything about once, and say that nothing is left to do the second time", async () => {
    expect(await perform("create", steps)).toEqual(all("changed"));
    expect(await perform("create", steps)).toEqual(all("unchanged"));
}, 240_000);

it("are undone in the other order, and leave people's files", async () => {
    await ask("vm1", "echo mine >/home/operator/mine");
    await perform("delete", [...steps].reverse());
    const left = "find /etc/steward /etc/ssh/sshd_config.d /etc/ssh/steward-keys -type f";
    expect(await ask("vm1", left)).toBe("");
    expect(await ask("vm1", "! command -v nft; cat /home/operator/mine")).toBe("mine");
    expect(await ask("vm1", "grep Steward /etc/hosts || getent hosts vm2")).toMatch(/ vm2$/);
    expect(await perform("create", steps)).toMatchObject({ "network firewall-confirm": "changed" });
}, 240_000);
