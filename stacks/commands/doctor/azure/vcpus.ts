import type { Finding } from "../check";
import { isOurs } from "../standing";
import type { AzureCheck, AzureTarget } from "./azure";
import type { Wanted } from "./machines";
import { wantedOf } from "./machines";
import { askForMore, judgeUsage, usagesOf } from "./usages";
import type { VmSku } from "./vm-skus";
import { skusOf } from "./vm-skus";

const service = "Microsoft.Compute" as const;

/** Names of the quotas over all families: ordinary machines, and spot machines, which no other counts. */
const regionalQuota = "cores";
const spotQuota = "lowPriorityCores";

interface Machine {
    readonly name?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly location?: string;
    readonly properties?: {
        readonly hardwareProfile?: { readonly vmSize?: string };
        readonly priority?: string;
        readonly virtualMachineProfile?: { readonly priority?: string };
    };
    /** Of a scale set. */
    readonly sku?: { readonly name?: string; readonly capacity?: number };
}

interface Demand {
    readonly first: number;
    readonly full: number;
}

type Skus = ReadonlyMap<string, VmSku>;

/**
 * Room for the machines that run from the first day on and the first of each further kind, and a warning where
 * everything at its most would not fit: by family, and over all of them.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/quotas
 */
export const azureVcpusCheck: AzureCheck = {
    id: "vcpus",
    title: "vCPUs",
    needs: "region",
    async run(target) {
        const [skus, usages, ours] = await Promise.all([
            skusOf(target),
            usagesOf(target, service),
            ownMachines(target),
        ]);
        const wanted = wantedOf(target.spec).filter(({ vmSize }) => skus.has(vmSize));
        const names = new Set(wanted.flatMap((each) => quotasOf(each, skus)));
        return [...names].flatMap((name): Finding[] => {
            const usage = usages.get(name.toLowerCase());
            if (usage === undefined) return [notCounted(name)];
            const own = ours
                .filter((each) => quotasOf(each, skus).includes(name))
                .reduce((sum, { vmSize }) => sum + (skus.get(vmSize)?.vcpus ?? 0), 0);
            const others = { ...usage, used: Math.max(0, usage.used - own) };
            const of = wanted.filter((each) => quotasOf(each, skus).includes(name));
            const { first, full } = demandOf(of, skus);
            const quota = { id: `vcpus.${name}`, service, name };
            const enough = judgeUsage(quota, target, others, first);
            if (enough.status !== "ok" || others.used + full <= others.limit) return [enough];
            const free = others.limit - others.used;
            const message = `${usage.counted}: with everything at its max ${String(full)}, free are ${String(free)}`;
            const more = askForMore(quota, target, others.used + full);
            const fix = `lower the max of steward:azure.nodes, or ${more}`;
            return [enough, { id: `vcpus.${name}.full`, status: "warning", message, fix }];
        });
    },
};

/** The quotas that count a machine: of its family and of all, or that of spot machines. */
function quotasOf(machine: Pick<Wanted, "vmSize" | "spot">, skus: Skus): string[] {
    const family = skus.get(machine.vmSize)?.family;
    if (family === undefined) return [];
    return machine.spot ? [spotQuota] : [family, regionalQuota];
}

function demandOf(wanted: readonly Wanted[], skus: Skus): Demand {
    const smallest = new Map<string, number>();
    let [always, full] = [0, 0];
    for (const { vmSize, purpose, always: count, most } of wanted) {
        const vcpus = skus.get(vmSize)?.vcpus ?? 0;
        always += count * vcpus;
        full += most * vcpus;
        if (count > 0) continue;
        smallest.set(purpose, Math.min(smallest.get(purpose) ?? Infinity, vcpus));
    }
    return { first: [...smallest.values()].reduce((sum, each) => sum + each, always), full };
}

/** Machines that run with the tags of this stack: a second deploy does not need them again. */
async function ownMachines(target: AzureTarget): Promise<Pick<Wanted, "vmSize" | "spot">[]> {
    const { spec, caller } = target;
    const { arm } = caller;
    const of = (type: string) =>
        arm.list<Machine>(arm.inSubscription(`/providers/Microsoft.Compute/${type}`), "2024-07-01");
    const [machines, scaleSets] = await Promise.all([
        of("virtualMachines"),
        of("virtualMachineScaleSets"),
    ]);
    const isOwn = ({ tags, location }: Machine) =>
        location === spec.region && isOurs(tags, spec.name);
    return [
        ...machines.filter(isOwn).map(({ properties }) => ({
            vmSize: properties?.hardwareProfile?.vmSize ?? "",
            spot: properties?.priority === "Spot",
        })),
        ...scaleSets.filter(isOwn).flatMap(({ sku, properties }) => {
            const isSpot = properties?.virtualMachineProfile?.priority === "Spot";
            const each = { vmSize: sku?.name ?? "", spot: isSpot };
            return Array.from({ length: sku?.capacity ?? 0 }, () => each);
        }),
    ];
}

function notCounted(name: string): Finding {
    const message = `Azure names no quota ${name} of the region`;
    const fix = "look it up under Quotas in the Azure portal";
    return { id: `vcpus.${name}`, status: "warning", message, fix };
}
