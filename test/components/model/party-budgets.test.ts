import { assignOwners } from "../../../components/model/assign";
import { checkBudgets } from "../../../components/model/checks/budgets";
import { partyBudgets } from "../../../components/model/party-budgets";
import { payersOf } from "../../../components/model/payers";
import type { BudgetsSpec } from "../../../components/model/spec/budgets";
import type { StackInput } from "../../../components/model/spec/stack";
import { hubInput } from "../../support/matrix";

type Covers = "account" | "hub" | "party";

/** `<hub>[@<who pays>]`, the community unless said otherwise, with a figure and what it covers. */
function cluster(
    hubs: Record<string, [monthlyUsd: number, covers: Covers]>,
    over: Parameters<typeof hubInput>[0] = {},
) {
    const described = Object.entries(hubs).map(([named, [monthlyUsd, covers]]) => {
        const [name = "", party] = named.split("@");
        const layers = party === undefined ? {} : { "budget-billing": { party } };
        return { name, layers, budget: { monthlyUsd, covers } };
    });
    const matrix = assignOwners(hubInput({ ...over, hubs: described }));
    const due = (budgets: BudgetsSpec = {}) =>
        partyBudgets(matrix, described, budgets).map(({ payer, monthlyUsd, counts }) => [
            payer.party,
            monthlyUsd,
            counts,
        ]);
    return { matrix, due };
}

const everything = { of: "account", without: [] };

describe("who pays", () => {
    it("is told by hub, and for what hubs share by the account; nobody's place follows that of a hub", () => {
        const { matrix } = cluster({
            prod: [10, "hub"],
            "binder@operators": [5, "hub"],
            art: [5, "hub"],
        });
        const payers = payersOf(matrix).map(({ party, hubs, shared, owner }) => [
            party,
            hubs,
            shared,
            owner.layer,
        ]);
        expect(payers).toEqual([
            ["community", ["art", "prod"], true, "account"],
            ["operators", ["binder"], false, "budget-billing"],
        ]);
    });
});

describe("the budget of a party", () => {
    it("is left out where the one hub's covers all there is", () => {
        expect(cluster({ prod: [10, "account"] }).due()).toEqual([]);
    });

    it("is due where a hub's leaves out what hubs share, or is part of it", () => {
        expect(cluster({ prod: [10, "hub"] }).due()).toEqual([["community", 10, everything]]);
        expect(cluster({ prod: [10, "party"] }).due()).toEqual([["community", 10, everything]]);
    });

    it("is one for several hubs of one party: their sum, over all but what others pay for", () => {
        const { due } = cluster({
            prod: [1000, "hub"],
            staging: [200, "hub"],
            "binder@operators": [50, "hub"],
        });
        expect(due()).toEqual([["community", 1200, { of: "account", without: ["binder"] }]]);
    });

    it("counts hubs alone for who does not answer for the account", () => {
        const { due } = cluster({
            prod: [1000, "hub"],
            "binder@operators": [50, "hub"],
            "art@operators": [70, "party"],
        });
        expect(due()).toEqual([
            ["community", 1000, { of: "account", without: ["art", "binder"] }],
            ["operators", 120, { of: "hubs", hubs: ["art", "binder"] }],
        ]);
    });

    it("takes the figure of the stack file, also of who pays for the shared part alone", () => {
        const { due } = cluster(
            { prod: [10, "hub"] },
            { layers: { ...hubInput().layers, account: { party: "operators" } } },
        );
        expect(due()).toEqual([]);
        expect(due({ operators: { monthlyUsd: 300, covers: "cluster" } })).toEqual([
            ["operators", 300, { of: "cluster", without: ["prod"] }],
        ]);
    });

    it("of one party stays as it is when another pays for one more hub", () => {
        const hubs: Parameters<typeof cluster>[0] = {
            "binder@operators": [50, "hub"],
            "art@operators": [70, "hub"],
        };
        const ofOperators = (more: Record<string, [number, Covers]>) =>
            cluster({ ...more, ...hubs })
                .due()
                .filter(([party]) => party === "operators");
        expect(ofOperators({ prod: [10, "hub"], new: [10, "hub"] })).toEqual(
            ofOperators({ prod: [10, "hub"] }),
        );
        expect(ofOperators({ prod: [10, "hub"] })).toHaveLength(1);
    });
});

describe("steward:budgets", () => {
    const said = (
        budgets: Record<string, { monthlyUsd: number; covers: "account" | "cluster" }>,
        over: Parameters<typeof hubInput>[0] = {},
    ) => {
        const { matrix } = cluster({ prod: [10, "account"] }, over);
        return checkBudgets({ budgets } as StackInput, matrix).map(
            ({ path, message }) => `${path}: ${message}`,
        );
    };
    const figure = { monthlyUsd: 10, covers: "account" } as const;

    it("names who pays", () => {
        expect(said({ community: figure })).toEqual([]);
        expect(said({ operators: figure, nobody: figure })).toEqual([
            "steward:budgets.operators: pays for nothing here: neither the account nor the budget of a hub is its own",
            "steward:budgets.nobody: is no party of steward:parties",
        ]);
    });

    it("mails an address, and counts the cluster only for whose account it is", () => {
        const parties = {
            ...hubInput().parties,
            community: { name: "Community", contact: "https://community.org/help" },
        };
        expect(said({ community: figure }, { parties })).toEqual([
            "steward:budgets.community: mails https://community.org/help, and a budget mails no URL",
        ]);
        const layers = { ...hubInput().layers, account: { party: "operators" } };
        expect(said({ community: { monthlyUsd: 10, covers: "cluster" } }, { layers })).toEqual([
            "steward:budgets.community.covers: counts the cluster, and the account is another's: it pays for hubs alone",
        ]);
    });

    it("leaves a layer that nobody answers for to the gate", () => {
        const layers = { ...hubInput().layers, account: { role: null } };
        const { matrix } = cluster({ "prod@operators": [10, "hub"] }, { layers });
        expect(checkBudgets({ budgets: { community: figure } } as never, matrix)).toEqual([]);
    });
});
