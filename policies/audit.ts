import type { Exemption } from "../components/model/exemption";
import { exemptionProblems, findExemption } from "../components/model/exemption";
import { Inventory } from "./inventory";
import type { Resource } from "./resource";
import type { Context, Finding, ResourceRule, Rule, StackRule, Violation } from "./rule";

export interface AuditOptions {
    readonly now: Date;
    readonly reservedContacts: "allowed" | "refused";
}

/** The rules whose word on a resource makes a second one about its coverage needless. */
const aboutOwner: ReadonlySet<string> = new Set(["gate", "inside-one-layer", "owner-carried"]);

/** One pass of the rules over one stack: first each resource, parents before children, then all together. */
export class Audit {
    readonly inventory = new Inventory();
    readonly #rules: readonly Rule[];
    readonly #context: Context;
    readonly #byType = new Map<string, readonly ResourceRule[]>();
    readonly #judged = new Set<string>();
    readonly #used = new Set<Exemption>();

    constructor(rules: readonly Rule[], options: AuditOptions) {
        this.#rules = rules;
        const { inventory } = this;
        this.#context = { ...options, inventory, rules: rules.map(({ name }) => name) };
    }

    /** Judges one resource. Never throws: what goes wrong in a rule is a violation of that rule. */
    judge(resource: Resource): Violation[] {
        this.inventory.add(resource);
        return this.#rulesFor(resource.type).flatMap((rule) =>
            this.#violations(rule, resource.urn, () => rule.check(resource, this.#context)),
        );
    }

    /** Judges the stack as a whole, after its resources. Never throws. */
    finish(): Violation[] {
        const urn = this.inventory.stackUrn() ?? this.inventory.clusters()[0]?.urn ?? "";
        const stackRules = this.#rules.filter((rule): rule is StackRule => "checkStack" in rule);
        const found = stackRules.flatMap((rule) =>
            this.#violations(rule, urn, () => rule.checkStack(this.#context, this.#judged)),
        );
        return [...found, ...this.#unusedExemptions(urn)];
    }

    #rulesFor(type: string): readonly ResourceRule[] {
        let rules = this.#byType.get(type);
        if (rules === undefined) {
            rules = this.#rules.filter(
                (rule): rule is ResourceRule => "check" in rule && rule.appliesTo(type),
            );
            this.#byType.set(type, rules);
        }
        return rules;
    }

    #violations(rule: Rule, urn: string, check: () => Finding[]): Violation[] {
        let findings: Finding[];
        try {
            findings = check();
        } catch (error) {
            const reason = error instanceof Error ? error.message : String(error);
            const message = `the rule ${rule.name} could not judge this: ${reason}`;
            findings = [{ urn, layer: null, role: null, message, fix: rule.fix }];
        }
        return findings.map((finding) => this.#exempted(rule, finding));
    }

    #exempted(rule: Rule, finding: Finding): Violation {
        if (aboutOwner.has(rule.name)) this.#judged.add(finding.urn);
        const violation = { level: rule.level, ...finding, rule: rule.name };
        const matrix = this.inventory.matrix();
        if (matrix === undefined || violation.level === "advisory") return violation;
        const exemption = findExemption(matrix, violation, this.#context.now);
        if (exemption === undefined) return violation;
        this.#used.add(exemption);
        const kind = exemption.breakGlass === true ? "BREAK-GLASS" : "exempt";
        const { until, reason, approver } = exemption;
        const message = `${finding.message} (${kind} until ${until}, approved by ${approver}: ${reason})`;
        return { ...violation, level: "advisory", message };
    }

    #unusedExemptions(urn: string): Violation[] {
        const matrix = this.inventory.matrix();
        if (matrix === undefined) return [];
        const { rules, now } = this.#context;
        const faulty = new Set(exemptionProblems(matrix, rules, now).map((each) => each.exemption));
        return matrix.exemptions
            .filter((each) => !this.#used.has(each) && !faulty.has(each))
            .map((each) => ({
                rule: "exemptions",
                level: "advisory",
                urn,
                layer: null,
                role: null,
                message: `the exemption from ${each.rule} for ${each.urn} lifts nothing`,
                fix: "remove it from steward:exemptions",
            }));
    }
}

/** All violations of a set of resources, parents before children: an exported state without an engine. */
export function auditResources(
    rules: readonly Rule[],
    resources: readonly Resource[],
    options: AuditOptions,
): Violation[] {
    const audit = new Audit(rules, options);
    const found = resources.flatMap((resource) => audit.judge(resource));
    return [...found, ...audit.finish()];
}
