import { shareOf, wordShare } from "./machine-shares";
import { capacityOf } from "./node-capacity";
import type { Choice, MachineShares } from "./spec/jupyterhub-profiles";

/**
 * The choices that shares of machines come to, in the order given: KubeSpawner offers the first as the default.
 * A machine without figures gives none; `checkMachineChoices` has refused it by then.
 *
 * @returns name, which stands in the address of a saved choice, and choice. A name may come twice.
 */
export function machineChoices(shares: readonly MachineShares[]): [string, Choice][] {
    return shares.flatMap(({ type, sharedBy, allowed_groups: groups }) => {
        const capacity = capacityOf(type);
        if (capacity === undefined) return [];
        return sharedBy.map((users): [string, Choice] => {
            const share = shareOf(capacity, users);
            const { memory, cpus, wholeCpus } = wordShare(share);
            const choice: Choice = {
                display_name: `${memory} RAM, ${cpus} CPUs`,
                description:
                    users === 1
                        ? `${wholeCpus} CPUs always available`
                        : `Up to ${wholeCpus} CPUs when available`,
                ...(groups === undefined ? {} : { allowed_groups: groups }),
                kubespawner_override: {
                    mem_guarantee: share.bytes,
                    mem_limit: share.bytes,
                    cpu_guarantee: share.cpuGuarantee,
                    cpu_limit: share.cpuLimit,
                    node_selector: { "node.kubernetes.io/instance-type": type },
                },
            };
            return [`mem_${memory.replace(" ", "_").toLowerCase()}`, choice];
        });
    });
}
