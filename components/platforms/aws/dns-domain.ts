import * as iam from "@pulumi/aws/iam";
import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { DnsSpec } from "../../model/spec/aws-dns";
import { isReachable } from "../../model/spec/aws-dns";
import type { Entrance } from "../foundation";
import { certificateAgent } from "../foundation";
import type { HostedZone } from "./hosted-zone";
import { delegation, hostedZone } from "./hosted-zone";
import type { LoadBalancer } from "./load-balancer";
import type { Place } from "./place";
import { podIdentity } from "./pod-identity";

export interface DnsDomainArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: pulumi.Input<string>;
    readonly place: Place;
    readonly dns: DnsSpec;
    /** Each hub's name and domain. */
    readonly hubs: readonly { readonly name: string; readonly domain: string }[];
    /** Whom Let's Encrypt and others tell of a certificate that they refused. */
    readonly certificateContact: string;
    readonly address: LoadBalancer["address"];
}

/**
 * The domain names layer: the zone, made or found, the record of each hub, and the right to answer for
 * certificates in it. Built only where the stack names a zone.
 *
 * No DNSSEC: its chain ends in a record that the parent zone has to change with every key, and until somebody does,
 * nobody who checks finds the hubs.
 */
export class DnsDomain extends Layer {
    readonly proof: NonNullable<Entrance["proof"]>;
    /** What somebody has to do outside, if anything. */
    readonly next: pulumi.Output<string> | undefined;

    readonly #name: string;
    readonly #args: DnsDomainArgs;

    constructor(name: string, args: DnsDomainArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:DnsDomain", name, args, opts);
        this.#name = name;
        this.#args = args;

        const zone = hostedZone(
            `${name}-zone`,
            args.dns,
            args.clusterName,
            (extra) => this.tags(extra),
            this,
        );
        const records = args.hubs.map((hub) => this.#records(zone, hub));
        const ready = this.#certificateIdentity(zone);

        const route53 = { region: args.place.region, hostedZoneID: zone.id };
        this.proof = { solver: { route53 }, ready: [...ready, ...records] };
        this.next = isReachable(args.dns) ? undefined : delegation(zone);
        this.registerOutputs({ zoneId: zone.id });
    }

    /** An alias, not a CNAME: it may stand at the top of a zone, and beside other records of its name. */
    #records(zone: HostedZone, hub: DnsDomainArgs["hubs"][number]): pulumi.Resource {
        const { address, certificateContact } = this.#args;
        const at = { zoneId: zone.id, name: hub.domain };
        new route53.Record(
            `${this.#name}-${hub.name}`,
            {
                ...at,
                type: "A",
                aliases: [
                    { name: address.name, zoneId: address.zone, evaluateTargetHealth: false },
                ],
            },
            { parent: this },
        );
        // Who else may issue for this name: nobody. https://letsencrypt.org/docs/caa/
        return new route53.Record(
            `${this.#name}-${hub.name}-authority`,
            {
                ...at,
                type: "CAA",
                ttl: 3600,
                records: [
                    '0 issue "letsencrypt.org"',
                    '0 issuewild ";"',
                    `0 iodef "mailto:${certificateContact}"`,
                ],
            },
            { parent: this },
        );
    }

    /** The agent may write the proof of a hub's domain, and nothing else in the zone. */
    #certificateIdentity(zone: HostedZone): readonly pulumi.Resource[] {
        const { clusterName, cluster, place, hubs } = this.#args;
        const identity = podIdentity(
            `${this.#name}-certificates`,
            {
                clusterName,
                cluster,
                ...certificateAgent,
                description: `Proves the domains of ${clusterName} to Let's Encrypt`,
                tags: this.tags(),
            },
            { parent: this },
        );
        const domains = hubs.map(({ domain }) => domain);
        const policy = new iam.RolePolicy(
            `${this.#name}-certificates`,
            {
                role: identity.role.name,
                policy: zone.id.apply((id) => provesDomains(place, id, domains)),
            },
            { parent: this },
        );
        return [...identity.ready, policy];
    }
}

/** @see https://cert-manager.io/docs/configuration/acme/dns01/route53/ */
function provesDomains({ partition }: Place, zoneId: string, domains: readonly string[]): string {
    const zone = `arn:${partition}:route53:::hostedzone/${zoneId}`;
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: "route53:GetChange",
                Resource: `arn:${partition}:route53:::change/*`,
            },
            { Effect: "Allow", Action: "route53:ListResourceRecordSets", Resource: zone },
            {
                Effect: "Allow",
                Action: "route53:ChangeResourceRecordSets",
                Resource: zone,
                Condition: {
                    "ForAllValues:StringEquals": {
                        "route53:ChangeResourceRecordSetsNormalizedRecordNames": domains.map(
                            (domain) => `_acme-challenge.${domain}`,
                        ),
                        "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"],
                    },
                },
            },
        ],
    });
}
