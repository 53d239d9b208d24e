import type { Built } from "./geolab";
import { addHub, build, geolab } from "./geolab";

type Section = Record<string, unknown>;

const budget = "aws:budgets/budget:Budget";
const tags = (key: string, ...values: string[]) => ({ tags: { key, values } });

/** Three hubs, the last of which the operators pay for. */
const three = (config: Section): void => {
    addHub(config, "staging", { budget: { monthlyUsd: 500, covers: "hub" } });
    addHub(config, "binder", {
        budget: { monthlyUsd: 50, covers: "party" },
        layers: { "budget-billing": { party: "2i2c" } },
    });
    const { hubs } = config["jupyterhub"] as { hubs: Section[] };
    Object.assign(hubs.at(-1) ?? {}, { budget: { monthlyUsd: 10_000, covers: "hub" } });
};

const budgetsOf = (from: Built) =>
    Object.fromEntries(
        from.ofType(budget).map(({ name, inputs }) => {
            const { notifications, limitAmount, filterExpression, tags: carried } = inputs;
            const [first] = notifications as Section[];
            const { subscriberEmailAddresses: mails } = first ?? {};
            const { "owner-layer": layer, "owner-party": party } = carried as Section;
            return [name, { limitAmount, filterExpression, mails, owner: [layer, party] }];
        }),
    );

describe("budgets of several hubs and payers", () => {
    let built: Built;
    beforeAll(async () => {
        built = await build(geolab(three));
    });

    it("are one for each hub that has its own, and one for each party over all it pays for", () => {
        const cluster = tags("cluster", "geolab");
        const community = ["geolab@example.org"];
        expect(budgetsOf(built)).toEqual({
            "budget-billing-prod-budget": {
                limitAmount: "10000",
                filterExpression: { ands: [cluster, tags("hub", "prod")] },
                mails: community,
                owner: ["budget-billing", "earthscope"],
            },
            "budget-billing-staging-budget": {
                limitAmount: "500",
                filterExpression: { ands: [cluster, tags("hub", "staging")] },
                mails: community,
                owner: ["budget-billing", "earthscope"],
            },
            "account-2i2c-budget": {
                limitAmount: "50",
                filterExpression: { ands: [cluster, tags("hub", "binder")] },
                mails: ["support@example.org"],
                owner: ["account", "earthscope"],
            },
            "account-earthscope-budget": {
                limitAmount: "10500",
                filterExpression: { not: { ands: [cluster, tags("hub", "binder")] } },
                mails: community,
                owner: ["account", "earthscope"],
            },
        });
    });

    it("warn at 80 and 100 percent, and at what is foreseen, by the topic of whoever pays as well", () => {
        const { notifications } = built.find(budget, "account-2i2c-budget").inputs;
        const all = notifications as Section[];
        expect(all.map((each) => [each["threshold"], each["notificationType"]])).toEqual([
            [80, "ACTUAL"],
            [100, "FORECASTED"],
            [100, "ACTUAL"],
        ]);
        expect(all[0]?.["subscriberSnsTopicArns"]).toEqual([
            expect.stringMatching(/community-representative-2i2c/),
        ]);
    });

    it("of a party are counted by the figure of the stack file, and of the cluster's tag where it says so", async () => {
        const named = await build(
            geolab((config) => {
                three(config);
                config["budgets"] = { earthscope: { monthlyUsd: 15_000, covers: "cluster" } };
            }),
        );
        expect(budgetsOf(named)["account-earthscope-budget"]).toMatchObject({
            limitAmount: "15000",
            filterExpression: {
                ands: [tags("cluster", "geolab"), { not: tags("hub", "binder") }],
            },
        });
    });

    it("of the hubs and of other parties stay as they are when a hub is added", async () => {
        const more = await build(
            geolab((config) => {
                three(config);
                addHub(config, "art", { budget: { monthlyUsd: 70, covers: "hub" }, layers: {} });
            }),
        );
        const { "account-earthscope-budget": sum, ...rest } = budgetsOf(built);
        const {
            "account-earthscope-budget": larger,
            "budget-billing-art-budget": added,
            ...others
        } = budgetsOf(more);
        expect(others).toEqual(rest);
        expect([sum?.limitAmount, added?.limitAmount, larger?.limitAmount]).toEqual([
            "10500",
            "70",
            "10570",
        ]);
    });
});
