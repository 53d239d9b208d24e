/**
 * What Azure does for us by the clock, in the language of Logic Apps: each step is a question to the resource manager,
 * by the workflow's own identity, and a step that fails makes the run fail.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language
 */
const schema =
    "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#";

const manager = "https://management.azure.com";

export type Step = Readonly<Record<string, unknown>>;

/** A question to the resource manager. What takes long is waited for: Logic Apps follows `Location` by itself. */
export function ask(
    method: "GET" | "PUT" | "POST" | "DELETE",
    path: string,
    more: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
): Step {
    const authentication = { type: "ManagedServiceIdentity", audience: manager };
    return { type: "Http", inputs: { method, uri: `${manager}${path}`, ...more, authentication } };
}

/** One step after the other, each after the one before succeeded. */
export function inTurn(steps: readonly (readonly [name: string, step: Step])[]) {
    return Object.fromEntries(
        steps.map(([name, step], at) => {
            const before = at === 0 ? undefined : steps[at - 1]?.[0];
            const runAfter = before === undefined ? {} : { [before]: ["Succeeded"] };
            return [name, { ...step, runAfter }];
        }),
    );
}

export type Recurrence =
    | { readonly every: "Day"; readonly hourUtc: number }
    | { readonly every: "Week"; readonly on: "Sunday"; readonly hourUtc: number };

/** A workflow that runs by the clock. */
export function scheduled(recurrence: Recurrence, actions: Readonly<Record<string, unknown>>) {
    const days = recurrence.every === "Week" ? { weekDays: [recurrence.on] } : {};
    return {
        $schema: schema,
        contentVersion: "1.0.0.0",
        triggers: {
            clock: {
                type: "Recurrence",
                recurrence: {
                    frequency: recurrence.every,
                    interval: 1,
                    timeZone: "UTC",
                    schedule: { hours: [recurrence.hourUtc], minutes: [0], ...days },
                },
            },
        },
        actions,
    };
}
