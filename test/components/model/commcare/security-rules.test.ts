import { groupRules, waysOut } from "../../../../components/model/commcare/group-rules";
import { groupOf, hostGroups, rulesOf } from "../../../../components/model/commcare/host-groups";
import type { MachinePlan } from "../../../../components/model/commcare/plan";
import type { End, SecurityRule } from "../../../../components/model/commcare/security-rules";
import {
    mostSecurityRules,
    securityRules,
    copiesGroup,
    vaultGroup,
} from "../../../../components/model/commcare/security-rules";
import { anyCommcareSpec, commcareVariants } from "../../../support/commcare";

const plans = commcareVariants.map(([title, change, stack]): [string, MachinePlan] => [
    title,
    anyCommcareSpec(change, stack).workload.plan,
]);

const is = (end: End, wanted: End) => JSON.stringify(end) === JSON.stringify(wanted);

const find = (
    rules: readonly SecurityRule[],
    direction: SecurityRule["direction"],
    from: End,
    to: End,
    port: number,
) =>
    rules.filter(
        (rule) =>
            rule.direction === direction &&
            rule.port === port &&
            is(rule.from, from) &&
            is(rule.to, to),
    );

/** The port that a service of Azure's has. */
const portOn = (to: string, port: number, kind: string) =>
    kind === "cloud" && /^redis/.test(to) ? 10_000 : port;

describe.each(plans)("the security group of %s", (_, plan) => {
    const rules = securityRules(plan, true);
    const groups = hostGroups(plan);
    const kindOf = (name: string) => groups.find((each) => each.name === name)?.kind ?? "";
    const behind = (name: string) => {
        const machines = plan.balancers.find((each) => `balancer-${each.name}` === name)?.machines;
        return plan.machines
            .filter((each) => machines?.includes(each.name) === true)
            .map((each) => groupOf(each, plan));
    };

    it("misses nothing that the catalogue asks for, on either side", () => {
        const missing = groupRules(groups).filter(({ from, to, port }) => {
            // A balancer of Azure's opens no connection of its own.
            if (to === "load-balancer") return false;
            if ("group" in from && from.group.startsWith("balancer-")) return false;
            if ("outsider" in from) {
                const range: End = { range: "administrators" };
                return (
                    from.outsider === "administrators" &&
                    find(rules, "Inbound", range, { group: to }, port).length !== 1
                );
            }
            if (from.group === "load-balancer") {
                const range: End = { range: "gateway" };
                return find(rules, "Inbound", range, { group: to }, port).length !== 1;
            }
            const balancer = plan.balancers.find((each) => `balancer-${each.name}` === to);
            if (balancer !== undefined) {
                const out = find(rules, "Outbound", from, { balancer: balancer.name }, port);
                const through = behind(to).flatMap((each) =>
                    find(rules, "Inbound", from, { group: each }, balancer.targetPort),
                );
                return out.length !== 1 || through.length !== behind(to).length;
            }
            const on = portOn(to, port, kindOf(to));
            return (["Inbound", "Outbound"] as const).some(
                (way) => find(rules, way, from, { group: to }, on).length !== 1,
            );
        });
        expect(missing).toEqual([]);
        for (const { from, port } of waysOut(groups)) {
            const out = find(rules, "Outbound", { group: from }, { tag: "Internet" }, port);
            expect(out.length).toBe(1);
        }
    });

    it("opens nothing that the catalogue does not ask for", () => {
        const asked = rulesOf(plan);
        const wanted = new Set<string>();
        const want = (...words: unknown[]) => wanted.add(JSON.stringify(words));
        for (const { from, to, port } of asked) {
            if ("group" in from && from.group.startsWith("balancer-")) continue;
            const on = portOn(to, port, kindOf(to));
            const balancer = plan.balancers.find((each) => `balancer-${each.name}` === to);
            const client =
                "outsider" in from
                    ? { range: "administrators" }
                    : from.group === "load-balancer"
                      ? { range: "gateway" }
                      : from;
            if (balancer === undefined) want(client, { group: to }, on);
            else {
                want(client, { balancer: balancer.name }, port);
                for (const each of behind(to)) want(client, { group: each }, balancer.targetPort);
            }
        }
        for (const { name, targetPort } of plan.balancers)
            for (const each of behind(`balancer-${name}`))
                want({ tag: "AzureLoadBalancer" }, { group: each }, targetPort);
        for (const { from, port } of waysOut(groups))
            want({ group: from }, { tag: "Internet" }, port);
        for (const { name, services } of groups)
            if (services.includes("control")) want({ group: name }, { group: vaultGroup }, 443);
        for (const { name, services } of plan.sharedDirectory === "cloud" ? groups : [])
            if (services.includes("django-manage"))
                want({ group: name }, { group: copiesGroup }, 443);
        const open = rules.filter(
            ({ from, to, port }) => !wanted.has(JSON.stringify([from, to, port])),
        );
        expect(open).toEqual([]);
    });

    it("names each of its rules once, and has room for them all", () => {
        const names = rules.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => !/^[a-z0-9][a-z0-9-]{0,78}[a-z0-9]$/.test(name))).toEqual([]);
        expect(rules.length).toBeLessThan(mostSecurityRules - 2);
    });

    it("lets nobody in who is not of the cluster, but for the gateway and administrators", () => {
        const inwards = rules.filter(({ direction }) => direction === "Inbound");
        const strangers = inwards.filter(({ from }) => "tag" in from && from.tag === "Internet");
        expect(strangers).toEqual([]);
        const without = securityRules(plan, false).filter(
            ({ from }) => "range" in from && from.range === "administrators",
        );
        expect(without).toEqual([]);
        expect(inwards.some(({ from }) => is(from, { range: "administrators" }))).toBe(true);
    });
});
