import { commandStandIn } from "../../../rehearsal/command/stand-in";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type { ResourceRequest } from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";

const local = "command:local:Command";
const remote = "command:remote:Command";

function request(type: string, inputs: Props): ResourceRequest {
    return { urn: "urn:a", type, name: "a", inputs, cloud: new Ledger(), config: {} };
}

function problems(type: string, inputs: Props): string[] {
    const { failures } = commandStandIn.check({ ...request(type, inputs), old: undefined });
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

function difference(inputs: Props, before: Props) {
    const old = { type: local, id: "a", urn: "urn:a", inputs: before, outputs: {} };
    return commandStandIn.diff({ ...request(local, inputs), old });
}

describe("a command", () => {
    it.each([
        [local, { run: "true" }, "run: command:local:Command has no such property"],
        [remote, { dir: "/" }, "dir: command:remote:Command has no such property"],
        [local, { triggers: "a" }, "triggers: is no list"],
        [
            local,
            { environment: { "a-b": "c" } },
            "environment.a-b: is no name of a variable: letters, digits and _, no digit first",
        ],
        [remote, { connection: { host: "" } }, "connection.host: is no host name or address"],
        [
            remote,
            { connection: { host: "a", port: 70_000 } },
            "connection.port: is no port: a whole number from 1 to 65535",
        ],
        [remote, {}, "connection: is not given; a remote command needs a host"],
    ])("%s is refused with %j", (type, inputs: Props, problem) => {
        const connection: Props =
            type === remote && "dir" in inputs ? { connection: { host: "a" } } : {};
        expect(problems(type, { ...inputs, ...connection })).toEqual([problem]);
    });

    it("takes what is not known yet", () => {
        expect(problems(remote, { create: Unknown, connection: Unknown })).toEqual([]);
        const connection: Props = { host: Unknown, port: Unknown };
        expect(problems(remote, { create: Unknown, triggers: Unknown, connection })).toEqual([]);
    });

    it("says that nothing was run instead of an answer", () => {
        const inputs = { create: "hostname" };
        const { outputs } = commandStandIn.create({ ...request(local, inputs), preview: false });
        expect(outputs).toEqual({ ...inputs, stdout: "rehearsal: nothing was run", stderr: "" });
        const previewed = commandStandIn.create({ ...request(local, inputs), preview: true });
        expect(previewed.outputs).toEqual({ ...inputs, stdout: Unknown, stderr: Unknown });
    });

    it("cannot run with something unknown", () => {
        const asked = { ...request(local, { create: Unknown }), preview: false };
        expect(() => commandStandIn.create(asked)).toThrow(
            "a command whose inputs are not known cannot run",
        );
    });

    it("is replaced by its triggers, unless it has a command for updates", () => {
        const before = { create: "true", triggers: [1] };
        const after = { create: "true", triggers: [2] };
        expect(difference(after, before)).toEqual({
            changed: ["triggers"],
            replaces: ["triggers"],
            deleteBeforeReplace: false,
        });
        const update = { update: "true" };
        expect(difference({ ...after, ...update }, { ...before, ...update }).replaces).toEqual([]);
        expect(difference({ create: "false" }, { create: "true" })).toEqual({
            changed: ["create"],
            replaces: [],
            deleteBeforeReplace: false,
        });
        expect(difference(before, before).changed).toEqual([]);
    });
});

it("refuses other types and look-ups", () => {
    expect(problems("command:remote:CopyToRemote", {})).toEqual([
        ": the rehearsal does not know command:remote:CopyToRemote; add it to rehearsal/command/stand-in.ts",
    ]);
    expect(() => commandStandIn.invoke("command:local:run", {}, {}, new Ledger())).toThrow(
        "the rehearsal of command answers no command:local:run: it runs nothing",
    );
});
