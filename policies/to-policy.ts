import type {
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import { stackType } from "../components/model/tokens";
import { Audit } from "./audit";
import { coverageOf } from "./coverage";
import { wordCoverage, wordFinding } from "./finding";
import { plainOf } from "./plain";
import type { Resource } from "./resource";
import { isCustom } from "./resource";
import type { Rule, Violation } from "./rule";

export interface PackOptions {
    readonly reservedContacts: "allowed" | "refused";
    /** Whether to report the coverage of the whole stack too, for a program to read. */
    readonly reportCoverage: boolean;
}

/** What `reportViolation` of @pulumi/policy 1.21 takes besides a message; typed as internal there. */
type ReportNamed = (violation: {
    readonly message: string;
    readonly urn: string;
    readonly name: string;
    readonly description: string;
    readonly enforcementLevel: "mandatory" | "advisory";
}) => void;

/**
 * The rules as two CrossGuard policies, one for each resource and one for the stack, which report every
 * violation under the name of its rule.
 *
 * Not a policy a rule: the SDK decodes the resource anew for each policy, and every resource for each stack
 * policy. Not a rule by itself either: rules never see an unknown value in a way that would make the SDK turn a
 * mandatory violation into an advisory one.
 */
export function toPolicies(
    rules: readonly Rule[],
    options: PackOptions,
): [ResourceValidationPolicy, StackValidationPolicy] {
    const begin = () => new Audit(rules, { ...options, now: new Date() });
    let audit = begin();
    const why = new Map(rules.map((rule) => [rule.name, rule.why]));
    const report = (violations: readonly Violation[], reportViolation: ReportViolation) => {
        for (const { rule, urn, level, ...finding } of violations) {
            (reportViolation as unknown as ReportNamed)({
                message: wordFinding(finding),
                urn,
                name: rule,
                description: why.get(rule) ?? rule,
                enforcementLevel: level,
            });
        }
    };
    const ofResources: ResourceValidationPolicy = {
        name: "ownership",
        description: "Every resource shows the owner of its layer",
        enforcementLevel: "mandatory",
        validateResource: (args, reportViolation) => {
            if (args.type === stackType) audit = begin(); // the same process may serve several runs
            report(audit.judge(readArgs(args)), reportViolation);
        },
    };
    const ofStack: StackValidationPolicy = {
        name: "ownership-of-the-stack",
        description: "Every resource of the stack has an owner",
        enforcementLevel: "mandatory",
        validateStack: ({ resources }, reportViolation) => {
            complete(audit, resources);
            report(audit.finish(), reportViolation);
            if (!options.reportCoverage) return;
            (reportViolation as unknown as ReportNamed)({
                message: wordCoverage(coverageOf(audit.inventory)),
                urn: audit.inventory.stackUrn() ?? "",
                name: "coverage",
                description: "How the resources of this stack show their owner",
                enforcementLevel: "advisory",
            });
        },
    };
    return [ofResources, ofStack];
}

function readArgs({ type, urn, props, opts, provider }: ResourceValidationArgs): Resource {
    return {
        type,
        urn,
        custom: isCustom(type, provider !== undefined),
        parent: opts.parent,
        protect: opts.protect,
        inputs: plainOf(props),
        outputs: {},
        dependencies: {},
    };
}

/**
 * Adds what only the end tells: outputs, dependencies, and the resources that no rule saw because they were
 * read or kept. Inputs stay those that the rules saw: of outputs, a preview leaves out what holds one unknown.
 */
function complete(audit: Audit, resources: readonly PolicyResource[]): void {
    for (const { type, urn, props, opts, parent, provider, propertyDependencies } of resources) {
        const outputs = plainOf(props);
        const seen = audit.inventory.get(urn);
        const dependencies: Record<string, string[]> = {};
        for (const [key, origins] of Object.entries(propertyDependencies)) {
            dependencies[key] = origins.map((origin) => origin.urn);
        }
        audit.inventory.add({
            type,
            urn,
            custom: isCustom(type, provider !== undefined),
            parent: opts.parent ?? parent?.urn,
            protect: opts.protect,
            inputs: seen?.inputs ?? outputs,
            outputs,
            dependencies,
        });
    }
}
