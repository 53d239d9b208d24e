import type { Arm } from "../../azure/arm";
import type { AzureTarget } from "./azure";

/** A size of virtual machines as a subscription has it in a region. */
export interface VmSku {
    readonly name: string;
    /** Which quota counts its vCPUs, such as `standardESv5Family`. */
    readonly family: string;
    readonly vcpus: number;
    readonly hostEncryption: boolean;
    /** Zones of the region that have it. */
    readonly zones: readonly string[];
    /** Why the subscription gets none of it in the whole region, such as `NotAvailableForSubscription`. */
    readonly closed: string | undefined;
    /** Zones in which the subscription gets none of it. */
    readonly closedZones: readonly string[];
}

interface Listed {
    readonly resourceType?: string;
    readonly name?: string;
    readonly family?: string;
    readonly locationInfo?: readonly { readonly zones?: readonly string[] | null }[] | null;
    readonly capabilities?: readonly { readonly name?: string; readonly value?: string }[] | null;
    readonly restrictions?:
        | readonly {
              readonly type?: string;
              readonly reasonCode?: string;
              readonly restrictionInfo?: { readonly zones?: readonly string[] | null };
          }[]
        | null;
}

/** The list has thousands of entries: it is asked for once in a run. */
const asked = new WeakMap<Arm, Promise<ReadonlyMap<string, VmSku>>>();

/**
 * Sizes of virtual machines in the stack's region, by name.
 *
 * @see https://learn.microsoft.com/rest/api/compute/resource-skus/list
 */
export function skusOf(target: AzureTarget): Promise<ReadonlyMap<string, VmSku>> {
    const { arm } = target.caller;
    const known = asked.get(arm) ?? listSkus(target);
    asked.set(arm, known);
    return known;
}

async function listSkus({ spec, caller: { arm } }: AzureTarget) {
    const path = arm.inSubscription("/providers/Microsoft.Compute/skus");
    const query = { $filter: `location eq '${spec.region}'` };
    const all = await arm.list<Listed>(path, "2021-07-01", query);
    return new Map(
        all
            .filter(({ resourceType }) => resourceType === "virtualMachines")
            .map(read)
            .map((sku) => [sku.name, sku]),
    );
}

function read({ name = "", family = "", locationInfo, capabilities, restrictions }: Listed): VmSku {
    const capability = (key: string) => capabilities?.find((each) => each.name === key)?.value;
    const inZones = (restrictions ?? []).filter(({ type }) => type === "Zone");
    return {
        name,
        family,
        // What constrained sizes are billed and counted by are all their cores.
        vcpus: Number(capability("vCPUs") ?? 0),
        hostEncryption: capability("EncryptionAtHostSupported") === "True",
        zones: [...(locationInfo?.[0]?.zones ?? [])].sort(),
        closed: restrictions?.find(({ type }) => type === "Location")?.reasonCode,
        closedZones: inZones.flatMap(({ restrictionInfo }) => restrictionInfo?.zones ?? []),
    };
}
