import type { Exemption } from "../../components/model/exemption";
import { Audit } from "../../policies/audit";
import { coverage } from "../../policies/rules/coverage";
import { exemptions } from "../../policies/rules/exemptions";
import { gate } from "../../policies/rules/gate";
import { ownerCarried } from "../../policies/rules/owner-carried";
import type { ResourceRule, StackRule } from "../../policies/rule";
import { hubInput, hubMatrix } from "../support/matrix";
import { beginning, clusterUrn, layerOf, now, resourceAt, said, stackUrn } from "../support/stack";

const network = layerOf("network");
const bare = resourceAt(network.urn, "aws:ec2/vpc:Vpc", {}, { urn: "bare" });
const rules = [gate, exemptions, ownerCarried, coverage];
const exemption: Exemption = {
    rule: "owner-carried",
    urn: "*::bare",
    reason: "Peered network of another team",
    approver: "community-representative",
    until: "2026-12-31T00:00:00Z",
};
const withExemption = (over: Partial<Exemption>, layers = {}) =>
    beginning(
        hubMatrix({
            exemptions: [{ ...exemption, ...over }],
            layers: { ...hubInput().layers, ...layers },
        }),
    );

describe("an audit", () => {
    const broken: ResourceRule = {
        ...ownerCarried,
        name: "broken",
        appliesTo: (type) => type === "aws:ec2/vpc:Vpc",
        check: () => {
            throw new Error("out of words");
        },
    };

    it("takes a rule that throws for one that objects", () => {
        const brokenAtTheEnd: StackRule = {
            ...coverage,
            name: "broken-too",
            checkStack: () => {
                throw new TypeError("no stack");
            },
        };

        expect(said([broken, brokenAtTheEnd], [...beginning(), network, bare])).toEqual([
            `broken mandatory - -: the rule broken could not judge this: out of words; ${broken.fix}`,
            `broken-too mandatory - -: the rule broken-too could not judge this: no stack; ${coverage.fix}`,
        ]);
    });

    it("asks a rule once a type whether it applies", () => {
        const appliesTo = jest.fn(() => false);
        const audit = new Audit([{ ...broken, appliesTo }], { now, reservedContacts: "refused" });
        for (const each of [...beginning(), network, bare, bare, bare]) audit.judge(each);

        expect(appliesTo.mock.calls).toEqual([
            ["pulumi:pulumi:Stack"],
            ["steward:index:Cluster"],
            ["steward:test:Layer"],
            ["aws:ec2/vpc:Vpc"],
        ]);
    });
});

describe("an exemption in an audit", () => {
    it("turns a violation into a reminder that names approver, reason and end", () => {
        expect(said(rules, [...withExemption({}), network, bare])).toEqual([
            expect.stringMatching(
                /^owner-carried advisory network site-reliability-engineer: .* \(exempt until 2026-12-31T00:00:00Z, approved by community-representative: Peered network of another team\); /,
            ),
        ]);
    });

    it("lifts nothing once it has ended, and is named", () => {
        const [ended, violation, ...others] = said(rules, [
            ...withExemption({ until: "2026-11-01T00:00:00Z" }),
            network,
            bare,
        ]);

        expect(ended).toContain(
            "exemptions advisory - -: steward:exemptions: the exemption from owner-carried ended",
        );
        expect(violation).toContain("owner-carried mandatory network");
        expect(others).toEqual([]);
    });

    it("lifts nothing where the owner approved it", () => {
        const [violation, unused] = said(rules, [
            ...withExemption({ approver: "site-reliability-engineer" }),
            network,
            bare,
        ]);

        expect(violation).toContain("owner-carried mandatory network");
        expect(unused).toContain("lifts nothing");
    });

    it("is named when it lifts nothing, on the stack", () => {
        const audit = new Audit(rules, { now, reservedContacts: "refused" });
        for (const each of [...withExemption({}), network]) audit.judge(each);

        expect(audit.finish()).toEqual([
            {
                rule: "exemptions",
                level: "advisory",
                urn: stackUrn,
                layer: null,
                role: null,
                message: "the exemption from owner-carried for *::bare lifts nothing",
                fix: "remove it from steward:exemptions",
            },
        ]);
    });

    it("is a violation on the cluster when it is not whole", () => {
        expect(said(rules, withExemption({ rule: "none" }))).toEqual([
            "exemptions mandatory - -: steward:exemptions: no rule is called none; take a name of docs/rules.md",
        ]);
    });

    it("lifts the gate by break-glass, aloud", () => {
        const glass = { rule: "gate", urn: clusterUrn, until: "2026-11-23T00:00:00Z" };
        const gap = { workshops: { role: null } };

        const [violation] = said(rules, withExemption({ ...glass, breakGlass: true }, gap));
        expect(violation).toMatch(/^gate advisory workshops@prod .*\(BREAK-GLASS until 2026-11-23/);
        expect(said(rules, withExemption(glass, gap))[0]).toMatch(
            /^gate mandatory workshops@prod /,
        );
    });
});
