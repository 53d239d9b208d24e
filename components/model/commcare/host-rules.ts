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
 * Where a host says how it is. Not the usual 9100: there CouchDB's nodes speak to one another.
 *
 * @see https://github.com/prometheus/prometheus/wiki/Default-port-allocations
 */
export const exporterPort = 9101;

/**
 * The machine that watches the others.
 *
 * @param chosen By the stack file, which is refused where the plan has no such machine, or none for control either.
 */
export function monitoringMachine({ machines }: MachinePlan, chosen?: string): string {
    const control = machines.find(({ services }) => services.includes("control"));
    return chosen ?? control?.name ?? machines[0]?.name ?? "";
}

/**
 * The rules of each machine, by its name: the catalogue's flows, machine by machine, and what the monitoring asks.
 * There is no load balancer of a cloud, so that the proxies are the public's way in. What a machine sends to itself
 * needs no rule.
 *
 * @param watcher The machine that watches the others; see `monitoringMachine`.
 */
export function hostRules(
    plan: MachinePlan,
    watcher: string = monitoringMachine(plan),
): Record<string, HostRule[]> {
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
            const asked: HostRule = {
                port: exporterPort,
                protocol: "tcp",
                from: [watcher].filter((name) => name !== machine.name),
                carries: "measurements of the machine",
            };
            const all = [...byPort.values(), asked];
            return [machine.name, all.filter(({ from }) => from.length > 0)];
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
