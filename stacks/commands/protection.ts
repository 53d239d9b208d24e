import type { Pulumi } from "./pulumi";

type Cli = Pick<Pulumi, "read">;

/** Lifts or sets the engine's protection in the state of a stack. */
export async function protection(
    verb: "protect" | "unprotect",
    urns: readonly string[],
    pulumi: Cli,
    stack: string,
): Promise<void> {
    if (urns.length === 0) return;
    await pulumi.read(["state", verb, ...urns, "--yes", "--stack", stack]);
}

/** Protects again what of these is still there: data whose deletion was declined, or failed. */
export async function restore(urns: readonly string[], pulumi: Cli, stack: string): Promise<void> {
    const state = await pulumi.read(["stack", "export", "--stack", stack]);
    const left = urns.filter((urn) => state.includes(JSON.stringify(urn)));
    await protection("protect", left, pulumi, stack);
}
