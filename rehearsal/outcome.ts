import type { EngineEvent } from "@pulumi/pulumi/automation";

/** One finding of the policy pack, as the engine reported it. */
export interface PolicyFinding {
    readonly rule: string;
    readonly urn: string;
    readonly message: string;
    readonly level: string;
}

/** One thing that the engine does to one resource, or plans to. */
export interface Step {
    /** The engine's word: `create`, `update`, `replace`, `delete`, … */
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    /** Inputs that differ, as dotted paths where the provider tells them so. */
    readonly changed: readonly string[];
}

/** What one run of the engine came to. */
export interface Outcome {
    readonly succeeded: boolean;
    readonly changes: Readonly<Record<string, number>>;
    readonly findings: readonly PolicyFinding[];
    /** What was done or planned, resources that stay the same left out. */
    readonly steps: readonly Step[];
    /** Errors that are no finding of a policy, in plain text. */
    readonly errors: readonly { readonly urn: string; readonly message: string }[];
}

/** Whether the engine found nothing to do, or did nothing. */
export function isUnchanged({ changes }: Pick<Outcome, "changes">): boolean {
    return Object.entries(changes).every(([kind, count]) => kind === "same" || count === 0);
}

/** The engine's colour marks, such as `<{%reset%}>`. */
const colour = /<\{%[^%]*%\}>/g;

/**
 * What the SDK logs, with a stack, about calls that were open when the engine ended over another error: the engine's
 * words (`sdk/go/common`, `pkg/resource/deploy`), and the SDK's own for a monitor that is gone.
 */
const consequence =
    /^Unhandled exception: [^\n]*(resource monitor shut down|monitor is terminating|client connection is closing)/i;

/** The engine's last word on the stack once anything failed. */
const ended = /^(update|destroy|preview|refresh) failed$/;

/** The errors that say what went wrong; where there is nothing else, what followed from it. */
function causes<E extends { readonly message: string }>(errors: readonly E[]): readonly E[] {
    const own = errors.filter(({ message }) => !consequence.test(message));
    const hasCause = own.some(({ message }) => !ended.test(message));
    return hasCause ? own : errors;
}

/** What a resource says while it is worked on, as in `app-services-control-a1-run: …`; undefined for other events. */
export function lineOf({ diagnosticEvent }: EngineEvent): string | undefined {
    if (diagnosticEvent?.severity !== "info" || diagnosticEvent.ephemeral !== true)
        return undefined;
    const { urn = "", message } = diagnosticEvent;
    const name = urn.slice(urn.lastIndexOf("::") + 2);
    return `${name}: ${message.replace(colour, "").trimEnd()}`;
}

/** Gathers the events of one run. */
export class EventLog {
    readonly #findings: PolicyFinding[] = [];
    readonly #steps: Step[] = [];
    readonly #errors: { urn: string; message: string }[] = [];
    #changes: Readonly<Record<string, number>> = {};

    readonly record = (event: EngineEvent): void => {
        const { policyEvent, diagnosticEvent, resourcePreEvent, summaryEvent } = event;
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
        if (resourcePreEvent !== undefined && resourcePreEvent.metadata.op !== "same") {
            const { op, urn, type, diffs = [] } = resourcePreEvent.metadata;
            this.#steps.push({ op, urn, type, changed: diffs });
        }
        if (summaryEvent !== undefined) this.#changes = summaryEvent.resourceChanges;
    };

    outcome(succeeded: boolean): Outcome {
        return {
            succeeded,
            changes: this.#changes,
            findings: this.#findings,
            steps: this.#steps,
            errors: causes(this.#errors),
        };
    }
}
