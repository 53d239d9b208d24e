import { isHubs } from "../../../../components/model/spec";
import { plansFor } from "../../../../components/platforms/azure/defender-plans";
import type { AzureCheck } from "./azure";

const id = "defender";

interface Pricing {
    readonly name?: string;
    readonly properties?: { readonly pricingTier?: string };
}

/**
 * Which of Defender's plans the subscription has on: a stack that makes them switches them on for everybody in it,
 * and one that adopts them relies on somebody else.
 *
 * @see https://learn.microsoft.com/rest/api/defenderforcloud/pricings/list
 */
export const defenderCheck: AzureCheck = {
    id,
    title: "Defender's plans",
    needs: "account",
    async run({ spec, caller: { arm } }) {
        const { detection } = spec.platform.azure;
        if (detection === "skip") {
            return [{ id, status: "ok", message: "left alone, as the stack file says" }];
        }
        const path = arm.inSubscription("/providers/Microsoft.Security/pricings");
        const { value = [] } = await arm.get<{ value?: readonly Pricing[] }>(path, "2024-01-01");
        const on = new Set(
            value
                .filter(({ properties }) => properties?.pricingTier === "Standard")
                .map(({ name }) => name),
        );
        const off = plansFor[isHubs(spec) ? "kubernetes" : "machines"].filter(
            (plan) => !on.has(plan),
        );
        if (off.length === 0) {
            return [{ id, status: "ok", message: "all plans that look at the stack are on" }];
        }
        const plans = off.join(", ");
        if (detection === "create") {
            const message = `${plans}: off, and switched on by the stack for all of the subscription`;
            const fix =
                "know what they cost there (https://azure.microsoft.com/pricing/details/defender-for-cloud/), or write adopt in steward:azure.detection";
            return [{ id, status: "warning", message, fix }];
        }
        const message = `${plans}: off, and the stack file says that somebody else keeps them`;
        const fix = "have them switched on, or write create or skip in steward:azure.detection";
        return [{ id, status: "lacking", message, fix }];
    },
};
