import type { Tell } from "../provider/engine-log";
import type { Outside, ResourceRequest, StandIn } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { hasUnknown, isProps } from "../provider/values";
import { loginOf } from "./login";
import { run } from "./run";
import { commandStandIn, remote } from "./stand-in";

/**
 * Runs one of a resource's commands; `last` is what the one before it said. The real provider says every line of every
 * command while it runs; here those that ask for it, since nobody waits for the others.
 */
async function carryOut(command: unknown, inputs: Props, last: Props, tell?: Tell): Promise<Props> {
    if (hasUnknown(inputs)) throw new Refusal("a command whose inputs are not known cannot run");
    if (typeof command !== "string")
        return { stdout: last["stdout"] ?? "", stderr: last["stderr"] ?? "" };
    const { connection, stdin, environment, addPreviousOutputInEnv } = inputs;
    const previous = addPreviousOutputInEnv === false ? {} : previousOf(last);
    const answer = await run({
        login: loginOf(connection, process.env),
        command,
        environment: isProps(environment) ? strings(environment) : {},
        previous,
        stdin: typeof stdin === "string" ? stdin : "",
        ...(inputs["logging"] === "stdout" && tell !== undefined ? { heard: tell } : {}),
    });
    return { ...answer };
}

function strings(values: Props): Record<string, string> {
    const texts = Object.entries(values).filter((entry): entry is [string, string] => {
        return typeof entry[1] === "string";
    });
    return Object.fromEntries(texts);
}

function previousOf({ stdout, stderr }: Props): Record<string, string> {
    const said = (key: string, value: unknown) =>
        typeof value === "string" && value !== "" ? { [key]: value } : {};
    return { ...said("PULUMI_COMMAND_STDOUT", stdout), ...said("PULUMI_COMMAND_STDERR", stderr) };
}

const isRemote = ({ type }: ResourceRequest): boolean => type === remote;

const outside: Outside = {
    create: async (request, tell) =>
        isRemote(request) ? carryOut(request.inputs["create"], request.inputs, {}, tell) : {},
    update: async (request, tell) => {
        const { inputs, old } = request;
        const command = inputs["update"] ?? inputs["create"];
        return isRemote(request) ? carryOut(command, inputs, old.outputs, tell) : {};
    },
    delete: async (request) => {
        const { inputs, outputs } = request.old;
        if (isRemote(request)) await carryOut(inputs["delete"], inputs, outputs);
    },
};

/**
 * Stands in for @pulumi/command where a stack of hosts is deployed on real ones: it runs each remote command over
 * SSH, when and how the real provider would. Commands of this machine are not run either way.
 */
export const commandsOnHosts: StandIn = { ...commandStandIn, outside };
