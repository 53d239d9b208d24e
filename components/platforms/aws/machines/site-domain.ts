import * as acm from "@pulumi/aws/acm";
import type * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { DnsSpec } from "../../../model/spec/aws-dns";
import { isReachable } from "../../../model/spec/aws-dns";
import { delegation, hostedZone } from "../hosted-zone";

export interface SiteDomainArgs extends LayerArgs {
    readonly clusterName: string;
    readonly dns: DnsSpec;
    readonly domain: string;
    readonly balancer: lb.LoadBalancer;
}

/** The site's domain and its certificate: the zone, made or found, and what stands in it. */
export class SiteDomain extends Layer {
    readonly certificate: acm.Certificate;
    /** The certificate once the world can check it; undefined as long as nobody finds the zone. */
    readonly proven: pulumi.Output<string> | undefined;
    /** What somebody has to do outside, if anything. */
    readonly next: pulumi.Output<string> | undefined;

    constructor(name: string, args: SiteDomainArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:SiteDomain", name, args, opts);
        const { clusterName, dns, domain, balancer } = args;
        const zone = hostedZone(
            `${name}-zone`,
            dns,
            clusterName,
            (extra) => this.tags(extra),
            this,
        );
        this.certificate = new acm.Certificate(
            `${name}-site`,
            {
                domainName: domain,
                validationMethod: "DNS",
                tags: this.tags({ Name: `${clusterName}-site` }),
            },
            { parent: this },
        );
        const record = (noun: string, more: Omit<route53.RecordArgs, "zoneId">) =>
            new route53.Record(`${name}-${noun}`, { zoneId: zone.id, ...more }, { parent: this });
        record("site", {
            name: domain,
            type: "A",
            aliases: [
                { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false },
            ],
        });
        // Who else may issue for this name: nobody. https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html
        record("site-authority", {
            name: domain,
            type: "CAA",
            ttl: 3600,
            records: ['0 issue "amazon.com"', '0 issuewild ";"'],
        });
        const proof = this.certificate.domainValidationOptions.apply(([one]) => one);
        const written = record("site-proof", {
            name: proof.apply((one) => one?.resourceRecordName ?? ""),
            type: "CNAME",
            ttl: 300,
            records: [proof.apply((one) => one?.resourceRecordValue ?? "")],
        });
        this.proven = isReachable(dns)
            ? new acm.CertificateValidation(
                  `${name}-site`,
                  {
                      certificateArn: this.certificate.arn,
                      validationRecordFqdns: [written.fqdn],
                  },
                  { parent: this },
              ).certificateArn
            : undefined;
        this.next = this.proven === undefined ? delegation(zone) : undefined;
        this.registerOutputs({ certificate: this.certificate.arn });
    }
}
