import { coreNodesFor } from "../core-nodes";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";

/** Core nodes that cannot hold the hubs: some of their pods would wait for ever. */
export function checkCoreNodes({ aws, jupyterhub }: StackInput): Problem[] {
    if (aws?.nodes === undefined || jupyterhub === undefined) return [];
    const { instanceType, max } = aws.nodes.core;
    const needed = coreNodesFor(instanceType, jupyterhub.hubs);
    if (needed === undefined || needed.nodes <= max) return [];
    const { nodes, asked, perNode } = needed;
    const word = ({ milliCpu, mebibytes }: typeof asked) =>
        `${(milliCpu / 1_000).toFixed(1)} cores and ${(mebibytes / 1_024).toFixed(1)} GiB`;
    return [
        {
            path: "steward:aws.nodes.core.max",
            message: `the hubs and what they share ask for ${word(asked)}, and a ${instanceType} leaves ${word(perNode)} to pods`,
            fix: `write at least ${String(nodes)}, or take a larger instanceType`,
        },
    ];
}
