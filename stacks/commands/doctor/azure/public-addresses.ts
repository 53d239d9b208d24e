import type { OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import { isOurs } from "../standing";
import type { AzureCheck } from "./azure";
import { judgeUsage, usagesOf } from "./usages";

const service = "Microsoft.Network" as const;

/** A subscription has one of these or several: all addresses, those of the standard kind, and IPv4 of them. */
const quotas = [
    "PublicIPAddresses",
    "StandardSkuPublicIpAddresses",
    "IPv4StandardSkuPublicIpAddresses",
];

interface Address {
    readonly location?: string;
    readonly tags?: Readonly<Record<string, string>>;
}

/** The way out, the way in, and the bastion of machines. */
function addressesOf(spec: OnlyAzure): number {
    return 2 + (!isHubs(spec) && spec.platform.azure.machines.bastion ? 1 : 0);
}

export const publicAddressesCheck: AzureCheck = {
    id: "public-addresses",
    title: "Public addresses",
    needs: "region",
    async run(target) {
        const { spec, caller } = target;
        const { arm } = caller;
        const [usages, all] = await Promise.all([
            usagesOf(target, service),
            arm.list<Address>(
                arm.inSubscription("/providers/Microsoft.Network/publicIPAddresses"),
                "2024-05-01",
            ),
        ]);
        const own = all.filter(
            ({ location, tags }) => location === spec.region && isOurs(tags, spec.name),
        ).length;
        const found = quotas.flatMap((name) => {
            const usage = usages.get(name.toLowerCase());
            if (usage === undefined) return [];
            const id = `public-addresses.${name}`;
            const others = { ...usage, used: Math.max(0, usage.used - own) };
            return [judgeUsage({ id, service, name }, target, others, addressesOf(spec))];
        });
        if (found.length > 0) return found;
        const message = "Azure names no quota of public addresses in the region";
        const fix = "look it up under Quotas in the Azure portal";
        return [{ id: "public-addresses", status: "warning", message, fix }];
    },
};
