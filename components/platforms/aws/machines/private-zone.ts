import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { internalDomain, internalName } from "../../../model/commcare/internal-names";

export interface PrivateZoneArgs extends LayerArgs {
    readonly clusterName: string;
    readonly vpcId: pulumi.Input<string>;
    /** Addresses of machines, by name. */
    readonly hosts: Readonly<Record<string, pulumi.Input<string>>>;
    /** Names of services of the cloud, by the name that they get here. */
    readonly aliases: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Names that only the cluster knows: one for each machine and each service of the cloud, so that settings of
 * CommCare name neither an address nor an endpoint that a restored database would change.
 */
export class PrivateZone extends Layer {
    /** Such as commcare.internal. */
    readonly domain: string;

    constructor(name: string, args: PrivateZoneArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:PrivateZone", name, args, opts);
        const { clusterName, vpcId, hosts, aliases } = args;
        this.domain = internalDomain(clusterName);
        const zone = new route53.Zone(
            `${name}-private`,
            {
                name: this.domain,
                comment: `Machines and services of ${clusterName}, inside its network`,
                vpcs: [{ vpcId }],
                forceDestroy: false,
                tags: this.tags({ Name: this.domain }),
            },
            { parent: this },
        );
        for (const [type, entries] of [
            ["A", hosts],
            ["CNAME", aliases],
        ] as const) {
            for (const [host, value] of Object.entries(entries)) {
                new route53.Record(
                    `${name}-private-${host}`,
                    {
                        zoneId: zone.zoneId,
                        name: internalName(clusterName, host),
                        type,
                        ttl: 60,
                        records: [value],
                    },
                    { parent: this },
                );
            }
        }
        this.registerOutputs({ domain: this.domain });
    }
}
