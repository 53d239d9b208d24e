import type { EngineEvent } from "@pulumi/pulumi/automation";

/** One finding of the policy pack, as the engine reported it. */
export interface PolicyFinding {
    readonly rule: string;
    readonly urn: string;
    readonly message: string;
    readonly level: string;
}

/** What one run of the engine came to. */
export interface Outcome {
    readonly succeeded: boolean;
    readonly changes: Readonly<Record<string, number>>;
    readonly findings: readonly PolicyFinding[];
    /** Errors that are no finding of a policy, in plain text. */
    readonly errors: readonly { readonly urn: string; readonly message: string }[];
}

/** The engine's colour marks, such as `<{%reset%}>`. */
const colour = /<\{%[^%]*%\}>/g;

/** Gathers the events of one run. */
export class EventLog {
    readonly #findings: PolicyFinding[] = [];
    readonly #errors: { urn: string; message: string }[] = [];
    #changes: Readonly<Record<string, number>> = {};

    readonly record = (event: EngineEvent): void => {
        const { policyEvent, diagnosticEvent, summaryEvent } = event;
        if (policyEvent !== undefined) {
            this.#findings.push({
                rule: policyEvent.policyName,
                urn: policyEvent.resourceUrn ?? "",
                message: policyEvent.message.replace(colour, "").trim(),
                level: policyEvent.enforcementLevel,
            });
        }
        if (diagnosticEvent?.severity === "error") {
            const message = diagnosticEvent.message.replace(colour, "").trim();
            this.#errors.push({ urn: diagnosticEvent.urn ?? "", message });
        }
        if (summaryEvent !== undefined) this.#changes = summaryEvent.resourceChanges;
    };

    outcome(succeeded: boolean): Outcome {
        return {
            succeeded,
            changes: this.#changes,
            findings: this.#findings,
            errors: this.#errors,
        };
    }
}
