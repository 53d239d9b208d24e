import {
    balancerAddresses,
    machineSlices,
    machineTiers,
} from "../../../../../components/platforms/azure/machines/tiers";
import { planNetwork } from "../../../../../components/platforms/azure/network-plan";

it.each(["10.0.0.0/16", "10.0.16.0/20"])("fits the subnets into %s as Azure wants them", (cidr) => {
    const ranges = planNetwork(cidr, Object.values(machineSlices));
    const prefix = (tier: string) => Number(ranges[tier]?.split("/")[1]);
    expect(prefix("gateway")).toBeLessThanOrEqual(24);
    expect(prefix("bastion")).toBeLessThanOrEqual(26);
    expect(prefix("data")).toBeLessThanOrEqual(22);
});

it("gives balancers the last addresses of the subnet, none of them Azure's own", () => {
    expect(balancerAddresses("10.0.4.0/22", [{ name: "couch" }, { name: "pg" }])).toEqual({
        couch: "10.0.7.254",
        pg: "10.0.7.253",
    });
});

it("has a subnet for Bastion where it is asked for, and one group for whatever stands in the others", () => {
    const tiers = (bastion: boolean) =>
        machineTiers({ machines: "machines", gateway: "gateway" }, bastion).map((tier) => [
            tier.name,
            tier.securityGroupId ?? "its own",
        ]);
    const usual = [
        ["apps", "machines"],
        ["data", "machines"],
        ["endpoints", "machines"],
        ["gateway", "gateway"],
    ];
    expect(tiers(false)).toEqual(usual);
    expect(tiers(true)).toEqual([...usual, ["bastion", "its own"]]);
});
