import { hex, uuid } from "../../provider/identifiers";
import { blocksAt, isGiven, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props, Value } from "../../provider/values";
import { isProps, Unknown } from "../../provider/values";
import { groupOf, lastOf, normal } from "../arm-id";
import type { Admission, AzureType, Making } from "../azure-type";
import { refuse } from "../azure-type";
import { networkName, shortNetworkName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";
import { checkAddress, enterSubnet, freeAddress } from "./subnets";

const endpointType = "azure-native:network:PrivateEndpoint";
const zoneGroupType = "azure-native:network:PrivateDnsZoneGroup";
const interfaceType = "azure-native:network:NetworkInterface";

/** The configurations with an address each: the one before, the one that is asked for, or the next that is free. */
function addressed({ inputs, cloud, old }: Making): Value {
    const before = blocksAt(old?.outputs ?? {}, "ipConfigurations");
    const given = inputs["ipConfigurations"];
    if (!Array.isArray(given)) return given ?? null;
    return given.map((each): Value => {
        if (!isProps(each)) return each;
        const same = before.find((one) => one["name"] === each["name"]);
        const asked = text(each, "privateIPAddress") ?? text(same ?? {}, "privateIPAddress");
        const subnet = textAt(each, "subnet.id");
        const address: Value =
            asked ?? (subnet === undefined ? Unknown : freeAddress(cloud, findById(cloud, subnet)));
        return { privateIPAllocationMethod: "Dynamic", ...each, privateIPAddress: address };
    });
}

function admitInterface({ inputs, cloud }: Admission): void {
    for (const each of blocksAt(inputs, "ipConfigurations")) {
        const id = textAt(each, "subnet.id");
        const subnet = id === undefined ? undefined : enterSubnet(cloud, id);
        const address = text(each, "privateIPAddress");
        if (address !== undefined) checkAddress(address, subnet);
        if (text(each, "privateIPAllocationMethod") === "Static" && address === undefined)
            refuse("PrivateIPAddressIsRequired", "privateIPAddress: is required with Static");
    }
}

function madeEndpoint({ inputs, cloud }: Making): Props {
    const name = text(inputs, "privateEndpointName") ?? "";
    const subnetId = textAt(inputs, "subnet.id") ?? "";
    const group = groupOf(subnetId) ?? "";
    const card = text(inputs, "customNetworkInterfaceName") ?? `${name}.nic.${uuid()}`;
    const target = textAt(inputs, "privateLinkServiceConnections.privateLinkServiceId") ?? "";
    const address = freeAddress(cloud, findById(cloud, subnetId));
    return {
        customDnsConfigs: [{ fqdn: lastOf(target), ipAddresses: [address] }],
        networkInterfaces: [
            { id: `${group}/providers/Microsoft.Network/networkInterfaces/${card}` },
        ],
    };
}

function admitZoneGroup({ id, cloud }: Admission): void {
    const endpoint = normal(id).replace(/\/[^/]+\/[^/]+$/, "");
    const other = cloud
        .all(zoneGroupType)
        .find(
            (each) => normal(each.id).startsWith(`${endpoint}/`) && normal(each.id) !== normal(id),
        );
    if (other !== undefined)
        refuse(
            "PrivateDnsZoneGroupLimit",
            `${other.id} is there already; an endpoint has one group`,
        );
}

/** Interfaces of machines, and of what is reached privately. @see https://learn.microsoft.com/azure/private-link/private-endpoint-overview */
export const privateLinkTypes: Readonly<Record<string, AzureType>> = {
    [interfaceType]: {
        path: inGroup("Microsoft.Network/networkInterfaces/{networkInterfaceName}"),
        name: networkName,
        required: ["ipConfigurations"],
        parts: ["ipConfigurations"],
        heldBy: ["azure-native:compute:VirtualMachine"],
        inUse: "NicInUse",
        defaults: {
            enableAcceleratedNetworking: false,
            enableIPForwarding: false,
            tapConfigurations: [],
        },
        admit: admitInterface,
        made: () => ({
            defaultOutboundConnectivityEnabled: false,
            dscpConfiguration: null,
            hostedWorkloads: [],
            macAddress: `60-45-BD-${hex(2)}-${hex(2)}-${hex(2)}`.toUpperCase(),
            primary: true,
            privateEndpoint: null,
            virtualMachine: null,
            vnetEncryptionSupported: false,
        }),
        computed: (making) => ({ ipConfigurations: withIds(making) }),
    },
    [endpointType]: {
        path: inGroup("Microsoft.Network/privateEndpoints/{privateEndpointName}"),
        name: shortNetworkName,
        required: ["subnet.id"],
        immutable: ["subnet"],
        parts: ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"],
        *inputProblems(inputs) {
            const kinds = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"];
            if (!kinds.some((kind) => isGiven(inputs, kind)))
                yield {
                    property: "privateLinkServiceConnections",
                    reason: "is required and not given",
                };
            for (const kind of kinds)
                for (const [at, each] of blocksAt(inputs, kind).entries())
                    if (!isGiven(each, "groupIds"))
                        yield {
                            property: `${kind}[${at}].groupIds`,
                            reason: "is required and not given",
                        };
        },
        admit({ inputs, cloud }) {
            for (const id of textsAt(inputs, "subnet.id")) enterSubnet(cloud, id);
        },
        made: madeEndpoint,
    },
    [zoneGroupType]: {
        path: inGroup(
            "Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}",
        ),
        name: networkName,
        required: ["privateDnsZoneConfigs"],
        *inputProblems(inputs) {
            const zones = blocksAt(inputs, "privateDnsZoneConfigs");
            if (zones.length > 5)
                yield {
                    property: "privateDnsZoneConfigs",
                    reason: `has ${zones.length} zones, of at most 5`,
                };
        },
        admit: admitZoneGroup,
    },
};

function withIds(making: Making): Value {
    const list = addressed(making);
    if (!Array.isArray(list)) return list;
    return list.map((each): Value => {
        const name = isProps(each) ? text(each, "name") : undefined;
        if (name === undefined || !isProps(each)) return each;
        return {
            ...each,
            id: making.id === "" ? Unknown : `${making.id}/ipConfigurations/${name}`,
        };
    });
}
