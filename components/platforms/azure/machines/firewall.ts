import * as network from "@pulumi/azure-native/network";
import type { network as inputs } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { HostGroup } from "../../../model/commcare/group-rules";
import type { End, SecurityRule } from "../../../model/commcare/security-rules";
import type { Where } from "./where";

export interface FirewallArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
    readonly groups: readonly HostGroup[];
    /** Addresses of services beside them. */
    readonly endpoints: readonly string[];
    readonly rules: readonly SecurityRule[];
    /** Ranges that stand for who has no card of its own in the cluster. */
    readonly ranges: {
        readonly gateway: string;
        readonly administrators: readonly string[];
    };
    /** Addresses of the load balancers inside, by their names in the plan. */
    readonly balancers: Readonly<Record<string, string>>;
}

type Rule = pulumi.Unwrap<inputs.SecurityRuleArgs>;

/** The first and the last number that a rule of ours may have. */
const [first, last] = [100, 4_096];

/**
 * Who may talk to whom: an application security group for each kind of machine and each service of the cloud, and one
 * network security group for all of their subnets, with a rule on either side for what the catalogue asks for. What it
 * does not ask for is refused, also what Azure lets pass inside a network by itself.
 */
export class Firewall extends Layer {
    /** For every subnet of machines and of private endpoints. */
    readonly id: pulumi.Output<string>;
    /** For the subnet of the gateway in front of the site. */
    readonly gatewayId: pulumi.Output<string>;

    readonly #groups: ReadonlyMap<string, network.ApplicationSecurityGroup>;
    readonly #args: FirewallArgs;

    constructor(name: string, args: FirewallArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Firewall", name, args, opts);
        this.#args = args;
        const { clusterName, where } = args;
        this.#groups = new Map(
            [...args.groups.filter(hasCard).map((group) => group.name), ...args.endpoints].map(
                (group) => [
                    group,
                    new network.ApplicationSecurityGroup(
                        `${name}-${group}`,
                        {
                            ...where,
                            applicationSecurityGroupName: `${clusterName}-${group}`,
                            tags: this.tags(),
                        },
                        { parent: this },
                    ),
                ],
            ),
        );
        const made = new network.NetworkSecurityGroup(
            `${name}-machines`,
            {
                ...where,
                networkSecurityGroupName: `${clusterName}-machines`,
                securityRules: [
                    ...numbered("Inbound", args.rules).map((each) => this.#rule(...each)),
                    ...numbered("Outbound", args.rules).map((each) => this.#rule(...each)),
                    refuseAll("Inbound"),
                    refuseAll("Outbound"),
                ],
                tags: this.tags(),
            },
            { parent: this },
        );
        this.id = made.id;
        this.gatewayId = new network.NetworkSecurityGroup(
            `${name}-gateway`,
            {
                ...where,
                networkSecurityGroupName: `${clusterName}-gateway`,
                securityRules: gatewayRules(),
                tags: this.tags(),
            },
            { parent: this },
        ).id;
        this.registerOutputs();
    }

    /**
     * The application security group of machines or of a service.
     *
     * @throws Error for a name that is no group of the cluster.
     */
    idOf(group: string): pulumi.Output<string> {
        const found = this.#groups.get(group);
        if (found === undefined) throw new Error(`${group} has no security group`);
        return found.id;
    }

    #rule(rule: SecurityRule, priority: number): Rule {
        const { name, direction, from, to, port, protocol, why } = rule;
        return {
            name,
            priority,
            direction,
            access: "Allow",
            protocol,
            sourcePortRange: "*",
            destinationPortRange: String(port),
            ...this.#end("source", from),
            ...this.#end("destination", to),
            description: why.slice(0, 140),
        };
    }

    #end(side: "source" | "destination", end: End): Partial<Rule> {
        const { ranges, balancers } = this.#args;
        if ("group" in end) {
            return { [`${side}ApplicationSecurityGroups`]: [{ id: this.idOf(end.group) }] };
        }
        if ("tag" in end) return { [`${side}AddressPrefix`]: end.tag };
        if ("balancer" in end) return { [`${side}AddressPrefix`]: balancers[end.balancer] };
        return end.range === "gateway"
            ? { [`${side}AddressPrefix`]: ranges.gateway }
            : { [`${side}AddressPrefixes`]: [...ranges.administrators] };
    }
}

/** Neither the gateway nor a load balancer has one that a group could be written on. */
const hasCard = ({ name }: HostGroup): boolean =>
    name !== "load-balancer" && !name.startsWith("balancer-");

function numbered(
    direction: SecurityRule["direction"],
    rules: readonly SecurityRule[],
): [SecurityRule, number][] {
    return rules
        .filter((rule) => rule.direction === direction)
        .map((rule, at) => [rule, first + at]);
}

function refuseAll(direction: SecurityRule["direction"]): Rule {
    return {
        name: direction === "Inbound" ? "in-nothing-else" : "out-nothing-else",
        priority: last,
        direction,
        access: "Deny",
        protocol: "*",
        sourcePortRange: "*",
        destinationPortRange: "*",
        sourceAddressPrefix: "*",
        destinationAddressPrefix: "*",
    };
}

/**
 * What the gateway's subnet takes: the site's visitors, and Azure, which looks after the gateway by these ports and
 * lets it not be made without them. On the way out Azure demands that nothing be refused.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups
 */
function gatewayRules(): Rule[] {
    const rules = [
        ["visitors", "Internet", ["80", "443"], "Tcp"],
        ["upkeep", "GatewayManager", ["65200-65535"], "Tcp"],
        ["probes", "AzureLoadBalancer", ["*"], "*"],
    ] as const;
    return [
        ...rules.map(([name, sourceAddressPrefix, ports, protocol], at): Rule => ({
            name,
            priority: first + at,
            direction: "Inbound",
            access: "Allow",
            protocol,
            sourcePortRange: "*",
            sourceAddressPrefix,
            destinationAddressPrefix: "*",
            destinationPortRanges: [...ports],
        })),
        refuseAll("Inbound"),
    ];
}
