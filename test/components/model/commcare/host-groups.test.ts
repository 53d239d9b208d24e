import {
    balancerGroup,
    groupOf,
    hostGroups,
    rulesOf,
} from "../../../../components/model/commcare/host-groups";
import { anyCommcareSpec, commcareVariants } from "../../../support/commcare";

describe.each(commcareVariants)("the groups of %s", (_, change, stack) => {
    const { plan } = anyCommcareSpec(change, stack).workload;
    const groups = hostGroups(plan);

    it("hold each machine once, with what runs on it and nothing else", () => {
        for (const machine of plan.machines) {
            const mine = groups.filter(({ name }) => name === groupOf(machine, plan));
            expect(mine.map(({ services }) => [...services].sort())).toEqual([
                [...machine.services].sort(),
            ]);
        }
        const machines = groups.filter(({ kind }) => kind === "machines");
        const size = machines.reduce((sum, group) => sum + group.size, 0);
        expect(size).toBe(plan.machines.length);
        expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    });

    it("let each load balancer reach the machines behind it, by the port that they listen on", () => {
        const rules = rulesOf(plan);
        for (const balancer of plan.balancers) {
            for (const machine of plan.machines.filter(({ name }) =>
                balancer.machines.includes(name),
            ))
                expect(
                    rules.filter(
                        ({ from, to, port }) =>
                            "group" in from &&
                            from.group === balancerGroup(balancer) &&
                            to === groupOf(machine, plan) &&
                            port === balancer.targetPort,
                    ).length,
                ).toBe(1);
        }
    });

    it("fit into a security group: 60 rules each way", () => {
        // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
        for (const { name } of groups) {
            const rules = rulesOf(plan);
            expect(rules.filter(({ to }) => to === name).length).toBeLessThanOrEqual(60);
            const out = rules.filter(({ from }) => "group" in from && from.group === name);
            expect(out.length + 3).toBeLessThanOrEqual(60);
        }
    });
});
