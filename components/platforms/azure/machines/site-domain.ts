import { RecordSet } from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { AzureDnsSpec } from "../../../model/spec/azure-dns";
import type { Place } from "../place";
import { publicZone, relativeName } from "../public-zone";

export interface SiteDomainArgs extends LayerArgs {
    readonly place: Place;
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
        const { place, dns, domain, address } = args;
        const called = dns.create ?? dns.zone;
        if (called === undefined) {
            this.next = pulumi.interpolate`Point ${domain} at ${address}: an A record.`;
        } else {
            const zone = publicZone(name, { place, dns, tags: this.tags() }, this);
            new RecordSet(
                `${name}-site`,
                {
                    resourceGroupName: zone.resourceGroupName,
                    zoneName: zone.name,
                    relativeRecordSetName: relativeName(domain, called),
                    recordType: "A",
                    ttl: 3600,
                    // Follows the address, whatever it becomes.
                    targetResource: { id: args.addressId },
                },
                { parent: this },
            );
            this.next = dns.delegated
                ? undefined
                : zone.servers?.apply(
                      (servers) =>
                          `Have ${called.slice(called.indexOf(".") + 1)} delegate ${called}: an NS record with ${servers.join(", ")}.`,
                  );
        }
        this.registerOutputs();
    }
}
