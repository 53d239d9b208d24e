import { isLayerType, isProviderType, typesOf } from "../../../components/model/tokens";

describe("type tokens", () => {
    it.each([
        ["steward:aws:Network", true],
        ["steward:jupyterhub:Hub", true],
        ["steward:index:Cluster", false],
        ["steward:Network", false],
        ["other:aws:Network", false],
        ["aws:ec2/vpc:Vpc", false],
    ])("%s is a layer: %s", (type, expected) => {
        expect(isLayerType(type)).toBe(expected);
    });

    it("tell providers", () => {
        expect(isProviderType("pulumi:providers:aws")).toBe(true);
        expect(isProviderType("pulumi:pulumi:Stack")).toBe(false);
    });

    it.each([
        ["urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", ["pulumi:pulumi:Stack"]],
        [
            "urn:pulumi:dev::p::steward:index:Cluster$steward:aws:Network$aws:ec2/vpc:Vpc::a$b::c",
            ["steward:index:Cluster", "steward:aws:Network", "aws:ec2/vpc:Vpc"],
        ],
        ["no urn", []],
    ])("stand in the URN %s", (urn, types) => {
        expect(typesOf(urn)).toEqual(types);
    });
});
