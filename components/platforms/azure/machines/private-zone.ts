import * as privatedns from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { internalDomain } from "../../../model/commcare/internal-names";
import type { Where } from "./where";

export interface PrivateZoneArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    readonly networkId: pulumi.Input<string>;
    /** Addresses of machines and of load balancers, by name. */
    readonly hosts: Readonly<Record<string, pulumi.Input<string>>>;
    /** Names of services of the cloud, by the name that they get here. */
    readonly aliases: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Names that only the cluster knows: one for each machine and each service of the cloud, so that settings of
 * CommCare name neither an address nor an endpoint that a restored database would change.
 */
export class PrivateZone extends Layer {
    constructor(name: string, args: PrivateZoneArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:PrivateZone", name, args, opts);
        const { clusterName, where, networkId, hosts, aliases } = args;
        const { resourceGroupName } = where;
        const zone = new privatedns.PrivateZone(
            `${name}-private`,
            {
                resourceGroupName,
                location: "global",
                privateZoneName: internalDomain(clusterName),
                tags: this.tags(),
            },
            { parent: this },
        );
        new privatedns.VirtualNetworkLink(
            `${name}-private`,
            {
                resourceGroupName,
                location: "global",
                privateZoneName: zone.name,
                virtualNetworkLinkName: "cluster",
                virtualNetwork: { id: networkId },
                registrationEnabled: false, // names are the plan's, not those of the machines
                tags: this.tags(),
            },
            { parent: this },
        );
        type Value = Pick<
            privatedns.PrivateRecordSetArgs,
            "recordType" | "aRecords" | "cnameRecord"
        >;
        const record = (host: string, value: Value) =>
            new privatedns.PrivateRecordSet(
                `${name}-private-${host}`,
                {
                    resourceGroupName,
                    privateZoneName: zone.name,
                    relativeRecordSetName: host,
                    ttl: 60,
                    ...value,
                },
                { parent: this },
            );
        for (const [host, ipv4Address] of Object.entries(hosts)) {
            record(host, { recordType: "A", aRecords: [{ ipv4Address }] });
        }
        for (const [host, cname] of Object.entries(aliases)) {
            record(host, { recordType: "CNAME", cnameRecord: { cname } });
        }
        this.registerOutputs();
    }
}
