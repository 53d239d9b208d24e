import * as dns from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { AzureDnsSpec } from "../../../model/spec/azure-dns";
import type { Where } from "./where";

export interface SiteDomainArgs extends LayerArgs {
    readonly where: Where;
    readonly dns: AzureDnsSpec;
    readonly domain: string;
    /** The id of the gateway's public address. */
    readonly addressId: pulumi.Input<string>;
    readonly address: pulumi.Output<string>;
}

/** The site's domain: the zone, made or standing, and the record in it; its certificate is somebody else's. */
export class SiteDomain extends Layer {
    /** What somebody has to do outside, if anything. */
    readonly next: pulumi.Output<string> | undefined;

    constructor(name: string, args: SiteDomainArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:SiteDomain", name, args, opts);
        const { where, domain, address } = args;
        const { create, delegated, zone: standing, resourceGroup } = args.dns;
        const made =
            create === undefined
                ? undefined
                : new dns.Zone(
                      `${name}-zone`,
                      {
                          resourceGroupName: where.resourceGroupName,
                          location: "global",
                          zoneName: create,
                          zoneType: "Public",
                          tags: this.tags(),
                      },
                      // A zone made anew has other name servers, and its parent would still name the old ones.
                      { parent: this, protect: true, retainOnDelete: true },
                  );
        const zone = create ?? standing;
        if (zone !== undefined) {
            new dns.RecordSet(
                `${name}-site`,
                {
                    resourceGroupName:
                        made === undefined ? (resourceGroup ?? "") : where.resourceGroupName,
                    zoneName: made?.name ?? zone,
                    relativeRecordSetName: relativeName(domain, zone),
                    recordType: "A",
                    ttl: 3600,
                    // Follows the address, whatever it becomes.
                    targetResource: { id: args.addressId },
                },
                { parent: this },
            );
        }
        if (zone === undefined) {
            this.next = pulumi.interpolate`Point ${domain} at ${address}: an A record.`;
        } else if (made !== undefined && !delegated) {
            this.next = made.nameServers.apply(
                (servers) =>
                    `Have ${zone.slice(zone.indexOf(".") + 1)} delegate ${zone}: an NS record with ${servers.join(", ")}.`,
            );
        }
        this.registerOutputs();
    }
}

/** The name of a domain inside its zone; `@` is the zone itself. */
export function relativeName(domain: string, zone: string): string {
    return domain === zone ? "@" : domain.slice(0, -zone.length - 1);
}
