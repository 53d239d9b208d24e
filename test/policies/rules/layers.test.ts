import { ownerOf } from "../../../components/model/matrix";
import { insideOneLayer } from "../../../policies/rules/inside-one-layer";
import { layerAsAssigned } from "../../../policies/rules/layer-as-assigned";
import { hubMatrix } from "../../support/matrix";
import { beginning, clusterUrn, layerOf, layerType, resourceAt, said } from "../../support/stack";

const vpc = "aws:ec2/vpc:Vpc";

describe("inside-one-layer", () => {
    const rule = insideOneLayer;

    it("passes a resource in a layer, and one below a component of that layer", () => {
        const layer = layerOf("hub", "prod");
        const chart = resourceAt(layer.urn, "kubernetes:helm.sh/v4:Chart", {}, { custom: false });
        const object = resourceAt(chart.urn, "kubernetes:core/v1:ConfigMap");
        const direct = resourceAt(layer.urn, vpc);

        expect(said([rule], [...beginning(), layer, chart, object, direct])).toEqual([]);
    });

    it("refuses a resource in no layer, directly or below a component that is none", () => {
        const component = resourceAt(clusterUrn, "awsx:ec2:Vpc", {}, { custom: false });
        const resources = [resourceAt(clusterUrn, vpc), component, resourceAt(component.urn, vpc)];

        expect(said([rule], [...beginning(), ...resources])).toEqual([
            "inside-one-layer mandatory - -: aws:ec2/vpc:Vpc stands in no layer; " + rule.fix,
            "inside-one-layer mandatory - -: aws:ec2/vpc:Vpc stands in no layer; " + rule.fix,
        ]);
    });

    it("refuses a layer in a layer, and what stands in both", () => {
        const outer = layerOf("network");
        const inner = resourceAt(outer.urn, layerType, { ...outer.inputs }, { custom: false });

        expect(said([rule], [...beginning(), outer, inner, resourceAt(inner.urn, vpc)])).toEqual([
            "inside-one-layer mandatory - -: the layer steward:test:Layer is no direct child of the cluster; " +
                "register it with the cluster as its parent",
            "inside-one-layer mandatory - -: aws:ec2/vpc:Vpc stands in steward:test:Layer and " +
                "steward:test:Layer; " +
                rule.fix,
        ]);
    });

    it("refuses a resource whose layer does not say who owns it", () => {
        const layer = resourceAt(clusterUrn, layerType, { role: "nobody" }, { custom: false });

        expect(said([rule], [...beginning(), layer, resourceAt(layer.urn, vpc)])).toEqual([
            "inside-one-layer mandatory - -: the layer of aws:ec2/vpc:Vpc does not say who owns it, " +
                "or not before the update; register the layer with an owner of plain strings",
        ]);
    });

    it("refuses a resource whose layer was never registered", () => {
        const layer = layerOf("network");

        expect(said([rule], [...beginning(), resourceAt(layer.urn, vpc)])).toHaveLength(1);
    });
});

describe("layer-as-assigned", () => {
    const rule = layerAsAssigned;
    const owner = ownerOf(hubMatrix(), "hub", "prod");
    const layer = (inputs: object) =>
        resourceAt(clusterUrn, layerType, { ...inputs }, { custom: false });

    it("passes a layer that names the owner of the matrix", () => {
        expect(said([rule], [...beginning(), layer({ ...owner })])).toEqual([]);
    });

    it.each([
        ["role", "community-guide", "role community-guide instead of site-reliability-engineer"],
        ["party", "community", "party community instead of operators"],
        ["contact", "a@b.org", "contact a@b.org instead of support@operators.org"],
        ["environment", "staging", "environment staging instead of production"],
        ["cluster", "other", "cluster other instead of geolab"],
    ])("refuses one that names another %s", (word, value, message) => {
        expect(said([rule], [...beginning(), layer({ ...owner, [word]: value })])).toEqual([
            `layer-as-assigned mandatory hub@prod site-reliability-engineer: the layer hub@prod says ${message}; ` +
                rule.fix,
        ]);
    });

    it("refuses a layer that the matrix does not have", () => {
        expect(said([rule], [...beginning(), layer({ ...owner, scope: "staging" })])).toEqual([
            "layer-as-assigned mandatory hub@staging site-reliability-engineer: " +
                `the matrix names no owner for hub@staging; ${rule.fix}`,
        ]);
    });

    it("refuses an owner that is not known before the update", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

        for (const word of ["role", "scope"]) {
            expect(said([rule], [...beginning(), layer({ ...owner, [word]: unknown })])).toEqual([
                "layer-as-assigned mandatory - -: the layer does not say who owns it, or not before the " +
                    `update; ${rule.fix}`,
            ]);
        }
    });
});
