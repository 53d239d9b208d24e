import { hex } from "../../provider/identifiers";
import { isGiven, numberAt, textAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { lastOf, normal } from "../arm-id";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { freeName, networkName, zoneName } from "../names";
import { inGroup } from "./paths";

export const privateZoneType = "azure-native:privatedns:PrivateZone";
const linkType = "azure-native:privatedns:VirtualNetworkLink";

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
const tagLimits = { count: 15, key: 512, value: 256 };

/** The argument with the records of each kind. */
const records: Readonly<Record<string, string>> = {
    A: "aRecords",
    AAAA: "aaaaRecords",
    CAA: "caaRecords",
    CNAME: "cnameRecord",
    MX: "mxRecords",
    NS: "nsRecords",
    PTR: "ptrRecords",
    SOA: "soaRecord",
    SRV: "srvRecords",
    TXT: "txtRecords",
};

function* recordProblems(inputs: Props): Generator<Problem> {
    const kind = text(inputs, "recordType");
    if (kind === undefined) return;
    const wanted = records[kind];
    if (wanted === undefined) {
        yield { property: "recordType", reason: `is none of ${Object.keys(records).join(", ")}` };
        return;
    }
    if (!isGiven(inputs, wanted) && !isGiven(inputs, "targetResource"))
        yield { property: wanted, reason: "is required and not given" };
    const seconds = numberAt(inputs, "ttl");
    if (seconds === undefined && isGiven(inputs, wanted) && !("ttl" in inputs))
        yield { property: "ttl", reason: "is required and not given" };
    if (seconds !== undefined && (seconds < 1 || seconds > 2 ** 31 - 1))
        yield { property: "ttl", reason: `${seconds} is not 1 to ${2 ** 31 - 1}` };
    const isRoot = text(inputs, "relativeRecordSetName") === "@";
    if (kind === "CNAME" && isRoot)
        yield { property: "relativeRecordSetName", reason: "@ cannot be a CNAME" };
}

const zoneOf = (id: string): string => lastOf(normal(id).replace(/\/virtualnetworklinks\/.*$/, ""));

/** @see https://learn.microsoft.com/azure/dns/private-dns-virtual-network-links */
function admitLink({ id, inputs, cloud }: Admission): void {
    const network = normal(textAt(inputs, "virtualNetwork.id") ?? "");
    for (const other of cloud.all(linkType)) {
        if (normal(other.id) === normal(id)) continue;
        if (normal(textAt(other.outputs, "virtualNetwork.id") ?? "") !== network) continue;
        if (zoneOf(other.id) === zoneOf(id))
            refuse(
                "Conflict",
                `virtualNetwork: is linked to a zone of the name ${zoneOf(id)} by ${other.id} already`,
            );
        if (inputs["registrationEnabled"] === true && other.outputs["registrationEnabled"] === true)
            refuse(
                "Conflict",
                `registrationEnabled: the network registers its machines by ${other.id} already`,
            );
    }
}

const counts: Props = {
    maxNumberOfRecordSets: 25_000,
    maxNumberOfVirtualNetworkLinks: 1_000,
    maxNumberOfVirtualNetworkLinksWithRegistration: 100,
    numberOfRecordSets: 1,
    numberOfVirtualNetworkLinks: 0,
    numberOfVirtualNetworkLinksWithRegistration: 0,
};

const recordName = freeName(1, 253, "<>%&\\?/");

/** Zones, public and private, and what stands in them. @see https://learn.microsoft.com/azure/dns/dns-zones-records */
export const dnsTypes: Readonly<Record<string, AzureType>> = {
    [privateZoneType]: {
        path: inGroup("Microsoft.Network/privateDnsZones/{privateZoneName}"),
        name: zoneName,
        location: "global",
        tagLimits,
        heldBy: [linkType],
        inUse: "CannotDeleteResource",
        made: () => ({ ...counts, internalId: hex(32) }),
    },
    [linkType]: {
        path: inGroup(
            "Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}",
        ),
        name: networkName,
        location: "global",
        required: ["virtualNetwork.id"],
        immutable: ["virtualNetwork"],
        tagLimits,
        defaults: { registrationEnabled: false },
        admit: admitLink,
        made: () => ({ virtualNetworkLinkState: "Completed" }),
    },
    "azure-native:privatedns:PrivateRecordSet": {
        path: inGroup(
            "Microsoft.Network/privateDnsZones/{privateZoneName}/{recordType}/{relativeRecordSetName}",
        ),
        name: recordName,
        defaults: { metadata: {} },
        inputProblems: recordProblems,
        made: ({ inputs }) => ({
            fqdn: `${text(inputs, "relativeRecordSetName") ?? ""}.${text(inputs, "privateZoneName") ?? ""}.`,
            isAutoRegistered: false,
        }),
    },
    "azure-native:dns:Zone": {
        path: inGroup("Microsoft.Network/dnsZones/{zoneName}"),
        name: zoneName,
        location: "global",
        tagLimits,
        made: () => ({
            maxNumberOfRecordSets: 10_000,
            maxNumberOfRecordsPerRecordSet: null,
            nameServers: ["com", "net", "org", "info"].map(
                (end, at) => `ns${at + 1}-07.azure-dns.${end}.`,
            ),
            numberOfRecordSets: 2,
            signingKeys: [],
        }),
    },
    "azure-native:dns:RecordSet": {
        amongOthers: true,
        path: inGroup("Microsoft.Network/dnsZones/{zoneName}/{recordType}/{relativeRecordSetName}"),
        name: recordName,
        defaults: { metadata: {} },
        inputProblems: recordProblems,
        made: ({ inputs }) => ({
            fqdn: `${text(inputs, "relativeRecordSetName") ?? ""}.${text(inputs, "zoneName") ?? ""}.`,
        }),
    },
};
