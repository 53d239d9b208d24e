import type * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { RecordsBucket } from "./records-bucket";

export interface PublicEntryArgs extends LayerArgs {
    readonly clusterName: string;
    readonly vpcId: pulumi.Input<string>;
    /** Public ones, one for each zone. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly groupId: pulumi.Input<string>;
    /** Where nginx listens, by the names of the plan. */
    readonly proxies: Readonly<Record<string, ec2.Instance>>;
    /** Who asked for what goes there. */
    readonly records: RecordsBucket;
}

/** TLS 1.2 and 1.3, without ciphers that know no forward secrecy. */
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

/**
 * The one way in from the Internet: a load balancer that ends TLS and speaks TLS again to nginx, whose certificate
 * is its own. Protected: the site's domain points at its name, perhaps in a zone that is not ours.
 */
export class PublicEntry extends Layer {
    readonly balancer: lb.LoadBalancer;
    readonly targets: lb.TargetGroup;

    readonly #name: string;
    readonly #clusterName: string;

    constructor(name: string, args: PublicEntryArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:PublicEntry", name, args, opts);
        const { clusterName, vpcId, proxies, records } = args;
        this.#name = name;
        this.#clusterName = clusterName;
        const tags = this.tags({ Name: `${clusterName}-site` });
        this.balancer = new lb.LoadBalancer(
            `${name}-site`,
            {
                loadBalancerType: "application",
                internal: false,
                ipAddressType: "ipv4",
                subnets: [...args.subnetIds],
                securityGroups: [args.groupId],
                dropInvalidHeaderFields: true,
                idleTimeout: 300, // seconds: reports and imports think for minutes before they answer
                accessLogs: { bucket: records.bucket, prefix: "site", enabled: true },
                tags,
            },
            { parent: this, protect: true, dependsOn: [records] },
        );
        this.targets = new lb.TargetGroup(
            `${name}-site`,
            {
                vpcId,
                targetType: "instance",
                protocol: "HTTPS",
                port: 443,
                deregistrationDelay: 60,
                healthCheck: {
                    protocol: "HTTPS",
                    path: "/healthz",
                    matcher: "200",
                    interval: 15,
                    timeout: 6,
                    healthyThreshold: 2,
                    unhealthyThreshold: 3,
                },
                tags,
            },
            { parent: this },
        );
        for (const [host, { id }] of Object.entries(proxies)) {
            new lb.TargetGroupAttachment(
                `${name}-site-${host}`,
                { targetGroupArn: this.targets.arn, targetId: id, port: 443 },
                { parent: this },
            );
        }
        new lb.Listener(
            `${name}-site-http`,
            {
                loadBalancerArn: this.balancer.arn,
                protocol: "HTTP",
                port: 80,
                defaultActions: [
                    {
                        type: "redirect",
                        redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" },
                    },
                ],
                tags,
            },
            { parent: this },
        );
        this.registerOutputs({ address: this.balancer.dnsName });
    }

    /** Opens HTTPS, once there is a certificate that the world can check. */
    listen(certificateArn: pulumi.Input<string>): void {
        new lb.Listener(
            `${this.#name}-site-https`,
            {
                loadBalancerArn: this.balancer.arn,
                protocol: "HTTPS",
                port: 443,
                sslPolicy,
                certificateArn,
                defaultActions: [{ type: "forward", targetGroupArn: this.targets.arn }],
                tags: this.tags({ Name: `${this.#clusterName}-site` }),
            },
            { parent: this },
        );
    }
}
