import type { network } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";
import { largeBodies } from "../../../model/commcare/large-bodies";

type CustomRule = pulumi.Unwrap<network.WebApplicationFirewallCustomRuleArgs>;
type Condition = pulumi.Unwrap<network.MatchConditionArgs>;

/** Requests that one address may make in five minutes: a district's devices may share one. */
const requestsPerAddress = 20_000;

/** Values that one condition takes. https://learn.microsoft.com/azure/web-application-firewall/ag/custom-waf-rules-overview */
const valuesPerCondition = 10;

/**
 * Rules of ours, asked before those that Azure keeps. The first to fit decides.
 *
 * Azure's rules know no exception for the body alone that goes by a pattern of the path: exclusions hold for a whole
 * policy and know no XML that is a body, and a policy of its own is had for paths of the kind `/a/*`, which is nearly all
 * of HQ. So a request that sends a body to one of the paths is let through here, by a pattern from the path's beginning,
 * and only where all else of it is plain: its path does not climb, path and query have no character that an attack needs,
 * and what a client says of itself has none of the beginnings of one. Whatever is not plain meets all of Azure's rules.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-waf-configuration
 */
export function customRules(): CustomRule[] {
    const flood: CustomRule = {
        name: "flood",
        priority: 1,
        ruleType: "RateLimitRule",
        rateLimitDuration: "FiveMins",
        rateLimitThreshold: requestsPerAddress,
        groupByUserSession: [{ groupByVariables: [{ variableName: "ClientAddr" }] }],
        matchConditions: [
            // Whoever it is: nobody has this address.
            {
                matchVariables: [{ variableName: "RemoteAddr" }],
                operator: "IPMatch",
                negationConditon: true,
                matchValues: ["255.255.255.255/32"],
            },
        ],
        action: "Block",
        state: "Enabled",
    };
    const groups = chunks(
        largeBodies.map(({ path }) => path),
        valuesPerCondition,
    );
    const bodies = groups.map((paths, at): CustomRule => ({
        name: `bodies${String(at + 1)}`,
        priority: at + 2,
        ruleType: "MatchRule",
        matchConditions: [
            {
                matchVariables: [{ variableName: "RequestMethod" }],
                operator: "Equal",
                matchValues: ["POST", "PUT", "PATCH"],
            },
            uri("Regex", paths),
            { ...uri("Contains", ["..", "//", "\\"]), negationConditon: true },
            // The query counts as part of it.
            { ...uri("Regex", ["[^A-Za-z0-9_/=&?.~,:@+ %-]"]), negationConditon: true },
            withoutAttack("User-Agent"),
        ],
        action: "Allow",
        state: "Enabled",
    }));
    return [flood, ...bodies];
}

/**
 * Rules that Azure keeps current: Microsoft's own against what is common, and against addresses of bad name.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
export const managedRuleSets = [
    { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" },
    { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" },
] as const;

function uri(operator: "Regex" | "Contains", matchValues: string[]): Condition {
    const matchVariables = [{ variableName: "RequestUri" }];
    return { matchVariables, operator, transforms: ["UrlDecode"], matchValues };
}

/**
 * Beginnings of look-ups, of markup and of commands, which no client of HQ's says of itself. Only of a header that each
 * of them sends: of one that is missing nothing can be said.
 */
function withoutAttack(selector: string): Condition {
    return {
        matchVariables: [{ variableName: "RequestHeaders", selector }],
        operator: "Contains",
        transforms: ["UrlDecode"],
        negationConditon: true,
        matchValues: ["${", "<", "'", "`", "$(", "{{", "|", "../"],
    };
}

function chunks<T>(all: readonly T[], size: number): T[][] {
    return all.length === 0 ? [] : [all.slice(0, size), ...chunks(all.slice(size), size)];
}
