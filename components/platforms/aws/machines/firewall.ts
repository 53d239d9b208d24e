import * as ec2 from "@pulumi/aws/ec2";
import * as ec2transitgateway from "@pulumi/aws/ec2transitgateway";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { GroupRule, HostGroup, WayOut } from "../../../model/commcare/group-rules";
import { waysOut } from "../../../model/commcare/group-rules";

export interface FirewallArgs extends LayerArgs {
    readonly clusterName: string;
    readonly vpcId: pulumi.Input<string>;
    readonly groups: readonly HostGroup[];
    readonly rules: readonly GroupRule[];
    /** Where administrators come in, if they may open connections at all. */
    readonly bastionSubnetId: pulumi.Input<string> | undefined;
}

const everybody = "0.0.0.0/0";

/**
 * Who may talk to whom: a security group for each kind of machine and each service of the cloud, with a rule on
 * both sides for what the catalogue asks for. Whatever it does not ask for stays closed, on the way out as well.
 */
export class Firewall extends Layer {
    readonly #groups = new Map<string, ec2.SecurityGroup>();
    readonly #name: string;
    readonly #args: FirewallArgs;
    readonly #bastion: ec2.SecurityGroup | undefined;

    constructor(name: string, args: FirewallArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Firewall", name, args, opts);
        this.#name = name;
        this.#args = args;
        this.#bastion = this.#endpoint();
        for (const group of args.groups) this.#groups.set(group.name, this.#group(group));
        for (const rule of args.rules) this.#rule(rule);
        for (const way of waysOut(args.groups)) this.#wayOut(way);
        this.registerOutputs();
    }

    /**
     * The security group of machines or of a service.
     *
     * @throws Error for a name that is no group of the cluster.
     */
    idOf(group: string): pulumi.Output<string> {
        const found = this.#groups.get(group);
        if (found === undefined) throw new Error(`${group} has no security group`);
        return found.id;
    }

    #group({ name, services }: HostGroup): ec2.SecurityGroup {
        const { clusterName, vpcId } = this.#args;
        return new ec2.SecurityGroup(
            `${this.#name}-${name}`,
            {
                vpcId,
                description: `${clusterName}: ${services.join(", ")}`.slice(0, 255),
                tags: this.tags({ Name: `${clusterName}-${name}` }),
            },
            { parent: this },
        );
    }

    #rule({ to, from, port, protocol, carries }: GroupRule): void {
        const ports = { ipProtocol: protocol, fromPort: port, toPort: port, tags: this.tags() };
        if ("group" in from) {
            this.#between(
                { group: this.idOf(from.group), noun: from.group },
                to,
                port,
                carries,
                ports,
            );
            return;
        }
        if (from.outsider === "public") {
            new vpc.SecurityGroupIngressRule(
                `${this.#name}-public-to-${to}-${String(port)}`,
                {
                    securityGroupId: this.idOf(to),
                    cidrIpv4: everybody,
                    description: worded(carries),
                    ...ports,
                },
                { parent: this },
            );
        } else if (this.#bastion !== undefined) {
            this.#between({ group: this.#bastion.id, noun: "bastion" }, to, port, carries, ports);
        }
    }

    /** A rule on both sides: the one lets out what the other lets in. */
    #between(
        from: { readonly group: pulumi.Input<string>; readonly noun: string },
        to: string,
        port: number,
        carries: string,
        ports: {
            ipProtocol: string;
            fromPort: number;
            toPort: number;
            tags: Record<string, string>;
        },
    ): void {
        const noun = `${this.#name}-${from.noun}-to-${to}-${String(port)}`;
        const description = worded(carries);
        const [client, server] = [from.group, this.idOf(to)];
        new vpc.SecurityGroupIngressRule(
            noun,
            { securityGroupId: server, referencedSecurityGroupId: client, description, ...ports },
            { parent: this },
        );
        new vpc.SecurityGroupEgressRule(
            noun,
            { securityGroupId: client, referencedSecurityGroupId: server, description, ...ports },
            { parent: this },
        );
    }

    /**
     * A way in for administrators that needs no public address and no machine of its own; who may use it, IAM says.
     *
     * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html
     */
    #endpoint(): ec2.SecurityGroup | undefined {
        const { clusterName, vpcId, bastionSubnetId } = this.#args;
        if (bastionSubnetId === undefined) return undefined;
        const tags = this.tags({ Name: `${clusterName}-bastion` });
        const group = new ec2.SecurityGroup(
            `${this.#name}-bastion`,
            { vpcId, description: `${clusterName}: where administrators come in`, tags },
            { parent: this },
        );
        new ec2transitgateway.InstanceConnectEndpoint(
            `${this.#name}-bastion`,
            {
                subnetId: bastionSubnetId,
                securityGroupIds: [group.id],
                preserveClientIp: false,
                tags,
            },
            { parent: this },
        );
        return group;
    }

    #wayOut({ from, port, protocol, why }: WayOut): void {
        new vpc.SecurityGroupEgressRule(
            `${this.#name}-${from}-out-${String(port)}`,
            {
                securityGroupId: this.idOf(from),
                cidrIpv4: everybody,
                description: worded(why),
                ipProtocol: protocol,
                fromPort: port,
                toPort: port,
                tags: this.tags(),
            },
            { parent: this },
        );
    }
}

/** EC2 takes letters, digits, spaces and some marks in a description, 255 at most. */
function worded(text: string): string {
    return text.replaceAll("'", "").slice(0, 255);
}
