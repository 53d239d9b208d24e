import type { GroupRule, HostGroup } from "./group-rules";
import { groupRules } from "./group-rules";
import type { Balancer, Machine, MachinePlan } from "./plan";
import type { ServiceSlug } from "./services";

/** The security group of a machine: its line's, or its own where it runs what the others of its line do not. */
export function groupOf(
    { name, line, services }: Machine,
    { lines }: Pick<MachinePlan, "lines">,
): string {
    const usual = lines.find((each) => each.name === line)?.services ?? [];
    return services.every((slug) => usual.includes(slug)) ? line : name;
}

/**
 * Whatever has a security group in a cluster of this plan on a cloud: machines by what they run, services of the
 * cloud, load balancers.
 */
export function hostGroups(plan: MachinePlan): HostGroup[] {
    const machines = new Map<string, HostGroup>();
    for (const machine of plan.machines) {
        const name = groupOf(machine, plan);
        const size = (machines.get(name)?.size ?? 0) + 1;
        machines.set(name, { name, services: machine.services, size, kind: "machines" });
    }
    const cloud = (name: string, slug: ServiceSlug): HostGroup => {
        return { name, services: [slug], size: 1, kind: "cloud" };
    };
    return [
        ...machines.values(),
        cloud("load-balancer", "load-balancer"),
        ...(plan.postgresql.length > 0 ? [cloud("postgresql", "postgresql")] : []),
        ...(plan.redis === null ? [] : [cloud("redis", "redis")]),
        ...(plan.redisBroker === null ? [] : [cloud("redis-broker", "redis-broker")]),
        ...(plan.sharedDirectory === "cloud"
            ? [cloud("shared-directory", "shared-directory")]
            : []),
        ...plan.balancers.map((each) => cloud(balancerGroup(each), each.service)),
    ];
}

export const balancerGroup = ({ name }: Pick<Balancer, "name">): string => `balancer-${name}`;

/** Every rule of a cluster: the catalogue's, and those from a load balancer to the machines behind it. */
export function rulesOf(plan: MachinePlan): GroupRule[] {
    const rules = groupRules(hostGroups(plan));
    const known = new Set(rules.map(wordRule));
    const behind = plan.balancers.flatMap((balancer) => {
        const machines = plan.machines.filter(({ name }) => balancer.machines.includes(name));
        const groups = new Set(machines.map((machine) => groupOf(machine, plan)));
        return [...groups].map((to): GroupRule => {
            const from = { group: balancerGroup(balancer) };
            const carries = `what came to the load balancer ${balancer.name}`;
            return { to, from, port: balancer.targetPort, protocol: "tcp", carries };
        });
    });
    return [...rules, ...behind.filter((rule) => !known.has(wordRule(rule)))];
}

/** A rule as a text: client, group, protocol and port. */
export function wordRule({ from, to, protocol, port }: GroupRule): string {
    return `${"group" in from ? from.group : from.outsider} ${to} ${protocol} ${String(port)}`;
}
