import { blocksAt, isGiven, numberAt, shown, textAt, textsAt } from "../../provider/look";
import type { Props } from "../../provider/values";
import type { AzureType, Problem } from "../azure-type";
import { networkName } from "../names";
import { inGroup } from "./paths";
import { parseCidr } from "../../../components/model/cidr";

export const securityGroupType = "azure-native:network:NetworkSecurityGroup";
export const applicationGroupType = "azure-native:network:ApplicationSecurityGroup";
export const securityRuleType = "azure-native:network:SecurityRule";

/** @see https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#networking-limits */
const mostRules = 1000;

function isPorts(text: string): boolean {
    if (text === "*") return true;
    const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
    return from !== "" && Number(from) <= Number(to) && Number(to) <= 65535;
}

/** A block, an address, a service tag such as Storage.WestEurope, or everything. */
function isPlace(text: string): boolean {
    if (text === "*" || text.includes(":")) return true;
    if (/^\d/.test(text)) return parseCidr(text.includes("/") ? text : `${text}/32`) !== undefined;
    return /^[A-Z][A-Za-z0-9]*(\.[A-Za-z0-9]+)?$/.test(text);
}

function* sideProblems(
    path: string,
    rule: Props,
    side: "source" | "destination",
): Generator<Problem> {
    const ways = [
        `${side}AddressPrefix`,
        `${side}AddressPrefixes`,
        `${side}ApplicationSecurityGroups`,
    ].filter((key) => isGiven(rule, key));
    if (ways.length !== 1)
        yield {
            property: path,
            reason: `give exactly one ${side}: a prefix, prefixes or application groups`,
        };
    for (const key of ways)
        for (const text of textsAt(rule, key))
            if (!isPlace(text))
                yield {
                    property: `${path}.${key}`,
                    reason: `${text} is no address block and no service tag`,
                };
    const ports = [`${side}PortRange`, `${side}PortRanges`].filter((key) => isGiven(rule, key));
    if (ports.length !== 1)
        yield { property: path, reason: `give exactly one of ${side}PortRange(s)` };
    for (const key of ports)
        for (const text of textsAt(rule, key))
            if (!isPorts(text))
                yield { property: `${path}.${key}`, reason: `${text} is no range of ports` };
}

/** @see https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules */
function* ruleProblems(path: string, rule: Props): Generator<Problem> {
    const priority = numberAt(rule, "priority");
    if (priority === undefined || priority < 100 || priority > 4096)
        yield {
            property: `${path}.priority`,
            reason: `${shown(rule["priority"])} is not 100 to 4096`,
        };
    if (Array.from(textAt(rule, "description") ?? "").length > 140)
        yield { property: `${path}.description`, reason: "has more than 140 characters" };
    yield* sideProblems(path, rule, "source");
    yield* sideProblems(path, rule, "destination");
}

function* groupProblems(inputs: Props): Generator<Problem> {
    const rules = blocksAt(inputs, "securityRules");
    if (rules.length > mostRules)
        yield {
            property: "securityRules",
            reason: `has ${rules.length} rules, of at most ${mostRules}`,
        };
    const seen = new Set<string>();
    for (const [at, rule] of rules.entries()) {
        const path = `securityRules[${at}]`;
        yield* ruleProblems(path, rule);
        const name = textAt(rule, "name");
        if (name === undefined)
            yield { property: `${path}.name`, reason: "is required and not given" };
        const place = `${shown(rule["direction"])} ${shown(rule["priority"])}`;
        for (const [property, key] of [
            ["priority", place],
            ["name", `name ${(name ?? "").toLowerCase()}`],
        ] as const) {
            if (seen.has(key))
                yield { property: `${path}.${property}`, reason: `${key} is there twice` };
            seen.add(key);
        }
    }
}

/** Network and application security groups. */
export const securityGroupTypes: Readonly<Record<string, AzureType>> = {
    [securityGroupType]: {
        path: inGroup("Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}"),
        name: networkName,
        parts: ["securityRules"],
        heldBy: ["azure-native:network:Subnet", "azure-native:network:NetworkInterface"],
        inUse: "InUseNetworkSecurityGroupCannotBeDeleted",
        inputProblems: groupProblems,
        defaults: { securityRules: [] },
        made: () => ({
            defaultSecurityRules: [],
            flowLogs: [],
            networkInterfaces: [],
            subnets: [],
        }),
    },
    [securityRuleType]: {
        path: inGroup(
            "Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}",
        ),
        name: networkName,
        inputProblems: (inputs) => ruleProblems("rule", inputs),
    },
    [applicationGroupType]: {
        path: inGroup("Microsoft.Network/applicationSecurityGroups/{applicationSecurityGroupName}"),
        name: networkName,
        heldBy: [securityGroupType, securityRuleType, "azure-native:network:NetworkInterface"],
        inUse: "ApplicationSecurityGroupInUse",
    },
};
