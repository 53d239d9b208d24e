import type { CoreNodes } from "../core-nodes";
import { coreNodesFor, coreNodesOnAks } from "../core-nodes";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";

/** Core nodes that cannot hold the hubs: some of their pods would wait for ever. */
export function checkCoreNodes({ aws, azure, jupyterhub }: StackInput): Problem[] {
    if (jupyterhub === undefined) return [];
    const { hubs } = jupyterhub;
    const problems: Problem[] = [];
    if (aws?.nodes !== undefined) {
        const { instanceType, max } = aws.nodes.core;
        const needed = coreNodesFor(instanceType, hubs);
        problems.push(...tooFew("aws", { noun: "instanceType", size: instanceType, max }, needed));
    }
    if (azure?.nodes !== undefined) {
        const { vmSize, max } = azure.nodes.core;
        const needed = coreNodesOnAks(vmSize, hubs);
        problems.push(...tooFew("azure", { noun: "vmSize", size: vmSize, max }, needed));
    }
    return problems;
}

function tooFew(
    platform: "aws" | "azure",
    core: { readonly noun: string; readonly size: string; readonly max: number },
    needed: CoreNodes | undefined,
): Problem[] {
    if (needed === undefined || needed.nodes <= core.max) return [];
    const { nodes, asked, perNode } = needed;
    const word = ({ milliCpu, mebibytes }: typeof asked) =>
        `${(milliCpu / 1_000).toFixed(1)} cores and ${(mebibytes / 1_024).toFixed(1)} GiB`;
    return [
        {
            path: `steward:${platform}.nodes.core.max`,
            message: `the hubs and what they share ask for ${word(asked)}, and a ${core.size} leaves ${word(perNode)} to pods`,
            fix: `write at least ${String(nodes)}, or take a larger ${core.noun}`,
        },
    ];
}
