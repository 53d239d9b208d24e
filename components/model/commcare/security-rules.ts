import type { GroupRule } from "./group-rules";
import { waysOut } from "./group-rules";
import { balancerGroup, groupOf, hostGroups, rulesOf } from "./host-groups";
import type { Balancer, MachinePlan } from "./plan";

/** Who stands at one end of a rule: machines or a service of the cloud by their group, or a range or tag of Azure's. */
export type End =
    | { readonly group: string }
    /** A load balancer inside, by its name in the plan: it has an address and no card. */
    | { readonly balancer: string }
    | { readonly range: "gateway" | "administrators" }
    | { readonly tag: "Internet" | "AzureLoadBalancer" };

/** One rule of a network security group. */
export interface SecurityRule {
    /** Unique in the group, at most 80 characters. */
    readonly name: string;
    readonly direction: "Inbound" | "Outbound";
    readonly from: End;
    readonly to: End;
    readonly port: number;
    readonly protocol: "Tcp" | "Udp";
    readonly why: string;
}

/**
 * Rules that a network security group takes.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-networking-limits
 */
export const mostSecurityRules = 1_000;

/**
 * The address of the cluster's key vault, beside the groups of the plan: the control machine reads the secrets there
 * that commcare-cloud installs with.
 */
export const vaultGroup = "vault";

/** The address of the account that the shared directory is copied to, where the cloud keeps that directory. */
export const copiesGroup = "copies";

/** What has an address beside the groups of a plan. */
export function endpointGroups({ sharedDirectory }: Pick<MachinePlan, "sharedDirectory">) {
    return sharedDirectory === "cloud" ? [vaultGroup, copiesGroup] : [vaultGroup];
}

/** The service whose machine copies the shared directory. */
export const copyingService = "django-manage";

/** Where Azure's services listen on another port than what they stand in for. */
const cloudPorts: Readonly<Record<string, number>> = { redis: 10_000, "redis-broker": 10_000 };

/**
 * What a cluster of this plan opens on Azure, on the way in and on the way out, and nothing else: one rule for each
 * (client, service, port) of the catalogue on either side.
 *
 * A load balancer of Azure hands on what comes to it as it came: machines behind it are opened to its clients, and to
 * Azure's probes; clients are let out to its address as well. The gateway in front of the site has a subnet of its own,
 * whose range stands for it.
 *
 * @param administrators Whether administrators have a way to come in at all.
 */
export function securityRules(plan: MachinePlan, administrators: boolean): SecurityRule[] {
    const balancers = new Map(plan.balancers.map((each) => [balancerGroup(each), each]));
    const rules = new Map<string, SecurityRule>();
    const add = (rule: Omit<SecurityRule, "name">) => {
        const way = rule.direction === "Inbound" ? "in" : "out";
        const words = [way, String(rule.port), wordEnd(rule.from), "to", wordEnd(rule.to)];
        const name = words.join("-").slice(0, 80);
        const before = rules.get(name);
        const why = before === undefined ? rule.why : `${before.why}; ${rule.why}`;
        rules.set(name, { name, ...rule, why });
    };
    const both = (rule: Omit<SecurityRule, "name" | "direction">) => {
        for (const direction of ["Inbound", "Outbound"] as const) add({ ...rule, direction });
    };
    const clouds = new Set(
        hostGroups(plan).flatMap((each) => (each.kind === "cloud" ? [each.name] : [])),
    );

    for (const { to, from, port: asked, protocol: spoken, carries: why } of rulesOf(plan)) {
        const protocol = spoken === "tcp" ? "Tcp" : "Udp";
        const port = clouds.has(to) ? (cloudPorts[to] ?? asked) : asked;
        const client = clientOf(from);
        const balancer = balancers.get(to);
        // The gateway's own subnet has rules of its own; a balancer sends nothing that its clients did not.
        if (to === "load-balancer" || ("group" in from && balancers.has(from.group))) continue;
        if (
            client === undefined ||
            ("range" in client && client.range === "administrators" && !administrators)
        )
            continue;
        if (balancer !== undefined) {
            add({
                direction: "Outbound",
                from: client,
                to: { balancer: balancer.name },
                port: balancer.port,
                protocol,
                why,
            });
            for (const behind of groupsBehind(balancer, plan)) {
                both({
                    from: client,
                    to: { group: behind },
                    port: balancer.targetPort,
                    protocol,
                    why,
                });
            }
        } else if ("group" in client) {
            both({ from: client, to: { group: to }, port, protocol, why });
        } else {
            add({ direction: "Inbound", from: client, to: { group: to }, port, protocol, why });
        }
    }
    for (const balancer of plan.balancers) {
        for (const behind of groupsBehind(balancer, plan)) {
            const why = `whether it answers, for the load balancer ${balancer.name}`;
            const from: End = { tag: "AzureLoadBalancer" };
            add({
                direction: "Inbound",
                from,
                to: { group: behind },
                port: balancer.targetPort,
                protocol: "Tcp",
                why,
            });
        }
    }
    for (const { name } of hostGroups(plan).filter(({ services }) =>
        services.includes("control"),
    )) {
        const why = "secrets of the environment";
        both({ from: { group: name }, to: { group: vaultGroup }, port: 443, protocol: "Tcp", why });
    }
    const copying = plan.sharedDirectory === "cloud" ? copyingService : undefined;
    for (const { name } of hostGroups(plan).filter(({ services }) =>
        services.some((slug) => slug === copying),
    )) {
        const why = "the copy of the shared directory";
        const to: End = { group: copiesGroup };
        both({ from: { group: name }, to, port: 443, protocol: "Tcp", why });
    }
    for (const { from, port, protocol, why } of waysOut(hostGroups(plan))) {
        const spoken = protocol === "tcp" ? "Tcp" : "Udp";
        add({
            direction: "Outbound",
            from: { group: from },
            to: { tag: "Internet" },
            port,
            protocol: spoken,
            why,
        });
    }
    return [...rules.values()];
}

function clientOf(from: GroupRule["from"]): End | undefined {
    if ("group" in from) return from.group === "load-balancer" ? { range: "gateway" } : from;
    // Machines are not public: whatever the Internet may ask for, it asks of the gateway.
    return from.outsider === "administrators" ? { range: "administrators" } : undefined;
}

function groupsBehind({ machines }: Balancer, plan: MachinePlan): string[] {
    const behind = plan.machines.filter(({ name }) => machines.includes(name));
    return [...new Set(behind.map((machine) => groupOf(machine, plan)))];
}

/** One end as a word of a rule's name. */
function wordEnd(end: End): string {
    if ("group" in end) return end.group;
    if ("balancer" in end) return `balancer-${end.balancer}`;
    return "range" in end ? end.range : end.tag.toLowerCase();
}
