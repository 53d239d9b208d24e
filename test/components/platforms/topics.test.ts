import { dueTopics } from "../../../components/platforms/topics";
import { hubMatrix } from "../../support/matrix";

const operators = { name: "Operators", contact: "support@operators.org" };
const community = { name: "Community", contact: "hub@community.org" };

describe("the topics of a cluster", () => {
    it("are one for each role, with whoever fills it", () => {
        expect(dueTopics(hubMatrix()).map(({ suffix, party }) => `${suffix}: ${party}`)).toEqual([
            "community-representative: community",
            "site-reliability-engineer: operators",
            "community-guide: operators",
            "hub-administrator: community",
        ]);
    });

    it("are two for a role that another party fills for one hub", () => {
        const matrix = hubMatrix({
            hubs: [
                { name: "prod" },
                { name: "class", roles: { "hub-administrator": "operators" } },
            ],
        });
        expect(
            dueTopics(matrix)
                .filter(({ role }) => role === "hub-administrator")
                .map(({ suffix, party }) => `${suffix}: ${party}`),
        ).toEqual(["hub-administrator: community", "hub-administrator-operators: operators"]);
    });

    it.each([
        ["an e-mail address", operators, [["email", "support@operators.org"]]],
        [
            "an escalation beside it",
            { ...operators, escalation: "https://pager.operators.org/in" },
            [
                ["email", "support@operators.org"],
                ["https", "https://pager.operators.org/in"],
            ],
        ],
        [
            "a URL alone",
            { ...operators, contact: "https://desk.operators.org" },
            [["https", "https://desk.operators.org"]],
        ],
        [
            "the same address twice",
            { ...operators, escalation: "support@operators.org" },
            [["email", "support@operators.org"]],
        ],
    ])("reach a party by %s", (_, party, subscriptions) => {
        const matrix = hubMatrix({ parties: { operators: party, community } });
        const topic = dueTopics(matrix).find(({ role }) => role === "site-reliability-engineer");
        expect(topic?.subscriptions.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual(
            subscriptions,
        );
    });
});
