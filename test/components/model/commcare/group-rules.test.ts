import fc from "fast-check";
import { flows } from "../../../../components/model/commcare/flows";
import type { GroupRule, HostGroup } from "../../../../components/model/commcare/group-rules";
import { groupRules, waysOut } from "../../../../components/model/commcare/group-rules";
import { outbound } from "../../../../components/model/commcare/outbound";
import type { ServiceSlug } from "../../../../components/model/commcare/services";
import { placeable, services } from "../../../../components/model/commcare/services";

const cloudServices: readonly ServiceSlug[] = ["load-balancer", "object-storage"];

/** Clusters of any shape: each service on one kind of machine, some of them as services of the cloud. */
const clusters = fc
    .record({
        places: fc.array(fc.nat({ max: 5 }), {
            minLength: placeable.length,
            maxLength: placeable.length,
        }),
        sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
        managed: fc.subarray(placeable.filter((slug) => services[slug].homes.includes("cloud"))),
    })
    .map(({ places, sizes, managed }): HostGroup[] => {
        const onMachines = placeable.filter((slug) => !managed.includes(slug));
        const machines = sizes.flatMap((size, at): HostGroup[] => {
            const run = onMachines.filter((slug) => places[placeable.indexOf(slug)] === at);
            if (run.length === 0) return [];
            return [{ name: `m${String(at)}`, services: run, size, kind: "machines" }];
        });
        const cloud = [...managed, ...cloudServices].map((slug): HostGroup => {
            return { name: slug, services: [slug], size: 1, kind: "cloud" };
        });
        return [...machines, ...cloud];
    });

const word = ({ from }: GroupRule) => ("group" in from ? from.group : from.outsider);

/** What each service asks for, said of the groups that it stands in: worked out from the catalogue, not the rules. */
function wanted(groups: readonly HostGroup[]): Set<string> {
    const machines = groups.filter(({ kind }) => kind === "machines");
    const present = groups.flatMap((group) => group.services);
    const asked = new Set<string>();
    for (const server of [...present, "ssh" as const]) {
        const to = server === "ssh" ? machines : groups.filter((g) => g.services.includes(server));
        for (const { port, protocol, from, unless } of services[server].ports) {
            if (unless !== undefined && present.includes(unless)) continue;
            for (const client of from) {
                const clients =
                    client === "every-machine"
                        ? machines.map(({ name }) => name)
                        : client === "public" || client === "administrators"
                          ? [client]
                          : groups.filter((g) => g.services.includes(client)).map((g) => g.name);
                for (const one of clients)
                    for (const { name, size } of to)
                        if (one !== name || size > 1)
                            asked.add(`${one} ${name} ${protocol} ${String(port)}`);
            }
        }
    }
    return asked;
}

it("opens what the catalogue asks for and nothing else, each once, whatever stands where", () => {
    fc.assert(
        fc.property(clusters, (groups) => {
            const rules = groupRules(groups).map(
                (rule) => `${word(rule)} ${rule.to} ${rule.protocol} ${String(rule.port)}`,
            );
            expect(new Set(rules).size).toBe(rules.length);
            expect([...rules].sort()).toEqual([...wanted(groups)].sort());
        }),
        { numRuns: 60 },
    );
});

it("lets nobody from outside in but by the load balancer and, to the control machine, administrators", () => {
    const groups: HostGroup[] = [
        { name: "all", services: [...placeable], size: 2, kind: "machines" },
        { name: "balancer", services: ["load-balancer"], size: 1, kind: "cloud" },
    ];
    const outside = groupRules(groups).filter(({ from }) => "outsider" in from);
    expect(outside.map((rule) => [word(rule), rule.to, rule.port])).toEqual([
        ["administrators", "all", 22],
        ["public", "balancer", 443],
        ["public", "balancer", 80],
    ]);
});

it("says of a rule that two services need what both carry", () => {
    const groups: HostGroup[] = [
        { name: "app", services: ["webworkers"], size: 1, kind: "machines" },
        { name: "data", services: ["redis", "redis-broker"], size: 1, kind: "machines" },
    ];
    const rules = groupRules(groups).filter(({ port }) => port === 6379);
    expect(rules).toEqual([
        {
            to: "data",
            from: { group: "app" },
            port: 6379,
            protocol: "tcp",
            carries: "cached values, locks, the manifest of static files; tasks",
        },
    ]);
});

it("lets machines out by the ports that their services need, and services of the cloud not at all", () => {
    const groups: HostGroup[] = [
        { name: "web", services: ["webworkers"], size: 2, kind: "machines" },
        { name: "kafka", services: ["kafka", "zookeeper"], size: 3, kind: "machines" },
        { name: "postgresql", services: ["postgresql"], size: 1, kind: "cloud" },
    ];
    expect(waysOut(groups).map(({ from, port }) => [from, port])).toEqual([
        ["web", 443],
        ["web", 80],
        ["web", 587],
        ["kafka", 443],
        ["kafka", 80],
    ]);
    expect(outbound.map(({ port }) => port)).toEqual([443, 80, 587]);
});

it("takes the flows that it is given for all there are", () => {
    const groups: HostGroup[] = [
        { name: "web", services: ["webworkers"], size: 1, kind: "machines" },
        { name: "redis", services: ["redis"], size: 1, kind: "cloud" },
    ];
    expect(groupRules(groups, [])).toEqual([]);
    expect(groupRules(groups, flows(["webworkers", "redis"])).length).toBe(1);
});
