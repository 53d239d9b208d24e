import * as ec2 from "@pulumi/aws/ec2";
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
    /** Where administrators come from, if they may open connections at all. */
    readonly administrators: pulumi.Input<string> | undefined;
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

    constructor(name: string, args: FirewallArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Firewall", name, args, opts);
        this.#name = name;
        this.#args = args;
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
            const noun = `${from.group}-to-${to}-${String(port)}`;
            const description = worded(carries);
            new vpc.SecurityGroupIngressRule(
                `${this.#name}-${noun}`,
                {
                    securityGroupId: this.idOf(to),
                    referencedSecurityGroupId: this.idOf(from.group),
                    description,
                    ...ports,
                },
                { parent: this },
            );
            new vpc.SecurityGroupEgressRule(
                `${this.#name}-${noun}`,
                {
                    securityGroupId: this.idOf(from.group),
                    referencedSecurityGroupId: this.idOf(to),
                    description,
                    ...ports,
                },
                { parent: this },
            );
            return;
        }
        const { administrators } = this.#args;
        if (from.outsider === "administrators" && administrators === undefined) return;
        new vpc.SecurityGroupIngressRule(
            `${this.#name}-${from.outsider}-to-${to}-${String(port)}`,
            {
                securityGroupId: this.idOf(to),
                description: worded(carries),
                ...(from.outsider === "public" || administrators === undefined
                    ? { cidrIpv4: everybody }
                    : { referencedSecurityGroupId: administrators }),
                ...ports,
            },
            { parent: this },
        );
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
