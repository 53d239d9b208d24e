import type * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { balancerGroup } from "../../../model/commcare/host-groups";
import type { Balancer } from "../../../model/commcare/plan";
import type { Firewall } from "./firewall";

export interface InnerBalancersArgs extends LayerArgs {
    readonly clusterName: string;
    readonly vpcId: pulumi.Input<string>;
    /** One for each zone, where data is kept. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly balancers: readonly Balancer[];
    readonly firewall: Firewall;
    /** By the names of the plan. */
    readonly instances: Readonly<Record<string, ec2.Instance>>;
}

/** Load balancers that only the cluster reaches: one address for several machines of a service. */
export class InnerBalancers extends Layer {
    /** The name in the DNS of each. */
    readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: InnerBalancersArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:InnerBalancers", name, args, opts);
        this.addresses = Object.fromEntries(
            args.balancers.map((each) => [each.name, this.#balancer(name, each, args)]),
        );
        this.registerOutputs();
    }

    #balancer(
        name: string,
        balancer: Balancer,
        { clusterName, vpcId, subnetIds, firewall, instances }: InnerBalancersArgs,
    ): pulumi.Output<string> {
        const { kind, port, targetPort, machines } = balancer;
        const noun = `${name}-${balancer.name}`;
        const tags = this.tags({ Name: `${clusterName}-${balancer.name}` });
        const protocol = kind === "network" ? "TCP" : "HTTP";
        const made = new lb.LoadBalancer(
            noun,
            {
                loadBalancerType: kind,
                internal: true,
                ipAddressType: "ipv4",
                subnets: [...subnetIds],
                securityGroups: [firewall.idOf(balancerGroup(balancer))],
                ...(kind === "network"
                    ? { enableCrossZoneLoadBalancing: true }
                    : { dropInvalidHeaderFields: true, idleTimeout: 300 }),
                tags,
            },
            { parent: this },
        );
        const targets = new lb.TargetGroup(
            noun,
            {
                vpcId,
                targetType: "instance",
                protocol,
                port: targetPort,
                // Otherwise a machine cannot reach itself through the balancer, and rules would name its clients.
                ...(kind === "network" ? { preserveClientIp: "false" } : {}),
                deregistrationDelay: 60,
                healthCheck:
                    kind === "network"
                        ? { protocol: "TCP", interval: 10 }
                        : { protocol: "HTTP", path: "/_up", matcher: "200,401", interval: 10 },
                tags,
            },
            { parent: this },
        );
        for (const machine of machines) {
            const instance = instances[machine];
            if (instance === undefined) throw new Error(`${balancer.name} has no ${machine}`);
            new lb.TargetGroupAttachment(
                `${noun}-${machine}`,
                { targetGroupArn: targets.arn, targetId: instance.id, port: targetPort },
                { parent: this },
            );
        }
        new lb.Listener(
            noun,
            {
                loadBalancerArn: made.arn,
                protocol,
                port,
                defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
                tags,
            },
            { parent: this },
        );
        return made.dnsName;
    }
}
