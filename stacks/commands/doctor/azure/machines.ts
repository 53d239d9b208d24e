import { azureTypeOf } from "../../../../components/model/commcare/azure-types";
import { sharedPurpose } from "../../../../components/model/machines";
import type { OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import { poolsOf } from "../../../../components/platforms/azure/pools";

/** Machines of one size that a stack asks for. */
export interface Wanted {
    readonly vmSize: string;
    readonly zones: readonly string[];
    readonly spot: boolean;
    /** What they are for: of a purpose that starts when somebody comes, the first machine has to be had. */
    readonly purpose: string;
    /** How many run from the first day on. */
    readonly always: number;
    /** How many there may be. */
    readonly most: number;
}

/** All machines of a stack: pools of AKS, or the virtual machines of a plan. */
export function wantedOf(spec: OnlyAzure): Wanted[] {
    const { zones } = spec.platform.azure.network;
    if (isHubs(spec)) {
        const { nodes } = spec.platform.azure;
        return poolsOf(nodes, spec.workload.jupyterhub.hubs, zones).map((pool): Wanted => {
            const { vmSize, spot, purpose, max } = pool;
            const always = purpose === sharedPurpose ? max : 0;
            return { vmSize, zones: pool.zones, spot, purpose, always, most: max };
        });
    }
    return spec.workload.plan.machines.map((each) => ({
        vmSize: each.instanceType ?? azureTypeOf(each),
        zones: [zones[each.zone] ?? ""],
        spot: false,
        purpose: each.name,
        always: 1,
        most: 1,
    }));
}
