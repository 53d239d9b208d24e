import type { Exemption } from "../../../components/model/exemption";
import { exemptionProblems, findExemption } from "../../../components/model/exemption";
import { hubMatrix } from "../../support/matrix";

const now = new Date("2026-11-22T12:00:00Z");
const urn =
    "urn:pulumi:dev::steward::steward:index:Cluster$steward:aws:Network$aws:ec2/vpc:Vpc::hub-vpc";
const exemption: Exemption = {
    rule: "owner-carried",
    urn: "*::hub-vpc",
    reason: "Peered network of another team",
    approver: "community-representative",
    until: "2026-12-31T00:00:00Z",
};
const finding = { rule: "owner-carried", urn, role: "site-reliability-engineer" };
const found = (over: Partial<Exemption>, asked = finding) =>
    findExemption(hubMatrix({ exemptions: [{ ...exemption, ...over }] }), asked, now);
const problems = (over: Partial<Exemption>) =>
    exemptionProblems(
        hubMatrix({ exemptions: [{ ...exemption, ...over }] }),
        ["gate", "owner-carried"],
        now,
    ).map(({ message }) => message);

describe("an exemption", () => {
    it.each(["*::hub-vpc", "*", urn, "urn:*$aws:ec2/vpc:Vpc::*"])(
        "lifts a finding by the URN %s",
        (glob) => {
            expect(found({ urn: glob })).toEqual({ ...exemption, urn: glob });
        },
    );

    it.each(["hub-vpc", "*::hub-vp", "*::hub.vpc", "urn:*$aws:ec2/subnet:Subnet::*", ""])(
        "does not lift one by the URN %s",
        (glob) => {
            expect(found({ urn: glob })).toBeUndefined();
        },
    );

    it("lifts its own rule only, and not where the owner approved it", () => {
        expect(found({}, { ...finding, rule: "tag-grammar" })).toBeUndefined();
        expect(found({}, { ...finding, role: "community-representative" })).toBeUndefined();
    });

    it.each([
        ["an unknown rule", { rule: "none" }, "no rule is called none"],
        ["no reason", { reason: "because  " }, "the exemption from owner-carried gives no reason"],
        [
            "an approver that is no role",
            { approver: "me" },
            "me, who approved the exemption from owner-carried, is no role that a party fills here",
        ],
        [
            "an approver whom nobody is",
            { approver: "operations-engineer" },
            "operations-engineer, who approved the exemption from owner-carried, is no role that a party fills here",
        ],
        [
            "no end",
            { until: "soon" },
            "the exemption from owner-carried ends at soon, which is no date",
        ],
        [
            "its end behind it",
            { until: "2026-11-22T12:00:00Z" },
            "the exemption from owner-carried ended at 2026-11-22T12:00:00Z",
        ],
        [
            "too long a break-glass",
            { breakGlass: true, until: "2026-11-25T12:00:01Z" },
            "the break-glass exemption from owner-carried ends at 2026-11-25T12:00:01Z, in more than 72 hours",
        ],
    ])("with %s is named: %#", (_what, over, message) => {
        expect(problems(over)).toEqual([message]);
    });

    it.each([
        { reason: "because  " },
        { approver: "me" },
        { approver: "operations-engineer" },
        { until: "soon" },
        { until: "2026-11-22T12:00:00Z" },
        { breakGlass: true, until: "2026-11-25T12:00:01Z" },
    ])("that is not whole lifts nothing: %o", (over) => {
        expect(found(over)).toBeUndefined();
    });

    it("holds until its end and for 72 hours of break-glass", () => {
        expect(problems({ until: "2026-11-22T12:00:01Z" })).toEqual([]);
        expect(problems({ breakGlass: true, until: "2026-11-25T12:00:00Z" })).toEqual([]);
    });

    it("lifts the gate by break-glass only", () => {
        const gate = { ...finding, rule: "gate" };
        const brief = { rule: "gate", until: "2026-11-24T00:00:00Z" };

        expect(found(brief, gate)).toBeUndefined();
        expect(problems(brief)).toEqual(["the gate takes no exemption but break-glass"]);
        const glass = { ...exemption, ...brief, breakGlass: true };
        expect(found(glass, gate)).toEqual(glass);
    });
});
