import { publicAddress } from "../../provider/identifiers";
import { numberAt, textAt, textsAt } from "../../provider/look";
import type { Props } from "../../provider/values";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { networkName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";

export const publicAddressType = "azure-native:network:PublicIPAddress";
export const natGatewayType = "azure-native:network:NatGateway";
const routeTableType = "azure-native:network:RouteTable";

/** Zones are 1, 2 and 3, each at most once; what a region has of them no list here says. */
export function* zoneProblems(inputs: Props, most = 3): Generator<Problem> {
    const zones = textsAt(inputs, "zones");
    const wrong = zones.find((zone) => !["1", "2", "3"].includes(zone));
    if (wrong !== undefined) yield { property: "zones", reason: `${wrong} is none of 1, 2, 3` };
    if (new Set(zones).size < zones.length) yield { property: "zones", reason: "has one twice" };
    if (zones.length > most)
        yield { property: "zones", reason: `has ${zones.length} zones, of at most ${most}` };
}

/** @see https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance */
function* addressProblems(inputs: Props): Generator<Problem> {
    yield* zoneProblems(inputs);
    const sku = textAt(inputs, "sku.name") ?? "Basic";
    if (sku === "Basic")
        yield {
            property: "sku.name",
            reason: "Basic was retired in September 2025; give Standard",
        };
    else if (textAt(inputs, "publicIPAllocationMethod") !== "Static")
        yield {
            property: "publicIPAllocationMethod",
            reason: "must be Static for a Standard address",
        };
}

/** A gateway of one zone takes addresses of that zone or of all; one of all zones only zone-redundant ones. */
function admitGateway({ inputs, cloud }: Admission): void {
    const [zone] = textsAt(inputs, "zones");
    for (const id of textsAt(inputs, "publicIpAddresses.id")) {
        const address = findById(cloud, id);
        const zones = textsAt(address?.outputs ?? {}, "zones");
        if (address === undefined || zone === undefined || zones.length !== 1 || zones[0] === zone)
            continue;
        refuse(
            "ZoneMismatch",
            `zones: ${id} is in zone ${zones.join(", ")}, the gateway in ${zone}`,
        );
    }
}

/** Public addresses, the gateways to the Internet behind them, and routes. */
export const publicAddressTypes: Readonly<Record<string, AzureType>> = {
    [publicAddressType]: {
        path: inGroup("Microsoft.Network/publicIPAddresses/{publicIpAddressName}"),
        name: networkName,
        immutable: ["publicIPAddressVersion", "publicIPPrefix", "sku"],
        fixed: ["zones"],
        defaults: { idleTimeoutInMinutes: 4, publicIPAddressVersion: "IPv4" },
        heldBy: [
            natGatewayType,
            "azure-native:network:LoadBalancer",
            "azure-native:network:ApplicationGateway",
            "azure-native:network:BastionHost",
            "azure-native:network:NetworkInterface",
            "azure-native:containerservice:ManagedCluster",
        ],
        inUse: "PublicIPAddressCannotBeDeleted",
        inputProblems: addressProblems,
        made: () => ({ ipAddress: publicAddress(), ipConfiguration: null }),
        computed({ inputs }) {
            const label = textAt(inputs, "dnsSettings.domainNameLabel");
            const given = inputs["dnsSettings"];
            if (label === undefined || typeof given !== "object" || given === null) return {};
            const fqdn = `${label}.${textAt(inputs, "location") ?? ""}.cloudapp.azure.com`;
            return { dnsSettings: { ...(given as Props), fqdn } };
        },
    },
    [natGatewayType]: {
        path: inGroup("Microsoft.Network/natGateways/{natGatewayName}"),
        name: networkName,
        fixed: ["zones", "sku"],
        heldBy: ["azure-native:network:Subnet"],
        inUse: "InUseNatGatewayCannotBeDeleted",
        *inputProblems(inputs) {
            yield* zoneProblems(inputs, textAt(inputs, "sku.name") === "StandardV2" ? 3 : 1);
            const idle = numberAt(inputs, "idleTimeoutInMinutes");
            if (idle !== undefined && (idle < 4 || idle > 120))
                yield { property: "idleTimeoutInMinutes", reason: `${idle} is not 4 to 120` };
            if (textsAt(inputs, "publicIpAddresses.id").length > 16)
                yield { property: "publicIpAddresses", reason: "has more than 16 addresses" };
        },
        admit: admitGateway,
        made: () => ({ subnets: [] }),
    },
    [routeTableType]: {
        path: inGroup("Microsoft.Network/routeTables/{routeTableName}"),
        name: networkName,
        parts: ["routes"],
        heldBy: ["azure-native:network:Subnet"],
        inUse: "InUseRouteTableCannotBeDeleted",
        made: () => ({ subnets: [] }),
    },
};
