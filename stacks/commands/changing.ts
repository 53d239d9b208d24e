import { readState, StateProblem } from "../../policies/report/state";
import type { Pulumi } from "./pulumi";

/**
 * Types of Azure of which a property is Azure's to change once they stand, and what it is. Their components ignore
 * changes of it, and the engine then sends what its state has: with azure-native, which sends resources whole, that is the
 * value of the first day, unless the state is read anew before.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export const changing: Readonly<Record<string, string>> = {
    "azure-native:containerservice:AgentPool": "how many machines run",
    "azure-native:dbforpostgresql:Server":
        "how large a disk has grown, and the zone after a failover",
};

/**
 * The resources of a state that Azure changes by itself.
 *
 * @throws StateProblem when it is no state.
 */
export const changingIn = (json: unknown): string[] =>
    readState(json)
        .filter(({ type }) => Object.hasOwn(changing, type))
        .map(({ urn }) => urn);

/**
 * Has the engine read anew what Azure changes by itself, and nothing else of a stack.
 *
 * @returns the exit code of the CLI, 0 where there is nothing to read: also where there is no stack yet, of which the
 * command that comes next tells in its own words.
 */
export async function readChanging(
    pulumi: Pick<Pulumi, "read" | "foreground">,
    stack: string,
    quiet: boolean,
): Promise<number> {
    const urns = await exported(pulumi, stack);
    if (urns.length === 0) return 0;
    process.stderr.write(
        `${stack}: reads ${String(urns.length)} node pools and databases first, which Azure changes by itself\n`,
    );
    const targets = urns.flatMap((urn) => ["--target", urn]);
    return pulumi.foreground(
        ["refresh", "--stack", stack, "--yes", "--skip-preview", ...targets],
        quiet,
    );
}

async function exported(pulumi: Pick<Pulumi, "read">, stack: string): Promise<string[]> {
    try {
        return changingIn(JSON.parse(await pulumi.read(["stack", "export", "--stack", stack])));
    } catch (error) {
        const { stderr } = error as { stderr?: string };
        if (stderr === undefined && !(error instanceof StateProblem)) throw error;
        return [];
    }
}
