import * as pulumi from "@pulumi/pulumi";
import { buildCluster } from "../../components/build-cluster";
import { isVmsMachines, parseSpec } from "../../components/model/spec";
import { loginOf } from "../../rehearsal/command/login";
import { run } from "../../rehearsal/command/run";
import type { Value } from "../../rehearsal/provider/values";
import { decode } from "../../rehearsal/provider/values";
import { madeKeys, textIn } from "../components/platforms/vms/vms";
import type { Recorded } from "../support/record-resources";
import { recordResources, settled } from "../support/record-resources";
import type { Config } from "./stack";

/** One command of a stack of hosts, as it is registered. */
export interface Step {
    readonly name: string;
    readonly inputs: Readonly<Record<string, Value>>;
}

/**
 * Every command of a stack, in the order in which they are registered: each after what it waits for.
 *
 * @param key Of the control machine, as a provider makes it; one that opens nothing by default.
 */
export async function stepsOf(config: Config, key?: object): Promise<Step[]> {
    const said = Object.entries(config)
        .filter(([key]) => key.startsWith("steward:"))
        .map(([key, value]) => [key.slice("steward:".length), value] as const);
    const { secrets = {}, ...rest } = Object.fromEntries(said);
    const { spec, problems } = parseSpec(rest);
    if (spec === undefined || !isVmsMachines(spec)) throw new Error(JSON.stringify(problems));
    const sealed = Object.entries(
        (secrets as Record<string, Record<string, string>>)["hosts"] ?? {},
    );
    const { resources } = await recordResources({
        outputs: key === undefined ? madeKeys : { "tls:index/privateKey:PrivateKey": () => key },
    });
    await buildCluster(spec, {
        hosts: Object.fromEntries(sealed.map(([key, value]) => [key, pulumi.secret(value)])),
    });
    await settled();
    return commandsIn(resources);
}

/** The commands among what was registered, in that order. */
export const commandsIn = (resources: readonly Recorded[]): Step[] =>
    resources
        .filter(({ type }) => type === "command:remote:Command")
        .map(({ name, inputs }) => ({ name, inputs: decode(inputs).props }));

/** Runs commands by themselves, without the engine, which would not run one again that nothing asks for. */
export async function perform(
    verb: "create" | "delete",
    steps: readonly Step[],
): Promise<Record<string, string>> {
    const said: Record<string, string> = {};
    for (const { name, inputs } of steps) {
        const order = {
            login: loginOf(inputs["connection"], {}),
            command: textIn(inputs, verb),
            environment: {},
            previous: {},
            stdin: textIn(inputs, "stdin"),
        };
        const { stdout } = await run(order).catch((error: unknown) => {
            throw new Error(`${verb} of ${name}: ${String(error)}`);
        });
        said[name] = stdout;
    }
    return said;
}
