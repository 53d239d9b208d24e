import { hostGroups } from "../../../../../components/model/commcare/host-groups";
import {
    endpointGroups,
    securityRules,
} from "../../../../../components/model/commcare/security-rules";
import { Firewall } from "../../../../../components/platforms/azure/machines/firewall";
import { layerArgs } from "../../../../../components/layer-args";
import { recordResources, settled } from "../../../../support/record-resources";
import type { BuiltMachines } from "./cluster";
import { build, commcare } from "./cluster";

jest.setTimeout(120_000);

interface Rule {
    readonly name: string;
    readonly priority: number;
    readonly direction: string;
    readonly access: string;
    readonly destinationPortRange?: string;
    readonly sourceAddressPrefix?: string;
    readonly sourceAddressPrefixes?: readonly string[];
    readonly sourceApplicationSecurityGroups?: readonly { readonly id: string }[];
    readonly destinationAddressPrefix?: string;
    readonly destinationApplicationSecurityGroups?: readonly { readonly id: string }[];
}

const spec = commcare();
const { plan } = spec.workload;
let built: BuiltMachines;
let rules: readonly Rule[];
beforeAll(async () => {
    built = await build(spec);
    rules = rulesOf(built);
});

const rulesOf = (of: BuiltMachines) =>
    of.find("network:NetworkSecurityGroup", "network-machines").inputs[
        "securityRules"
    ] as readonly Rule[];

describe("the security group of the machines", () => {
    it("has the rules of the catalogue, by name, and two that refuse all else", () => {
        const wanted = securityRules(plan, true).map(({ name }) => name);
        const rest = ["in-nothing-else", "out-nothing-else"];
        expect(rules.map(({ name }) => name).sort()).toEqual([...wanted, ...rest].sort());
    });

    it("asks each rule before those that refuse, and no two at once", () => {
        for (const direction of ["Inbound", "Outbound"]) {
            const own = rules.filter((rule) => rule.direction === direction);
            const priorities = own.map(({ priority }) => priority);
            expect(new Set(priorities).size).toBe(own.length);
            const refusing = own.filter(({ access }) => access === "Deny");
            expect(refusing.map(({ priority }) => priority)).toEqual([4_096]);
            expect(Math.min(...priorities)).toBeGreaterThanOrEqual(100);
        }
    });

    it("opens a port from one group to another, never to a range of machines", () => {
        const groups = new Set(
            built.ofType("network:ApplicationSecurityGroup").map(({ name }) => `${name}-id`),
        );
        for (const rule of rules.filter(({ access }) => access === "Allow")) {
            const from = rule.sourceApplicationSecurityGroups?.map(({ id }) => id) ?? [
                rule.sourceAddressPrefix ?? rule.sourceAddressPrefixes?.join(),
            ];
            const to = rule.destinationApplicationSecurityGroups?.map(({ id }) => id) ?? [
                rule.destinationAddressPrefix,
            ];
            const known = (end: string | undefined) =>
                groups.has(end ?? "") ||
                ["Internet", "AzureLoadBalancer"].includes(end ?? "") ||
                /^10\.91\.\d+\.\d+(\/2[0-9])?$/.test(end ?? "");
            expect([rule.name, from.every(known), to.every(known)]).toEqual([
                rule.name,
                true,
                true,
            ]);
            expect(rule.destinationPortRange).toMatch(/^\d+$/);
        }
    });

    it("is that of every subnet with machines or addresses of services in it", () => {
        const own = built
            .ofType("network:Subnet")
            .filter(({ inputs }) =>
                JSON.stringify(inputs["networkSecurityGroup"]).includes("network-machines-id"),
            )
            .map(({ inputs }) => inputs["subnetName"]);
        expect(own.sort()).toEqual(["apps", "data", "endpoints"]);
    });

    it("knows each card and each address of a service by its group", () => {
        const grouped = (type: string) =>
            built.ofType(type).flatMap(({ inputs }) => {
                const text = JSON.stringify(inputs);
                return [...text.matchAll(/"applicationSecurityGroups":\[\{"id":"([^"]+)"/g)].map(
                    ([, id]) => id,
                );
            });
        expect(grouped("network:NetworkInterface").length).toBe(plan.machines.length);
        expect(grouped("network:PrivateEndpoint").sort()).toEqual([
            "network-copies-id",
            "network-postgresql-id",
            "network-redis-broker-id",
            "network-shared-directory-id",
            "network-vault-id",
        ]);
        const groups = hostGroups(plan).filter(
            ({ name }) => name !== "load-balancer" && !name.startsWith("balancer-"),
        );
        expect(built.ofType("network:ApplicationSecurityGroup").length).toBe(groups.length + 2);
    });
});

it("lets administrators in from the ranges that are named", async () => {
    const recording = await recordResources();
    const balancers = plan.balancers.map(({ name }, at) => [name, `10.0.0.${String(at)}`] as const);
    new Firewall(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName: spec.name,
            where: { resourceGroupName: "group", location: spec.region },
            groups: hostGroups(plan),
            endpoints: endpointGroups(plan),
            rules: securityRules(plan, true),
            ranges: { gateway: "10.0.1.0/24", administrators: ["192.168.7.0/24"] },
            balancers: Object.fromEntries(balancers),
        },
        {},
    );
    await settled();
    const group = recording.resources.find(({ name }) => name === "network-machines");
    const [ssh, ...others] = (group?.inputs["securityRules"] as readonly Rule[]).filter(
        ({ sourceAddressPrefixes }) => sourceAddressPrefixes,
    );
    expect([ssh?.sourceAddressPrefixes, ssh?.destinationPortRange, others]).toEqual([
        ["192.168.7.0/24"],
        "22",
        [],
    ]);
});
