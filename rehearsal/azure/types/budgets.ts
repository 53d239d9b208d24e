import { isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { plainName } from "../names";
import { onScope } from "./paths";

const day = 24 * 3600 * 1000;

/** @see https://learn.microsoft.com/rest/api/consumption/budgets/create-or-update */
function* budgetProblems(inputs: Props): Generator<Problem> {
    const start = textAt(inputs, "timePeriod.startDate");
    const end = textAt(inputs, "timePeriod.endDate");
    if (start !== undefined && !/^\d{4}-\d\d-01(T00:00:00(\.0+)?Z?)?$/.test(start))
        yield { property: "timePeriod.startDate", reason: `${start} is not the first of a month` };
    if (start !== undefined && start < "2017-06-01")
        yield { property: "timePeriod.startDate", reason: `${start} is before June 2017` };
    if (start !== undefined && end !== undefined && end <= start)
        yield { property: "timePeriod.endDate", reason: `${end} is not after ${start}` };
    const amount = numberAt(inputs, "amount");
    if (amount !== undefined && amount <= 0)
        yield { property: "amount", reason: `${amount} is not above 0` };
    const notices = inputs["notifications"];
    if (!isProps(notices)) return;
    if (Object.keys(notices).length > 5)
        yield {
            property: "notifications",
            reason: `has ${Object.keys(notices).length}, of at most 5`,
        };
    for (const [name, notice] of Object.entries(notices)) {
        if (!isProps(notice)) continue;
        const property = `notifications.${name}`;
        const threshold = numberAt(notice, "threshold");
        if (threshold !== undefined && (threshold <= 0 || threshold > 1000))
            yield {
                property: `${property}.threshold`,
                reason: `${threshold} is not above 0 and up to 1000`,
            };
        if (!["contactEmails", "contactGroups", "contactRoles"].some((key) => isGiven(notice, key)))
            yield { property, reason: "tells nobody; name an address, a group or a role" };
        if (textsAt(notice, "contactEmails").length > 50)
            yield { property: `${property}.contactEmails`, reason: "has more than 50 addresses" };
    }
}

/** A new start lies in the current month or in one of the next twelve. */
function admitBudget({ inputs, old }: Admission): void {
    const start = textAt(inputs, "timePeriod.startDate") ?? "";
    if (old !== undefined && textAt(old.outputs, "timePeriod.startDate") === start) return;
    const month = new Date().toISOString().slice(0, 7);
    if (start.slice(0, 7) < month)
        refuse(
            "400",
            `timePeriod.startDate: ${start} is before this month; a new budget begins in it or later`,
        );
    if (Date.parse(start.slice(0, 10)) > Date.now() + 366 * day)
        refuse("400", `timePeriod.startDate: ${start} is more than twelve months ahead`);
}

const budget = (rest: string): AzureType => ({
    path: onScope(`${rest}/budgets/{budgetName}`),
    name: plainName(1, 63),
    inputProblems: budgetProblems,
    admit: admitBudget,
    defaults: { notifications: {} },
    made: () => ({
        currentSpend: { amount: 0, unit: "USD" },
        forecastSpend: { amount: 0, unit: "USD" },
    }),
});

/** What may be spent, and who is told. */
export const budgetTypes: Readonly<Record<string, AzureType>> = {
    "azure-native:consumption:Budget": budget("Microsoft.Consumption"),
    "azure-native:costmanagement:Budget": budget("Microsoft.CostManagement"),
};
