import { largeBodies } from "../../../../../components/model/commcare/large-bodies";
import {
    customRules,
    managedRuleSets,
} from "../../../../../components/platforms/azure/machines/web-rules";

interface Condition {
    readonly matchVariables: readonly { readonly variableName: string }[];
    readonly operator: string;
    readonly negationConditon?: boolean;
    readonly matchValues: readonly string[];
}
interface Rule {
    readonly name: string;
    readonly priority: number;
    readonly ruleType: string;
    readonly action: string;
    readonly matchConditions: readonly Condition[];
}
const rules = customRules() as unknown as readonly Rule[];

/** What the firewall does with one request, by our rules: all conditions, of each one value. */
function decide(method: string, uri: string): string | undefined {
    const fits = ({ matchVariables, operator, negationConditon, matchValues }: Condition) => {
        const value = matchVariables[0]?.variableName === "RequestMethod" ? method : uri;
        const decoded = decodeURIComponent(value);
        const found = matchValues.some((each) =>
            operator === "Regex"
                ? new RegExp(each).test(decoded)
                : operator === "Contains"
                  ? decoded.includes(each)
                  : decoded === each,
        );
        return found !== (negationConditon === true);
    };
    return rules
        .filter(({ ruleType }) => ruleType === "MatchRule")
        .find(({ matchConditions }) => matchConditions.every(fits))?.action;
}

describe("bodies", () => {
    it.each([
        ["POST", "/a/malaria/receiver/submission/"],
        ["POST", "/a/malaria/phone/heartbeat/1/"],
        ["PUT", "/a/malaria/api/v0.5/case/"],
        ["POST", "/formplayer/navigate_menu"],
        ["POST", "/hq/multimedia/file/upload/?x=1"],
    ])("are let through: %s %s", (method, uri) => {
        expect(decide(method, uri)).toBe("Allow");
    });

    it.each([
        ["a body elsewhere", "POST", "/accounts/login/"],
        ["no body", "GET", "/a/malaria/receiver/submission/"],
        ["a path in the query", "POST", "/accounts/login/?next=/a/malaria/receiver/"],
        ["a path further back", "POST", "/hq/admin/a/malaria/receiver/"],
        ["a way out of the path", "POST", "/a/malaria/receiver/../../../hq/admin/"],
        ["a hidden way out of it", "POST", "/a/malaria/receiver/%2e%2e/%2e%2e/hq/admin/"],
        ["an empty step", "POST", "/a/malaria/receiver//admin/"],
    ])("are looked at: %s", (_, method, uri) => {
        expect(decide(method, uri)).toBeUndefined();
    });

    it("are let through on every path of the list, in conditions that Azure takes", () => {
        const regexes = rules.flatMap(({ matchConditions }) =>
            matchConditions.filter(({ operator }) => operator === "Regex"),
        );
        expect(regexes.flatMap(({ matchValues }) => matchValues)).toEqual(
            largeBodies.map(({ path }) => path),
        );
        for (const { matchValues } of regexes) expect(matchValues.length).toBeLessThanOrEqual(10);
    });
});

it("slows a flood down before anything is let through", () => {
    const [flood] = rules;
    expect(flood).toMatchObject({ ruleType: "RateLimitRule", action: "Block", priority: 1 });
    expect(new Set(rules.map(({ priority }) => priority)).size).toBe(rules.length);
});

it("asks Microsoft's own rules about everything else", () => {
    expect(managedRuleSets.map(({ ruleSetType }) => ruleSetType)).toEqual([
        "Microsoft_DefaultRuleSet",
        "Microsoft_BotManagerRuleSet",
    ]);
});
