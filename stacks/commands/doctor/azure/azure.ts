import type { OnlyAzure } from "../../../../components/model/spec";
import { ArmError } from "../../azure/arm";
import type { AzureCaller } from "../../azure/sign-in";
import { signIn } from "../../azure/sign-in";
import type { Cloud, CloudCheck, Finding, Target } from "../check";
import { isUnreachable, noAnswer, told } from "../unreachable";

export type AzureTarget<Spec extends OnlyAzure = OnlyAzure> = Target<Spec, AzureCaller>;
export type AzureCheck<Spec extends OnlyAzure = OnlyAzure> = CloudCheck<Spec, AzureCaller>;

/** Azure, as the doctor asks it: only ever about a stack, since credentials alone name no subscription. */
export const azure: Cloud<OnlyAzure, AzureCaller> = {
    credentials: { id: "credentials", title: "Azure credentials" },
    identify(spec, env) {
        if (spec === undefined) throw new Error("Azure is asked about a stack");
        return signIn(spec.platform.azure, env);
    },
    unchecked,
};

/** Why a check could not look. It proves nothing either way, hence a warning. */
function unchecked(id: string, error: unknown): Finding {
    const skip = `or leave it out with --skip ${id}`;
    if (isUnreachable(error)) {
        const fix = `${noAnswer.fix}, ${skip}`;
        return { id, status: "warning", message: noAnswer.message, fix };
    }
    const answer = error instanceof ArmError ? error.code : String(told(error).name);
    const message = `not checked, the answer was ${answer}`;
    if (!(error instanceof ArmError) || error.status !== 403) {
        return { id, status: "warning", message, fix: `try again, ${skip}` };
    }
    const action = /perform action '([\w./-]+)'/.exec(error.message)?.[1];
    const fix = `allow the caller ${action ?? "to read this (Reader on the subscription)"}, ${skip}`;
    return { id, status: "warning", message, fix };
}
