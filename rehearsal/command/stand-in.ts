import { randomBytes } from "node:crypto";
import { version } from "@pulumi/command/package.json";
import type { Failure, StandIn } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { hasUnknown, isProps, same, Unknown } from "../provider/values";

const local = "command:local:Command";
export const remote = "command:remote:Command";

/** What a rehearsed command answers: nothing was run, and nobody should take this for its output. */
const answer = "rehearsal: nothing was run";

/** Inputs of both, and of each alone. */
const known: Readonly<Record<string, readonly string[]>> = {
    [local]: ["archivePaths", "assetPaths", "dir", "interpreter"],
    [remote]: ["connection"],
};
const shared = [
    ...["create", "update", "delete", "triggers", "environment", "stdin", "logging"],
    "addPreviousOutputInEnv",
];

function failuresOf(type: string, inputs: Props): Failure[] {
    const own = known[type];
    if (own === undefined) {
        const reason = `the rehearsal does not know ${type}; add it to rehearsal/command/stand-in.ts`;
        return [{ property: "", reason }];
    }
    const failures: Failure[] = Object.keys(inputs)
        .filter((key) => !shared.includes(key) && !own.includes(key))
        .map((property) => ({ property, reason: `${type} has no such property` }));
    const { triggers, environment } = inputs;
    if (triggers !== undefined && triggers !== Unknown && !Array.isArray(triggers)) {
        failures.push({ property: "triggers", reason: "is no list" });
    }
    if (isProps(environment)) {
        const unfit = Object.keys(environment).filter((key) => !/^[A-Za-z_]\w*$/.test(key));
        failures.push(
            ...unfit.map((key) => ({
                property: `environment.${key}`,
                reason: "is no name of a variable: letters, digits and _, no digit first",
            })),
        );
    }
    return type === remote ? [...failures, ...connectionFailures(inputs["connection"])] : failures;
}

/** @see https://www.pulumi.com/registry/packages/command/api-docs/remote/command/#connection */
function connectionFailures(connection: Value | undefined): Failure[] {
    if (connection === Unknown) return [];
    if (!isProps(connection)) {
        return [{ property: "connection", reason: "is not given; a remote command needs a host" }];
    }
    const { host, port } = connection;
    const failures: Failure[] = [];
    if (host !== Unknown && (typeof host !== "string" || host === "")) {
        failures.push({ property: "connection.host", reason: "is no host name or address" });
    }
    const fits = (value: number) => Number.isInteger(value) && value >= 1 && value <= 65_535;
    if (port !== undefined && port !== Unknown && !(typeof port === "number" && fits(port))) {
        const reason = "is no port: a whole number from 1 to 65535";
        failures.push({ property: "connection.port", reason });
    }
    return failures;
}

function outputsOf(inputs: Props, stdout: Value): Props {
    return { ...inputs, stdout, stderr: stdout === Unknown ? Unknown : "" };
}

/**
 * Stands in for @pulumi/command: it records the commands of hosts and of this machine, and runs none of them.
 *
 * @see https://www.pulumi.com/registry/packages/command/
 */
export const commandStandIn: StandIn = {
    package: "command",
    version,
    check: ({ type, inputs }) => ({ inputs, failures: failuresOf(type, inputs) }),
    diff({ inputs, old }) {
        const keys = new Set([...Object.keys(inputs), ...Object.keys(old.inputs)]);
        const changed = [...keys].filter((key) => !same(inputs[key], old.inputs[key]));
        // With a command for updates the real one runs that, else it is replaced: new create, then old delete.
        const replaces =
            inputs["update"] === undefined ? changed.filter((key) => key === "triggers") : [];
        return { changed, replaces, deleteBeforeReplace: false };
    },
    create({ inputs, preview }) {
        if (preview) return { id: "", outputs: outputsOf(inputs, Unknown) };
        if (hasUnknown(inputs))
            throw new Refusal("a command whose inputs are not known cannot run");
        return { id: randomBytes(4).toString("hex"), outputs: outputsOf(inputs, answer) };
    },
    update({ inputs, preview }) {
        return { outputs: outputsOf(inputs, preview ? Unknown : answer) };
    },
    delete() {
        // the command in `delete` is not run either
    },
    // How a host is entered is secret whether or not the program says so, as the real provider has it.
    secretOutputs: (type) => (type === remote ? ["connection"] : []),
    invoke(token) {
        throw new Refusal(`the rehearsal of command answers no ${token}: it runs nothing`);
    },
};
