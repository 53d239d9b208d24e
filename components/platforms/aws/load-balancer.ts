import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import type * as eks from "@pulumi/aws/eks";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { NodePorts } from "../foundation";

export interface LoadBalancerArgs extends LayerArgs {
    readonly clusterName: string;
    readonly vpcId: pulumi.Input<string>;
    /** One for each zone; a zone can be added, and taking one away would make a new load balancer. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly cluster: eks.Cluster;
    /** Where the gateway's pods run. */
    readonly nodes: eks.NodeGroup;
}

/** Out of the range that Kubernetes gives to nobody by itself as long as others are free: the lower part of it. */
const nodePorts: NodePorts = { http: 30080, https: 30443, health: 30081 };

/** Seconds a connection may be silent: kernels' WebSockets are, when nobody types. 60 to 6,000, AWS's own is 350. */
const tcpIdleTimeoutSeconds = 3600;

/**
 * The gateway layer on AWS: one Network Load Balancer for all hubs, in front of node ports of the core nodes.
 *
 * Made by the engine, not by a Service: what a controller in the cluster makes, it tags when it makes it and never
 * again, leaves behind when the cluster goes, and names anew with each new Service. See docs/adr/0011-ingress.md.
 * Protected: the hubs' domains point at its name, also in zones that are not ours.
 */
export class LoadBalancer extends Layer {
    readonly nodePorts = nodePorts;
    /** The name in the DNS that hubs' domains point at, and the zone of that name. */
    readonly address: {
        readonly name: pulumi.Output<string>;
        readonly zone: pulumi.Output<string>;
    };

    readonly #name: string;
    readonly #args: LoadBalancerArgs;

    constructor(name: string, args: LoadBalancerArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:LoadBalancer", name, args, opts);
        this.#name = name;
        this.#args = args;

        const group = this.#securityGroup();
        const balancer = new lb.LoadBalancer(
            `${name}-balancer`,
            {
                loadBalancerType: "network",
                internal: false,
                ipAddressType: "ipv4",
                subnets: [...args.subnetIds],
                securityGroups: [group.id],
                // The core nodes stand in one zone: the addresses of the others lead to them as well.
                enableCrossZoneLoadBalancing: true,
                tags: this.#named("gateway"),
            },
            { parent: this, protect: true },
        );
        this.#listen(balancer, "http", 80);
        this.#listen(balancer, "https", 443);

        this.address = { name: balancer.dnsName, zone: balancer.zoneId };
        this.registerOutputs({ address: this.address.name });
    }

    #securityGroup(): ec2.SecurityGroup {
        const { clusterName, vpcId, cluster } = this.#args;
        const group = new ec2.SecurityGroup(
            `${this.#name}-balancer`,
            {
                description: `The load balancer of ${clusterName}`,
                vpcId,
                tags: this.#named("gateway"),
            },
            { parent: this },
        );
        const tags = this.tags();
        for (const [noun, port] of [
            ["http", 80],
            ["https", 443],
        ] as const) {
            new vpc.SecurityGroupIngressRule(
                `${this.#name}-${noun}-in`,
                {
                    securityGroupId: group.id,
                    description: "The hubs are open to everybody; who may sign in is theirs to say",
                    ipProtocol: "tcp",
                    fromPort: port,
                    toPort: port,
                    cidrIpv4: "0.0.0.0/0",
                    tags,
                },
                { parent: this },
            );
        }
        const nodes = cluster.vpcConfig.clusterSecurityGroupId;
        for (const noun of ["http", "https", "health"] as const) {
            const port = nodePorts[noun];
            const ports = { ipProtocol: "tcp", fromPort: port, toPort: port, tags };
            new vpc.SecurityGroupEgressRule(
                `${this.#name}-${noun}-out`,
                { securityGroupId: group.id, referencedSecurityGroupId: nodes, ...ports },
                { parent: this },
            );
            new vpc.SecurityGroupIngressRule(
                `${this.#name}-${noun}-nodes`,
                { securityGroupId: nodes, referencedSecurityGroupId: group.id, ...ports },
                { parent: this },
            );
        }
        return group;
    }

    /** Bytes pass through as they come: TLS ends at the gateway, which has the hubs' certificates. */
    #listen(balancer: lb.LoadBalancer, noun: "http" | "https", port: number): void {
        const { vpcId, nodes } = this.#args;
        const targets = new lb.TargetGroup(
            `${this.#name}-${noun}`,
            {
                vpcId,
                targetType: "instance",
                protocol: "TCP",
                port: nodePorts[noun],
                // With `externalTrafficPolicy: Local` behind it the gateway sees who asks.
                preserveClientIp: "true",
                deregistrationDelay: 60,
                // A node without a ready pod of the gateway answers nothing; a pod that is leaving says 503.
                healthCheck: {
                    protocol: "HTTP",
                    port: String(nodePorts.health),
                    path: "/ping",
                    matcher: "200",
                    interval: 10,
                    timeout: 6,
                    healthyThreshold: 2,
                    unhealthyThreshold: 2,
                },
                tags: this.#named(`gateway-${noun}`),
            },
            { parent: this },
        );
        new lb.Listener(
            `${this.#name}-${noun}`,
            {
                loadBalancerArn: balancer.arn,
                protocol: "TCP",
                port,
                tcpIdleTimeoutSeconds,
                defaultActions: [{ type: "forward", targetGroupArn: targets.arn }],
                tags: this.#named(`gateway-${noun}`),
            },
            { parent: this },
        );
        new autoscaling.Attachment(
            `${this.#name}-${noun}`,
            {
                autoscalingGroupName: nodes.resources.apply(
                    (resources) => resources[0]?.autoscalingGroups[0]?.name ?? "",
                ),
                lbTargetGroupArn: targets.arn,
            },
            { parent: this },
        );
    }

    #named(noun: string): Record<string, string> {
        return this.tags({ Name: `${this.#args.clusterName}-${noun}` });
    }
}
