import { capacityOf } from "../../../../../rehearsal/aws/types/wafv2-capacity";
import type { Props } from "../../../../../rehearsal/provider/values";
import { largeBodies } from "../../../../../components/model/commcare/large-bodies";
import { webRules } from "../../../../../components/platforms/aws/machines/web-rules";

interface Statement {
    readonly andStatement?: { readonly statements: readonly Statement[] };
    readonly orStatement?: { readonly statements: readonly Statement[] };
    readonly notStatement?: { readonly statement: Statement };
    readonly labelMatchStatement?: { readonly key: string };
    readonly regexMatchStatement?: { readonly regexString: string };
    readonly rateBasedStatement?: object;
    readonly managedRuleGroupStatement?: {
        readonly name: string;
        readonly ruleActionOverrides?: readonly { readonly name: string }[];
    };
}
interface Rule {
    readonly name: string;
    readonly priority: number;
    readonly action?: { readonly block?: object };
    readonly statement: Statement;
}
interface Request {
    readonly path: string;
    /** Bytes. */
    readonly body: number;
    readonly markup?: true;
}

/** What AWS's core rule set does with bodies: it refuses more than 8 KiB, and markup that could be a script. */
function coreRules({ body, markup }: Request): [rule: string, label: string][] {
    const core = "awswaf:managed:aws:core-rule-set";
    return [
        ...(body > 8192
            ? [["SizeRestrictions_BODY", `${core}:SizeRestrictions_Body`] as [string, string]]
            : []),
        ...(markup === true
            ? [["CrossSiteScripting_BODY", `${core}:CrossSiteScripting_Body`] as [string, string]]
            : []),
    ];
}

function holds(statement: Statement, request: Request, labels: readonly string[]): boolean {
    const { andStatement, orStatement, notStatement, labelMatchStatement } = statement;
    const each = (one: Statement) => holds(one, request, labels);
    if (andStatement !== undefined) return andStatement.statements.every(each);
    if (orStatement !== undefined) return orStatement.statements.some(each);
    if (notStatement !== undefined) return !each(notStatement.statement);
    if (labelMatchStatement !== undefined) return labels.includes(labelMatchStatement.key);
    const regex = statement.regexMatchStatement?.regexString;
    return regex !== undefined && new RegExp(regex).test(request.path);
}

/** The rule that refuses a request, or undefined: what AWS WAF does with the rules in their order. */
function refusedBy(request: Request): string | undefined {
    const labels: string[] = [];
    const rules = [...(webRules() as unknown as Rule[])].sort((a, b) => a.priority - b.priority);
    for (const { name, action, statement } of rules) {
        const group = statement.managedRuleGroupStatement;
        if (group?.name === "AWSManagedRulesCommonRuleSet") {
            for (const [rule, label] of coreRules(request)) {
                const counted = group.ruleActionOverrides?.some((each) => each.name === rule);
                if (counted !== true) return name;
                labels.push(label);
            }
        }
        if (action?.block !== undefined && holds(statement, request, labels)) return name;
    }
    return undefined;
}

const megabyte = 1024 * 1024;

describe("the firewall of the site", () => {
    it("takes a form of 2 MB with markup in it where devices send forms", () => {
        const path = "/a/clinic/receiver/secure/0123456789abcdef/";
        expect(refusedBy({ path, body: 2 * megabyte, markup: true })).toBeUndefined();
    });

    it.each([
        "/a/clinic/apps/0123/multimedia/uploaded/image/",
        "/a/clinic/importer/excel/config/",
        "/a/clinic/settings/users/commcare/upload/",
        "/formplayer/answer",
    ])("takes a body of 2 MB at %s", (path) => {
        expect(refusedBy({ path, body: 2 * megabyte })).toBeUndefined();
    });

    it.each(["/", "/accounts/login/", "/a/clinic/dashboard/", "/admin/a/clinic/receiver/"])(
        "refuses the same body at %s, and takes a small one",
        (path) => {
            expect(refusedBy({ path, body: 2 * megabyte })).toBe("bodies");
            expect(refusedBy({ path, body: 100, markup: true })).toBe("bodies");
            expect(refusedBy({ path, body: 100 })).toBeUndefined();
        },
    );

    it("has a reason for every path, in a form that AWS WAF takes", () => {
        for (const { path, why } of largeBodies) {
            expect(path.length).toBeLessThanOrEqual(512);
            expect(path.startsWith("^/")).toBe(true);
            expect(why).not.toBe("");
        }
    });
});

it("takes no more units of capacity than come without an extra charge", () => {
    const taken = capacityOf(webRules() as unknown as Props[]);
    // Four groups of AWS's 25, 200, 700 and 200, a limit by address of 2, six labels, and each path 3 and 10 to normalise it.
    expect(taken).toBe(1125 + 2 + 6 + largeBodies.length * 13);
    // https://aws.amazon.com/waf/pricing/
    expect(taken).toBeLessThanOrEqual(1500);
});
