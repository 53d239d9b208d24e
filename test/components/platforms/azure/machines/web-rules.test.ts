import { largeBodies } from "../../../../../components/model/commcare/large-bodies";
import { policySettings } from "../../../../../components/platforms/azure/machines/web-firewall";
import {
    customRules,
    managedRuleSets,
} from "../../../../../components/platforms/azure/machines/web-rules";

interface Condition {
    readonly matchVariables: readonly {
        readonly variableName: string;
        readonly selector?: string;
    }[];
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
function decide(
    method: string,
    uri: string,
    headers: Readonly<Record<string, string>> = {},
): string | undefined {
    const fits = ({ matchVariables, operator, negationConditon, matchValues }: Condition) => {
        const { variableName = "", selector = "" } = matchVariables[0] ?? {};
        const known: Record<string, string> = { RequestMethod: method, RequestUri: uri };
        const value = known[variableName] ?? headers[selector] ?? "";
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
        ["an attack in the query", "POST", "/a/malaria/api/v0.5/case/?q=1'%20or%201=1"],
        ["markup in the query", "POST", "/formplayer/x?next=%3Cscript%3E"],
        ["a look-up in the query", "POST", "/a/malaria/receiver/?x=$%7Bjndi:ldap%7D"],
    ])("are looked at: %s", (_, method, uri) => {
        expect(decide(method, uri)).toBeUndefined();
    });

    it("are looked at where a client says an attack of itself, and let through where it says what it is", () => {
        const path = "/a/malaria/receiver/submission/";
        const agents = [
            "CommCare/2.57 (Android 14; Linux)",
            "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101",
        ];
        for (const agent of agents)
            expect(decide("POST", path, { "User-Agent": agent })).toBe("Allow");
        expect(decide("POST", path, { "User-Agent": "${jndi:ldap://x}" })).toBeUndefined();
    });

    it("are let through whatever their size: nothing refuses a form of 2 MB", () => {
        expect(policySettings.requestBodyEnforcement).toBe(false);
        expect(policySettings.fileUploadEnforcement).toBe(false);
        expect(decide("POST", "/a/malaria/receiver/submission/?device=1")).toBe("Allow");
    });

    it("are let through on every path of the list, in conditions that Azure takes", () => {
        const regexes = rules.flatMap(({ matchConditions }) =>
            matchConditions.filter(
                ({ operator, negationConditon }) =>
                    operator === "Regex" && negationConditon !== true,
            ),
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
