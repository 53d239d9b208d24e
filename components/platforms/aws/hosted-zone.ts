import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { DnsSpec } from "../../model/spec/aws-dns";
import { zoneName } from "../../model/spec/aws-dns";

/** The zone that records go to. */
export interface HostedZone {
    readonly name: string;
    readonly id: pulumi.Output<string>;
    /** Of a zone that we made: what its parent has to name. */
    readonly nameServers?: pulumi.Output<string[]>;
}

/** The zone that the stack file names: one that stands, or one that we make and never delete. */
export function hostedZone(
    resource: string,
    dns: DnsSpec,
    clusterName: string,
    tagsOf: (extra: Readonly<Record<string, string>>) => Record<string, string>,
    parent: pulumi.Resource,
): HostedZone {
    const name = zoneName(dns) ?? "";
    if (dns.create === undefined) {
        const found = route53.getZoneOutput({ name, privateZone: false }, { parent });
        return { name, id: found.zoneId };
    }
    const zone = new route53.Zone(
        resource,
        {
            name,
            comment: `Domains of ${clusterName}`,
            forceDestroy: false,
            tags: tagsOf({ Name: name }),
        },
        // A zone made anew has other name servers, and its parent would still name the old ones.
        { parent, protect: true, retainOnDelete: true },
    );
    return { name, id: zone.zoneId, nameServers: zone.nameServers };
}

/** What somebody has to do before the world finds a zone that we made. */
export function delegation({ name, nameServers }: HostedZone): pulumi.Output<string> {
    const parent = name.slice(name.indexOf(".") + 1);
    return pulumi
        .output(nameServers ?? [])
        .apply(
            (servers) =>
                `Have ${parent} delegate ${name}: an NS record with ${servers.join(", ")}. Then set ` +
                "steward:aws.dns.delegated to true and run up again: certificates wait for it.",
        );
}
