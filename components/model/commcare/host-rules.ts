import { groupRules } from "./group-rules";
import { groupOf, hostGroups } from "./host-groups";
import type { MachinePlan } from "./plan";
import type { Protocol } from "./service";

/** What a host lets in, where no cloud stands before it. */
export interface HostRule {
    readonly port: number;
    readonly protocol: Protocol;
    /** Names of machines; or whoever is outside all of them. */
    readonly from: readonly string[] | "public" | "administrators";
    /** Why, for whoever reads the rule on the host. */
    readonly carries: string;
}

/**
 * The rules of each machine, by its name: the catalogue's flows, machine by machine. There is no load balancer of
 * a cloud, so that the proxies are the public's way in. What a machine sends to itself needs no rule.
 */
export function hostRules(plan: MachinePlan): Record<string, HostRule[]> {
    const groups = hostGroups(plan).filter(({ kind }) => kind === "machines");
    const rules = groupRules(groups);
    const members = (group: string) =>
        plan.machines.filter((each) => groupOf(each, plan) === group).map(({ name }) => name);
    return Object.fromEntries(
        plan.machines.map((machine) => {
            const own = rules.filter(({ to }) => to === groupOf(machine, plan));
            const byPort = new Map<string, HostRule>();
            for (const { from, port, protocol, carries } of own) {
                const who = "outsider" in from ? from.outsider : members(from.group);
                const key = [typeof who === "string" ? who : "machines", protocol, port].join(" ");
                const before = byPort.get(key);
                byPort.set(key, {
                    port,
                    protocol,
                    from: typeof who === "string" ? who : joined(before?.from, who, machine.name),
                    carries: before === undefined ? carries : merged(before.carries, carries),
                });
            }
            return [machine.name, [...byPort.values()].filter(({ from }) => from.length > 0)];
        }),
    );
}

function joined(before: HostRule["from"] | undefined, more: readonly string[], self: string) {
    const all = typeof before === "string" ? [] : (before ?? []);
    return [...new Set([...all, ...more])].filter((name) => name !== self);
}

function merged(before: string, more: string): string {
    return [...new Set([...before.split("; "), ...more.split("; ")])].join("; ");
}
