import type { Flow } from "./flows";
import { flows } from "./flows";
import { outbound } from "./outbound";
import type { Protocol } from "./service";
import type { ServiceSlug } from "./services";
import { services } from "./services";

/** Machines that run the same services, or one service of the cloud: what shares a security group. */
export interface HostGroup {
    readonly name: string;
    readonly services: readonly ServiceSlug[];
    /** How many stand in it: of one alone, nothing goes from the group to itself. */
    readonly size: number;
    /** Machines of ours; a service of the cloud opens no connection and has no SSH. */
    readonly kind: "machines" | "cloud";
}

/** What a security group lets in: one rule for each (client, service, port). */
export interface GroupRule {
    readonly to: string;
    /** A group, or somebody outside all of them. */
    readonly from: { readonly group: string } | { readonly outsider: "public" | "administrators" };
    readonly port: number;
    readonly protocol: Protocol;
    /** Why, for whoever reads the rule in the cloud. */
    readonly carries: string;
}

/** What the machines of a group may ask of the Internet. */
export interface WayOut {
    readonly from: string;
    readonly port: number;
    readonly protocol: Protocol;
    readonly why: string;
}

/**
 * The rules between groups that the catalogue's flows come to, and nothing else.
 *
 * Several services of one machine share its group, so that two flows may be one rule. What a machine sends to
 * itself passes no security group. A service that stands in no group, such as object storage, is reached outside.
 */
export function groupRules(
    groups: readonly HostGroup[],
    needs: readonly Flow[] = flows(groups.flatMap((group) => group.services)),
): GroupRule[] {
    const rules = new Map<string, GroupRule>();
    for (const flow of needs) {
        for (const to of groups.filter((group) => serves(group, flow.server))) {
            for (const from of clientsOf(flow, groups)) {
                if ("group" in from && from.group === to.name && to.size < 2) continue;
                const { port, protocol, carries } = flow;
                const key = [Object.values(from), to.name, port, protocol].join(" ");
                const before = rules.get(key);
                const words = before === undefined ? [] : before.carries.split("; ");
                const all = [...new Set([...words, ...carries.split("; ")])].join("; ");
                rules.set(key, { to: to.name, from, port, protocol, carries: all });
            }
        }
    }
    return [...rules.values()];
}

/** The ways out of each group of machines: one for each port. */
export function waysOut(groups: readonly HostGroup[]): WayOut[] {
    const ways = new Map<string, WayOut>();
    for (const { name, services: run } of groups.filter(({ kind }) => kind === "machines")) {
        for (const { from, port, protocol, why } of outbound) {
            const asked = from.some((each) => each === "every-machine" || run.includes(each));
            if (asked)
                ways.set([name, port, protocol].join(" "), { from: name, port, protocol, why });
        }
    }
    return [...ways.values()];
}

function serves({ kind, services: run }: HostGroup, server: ServiceSlug): boolean {
    const everywhere = services[server].homes.includes("every-machine");
    return everywhere ? kind === "machines" : run.includes(server);
}

function clientsOf({ client }: Flow, groups: readonly HostGroup[]): GroupRule["from"][] {
    if (client === "public" || client === "administrators") return [{ outsider: client }];
    const machines = groups.filter(({ kind }) => kind === "machines");
    const asking =
        client === "every-machine"
            ? machines
            : groups.filter(({ services: run }) => run.includes(client));
    return asking.map(({ name }) => ({ group: name }));
}
