import { getResource } from "@pulumi/aws/cloudcontrol/getResource";
import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { usualRecorders } from "../../../model/recorder-names";
import type { AwsCommcareSpec } from "../../../model/spec";
import type { MachinesSpec } from "../../../model/spec/aws-machines";

/** What becomes of AWS Config's recorder, of which an account has one in each region. */
export type RecorderPlan =
    | { readonly kind: "own" }
    | { readonly kind: "adopted"; readonly name: string }
    | { readonly kind: "skipped" };

/** How the provider, or Config behind it, says that there is none of a name. */
const noRecorder =
    /couldn't find resource|empty result|ResourceNotFound|NoSuchConfigurationRecorder|cannot find configuration recorder/i;

/**
 * Looks for a recorder by its name. Changes nothing.
 *
 * @throws RunError when AWS does not let us look: an account that cannot be read is not one without a recorder.
 */
async function stands(name: string, opts: pulumi.InvokeOptions): Promise<boolean> {
    try {
        const typeName = "AWS::Config::ConfigurationRecorder";
        await getResource({ typeName, identifier: name }, opts);
        return true;
    } catch (error) {
        const message = (error as Error).message;
        if (noRecorder.test(message)) return false;
        throw new pulumi.RunError(
            `steward:aws.machines.config: cannot be decided, the look at AWS Config failed (${message}); ` +
                "let the deployer cloudformation:GetResource and config:DescribeConfigurationRecorders, or write skip",
        );
    }
}

/**
 * Decides what becomes of the recorder, the same in every run. Ours has the cluster's name: AWS takes what is put
 * under the name of another recorder for a change of that one, and says nothing.
 *
 * @param found Names under which recorders stand.
 * @throws RunError where one of its own is asked for and another's stands.
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
 */
export function planRecorder(
    wanted: MachinesSpec["config"],
    clusterName: string,
    found: readonly string[],
): RecorderPlan {
    if (wanted === "skip") return { kind: "skipped" };
    const [other] = found.filter((name) => name !== clusterName);
    if (found.includes(clusterName) || other === undefined) return { kind: "own" };
    if (wanted === "adopt") return { kind: "adopted", name: other };
    throw new pulumi.RunError(
        `steward:aws.machines.config: is create, and the recorder ${other} stands in the account; ` +
            "an account has one for each region: write adopt, or skip",
    );
}

/** Asked before anything is made. A recorder of another name has to be named: AWS lets the provider not list them. */
export async function recorderPlanFor(
    { name, platform }: AwsCommcareSpec,
    provider: Provider,
): Promise<RecorderPlan> {
    const { config, recorder } = platform.aws.machines;
    const names =
        config === "skip" ? [] : [name, ...(recorder === undefined ? usualRecorders : [recorder])];
    const there = await Promise.all(names.map((each) => stands(each, { provider })));
    return planRecorder(
        config,
        name,
        names.filter((_, at) => there[at] === true),
    );
}

/** What is said of the recorder after a deploy. */
export function wordRecorder(plan: RecorderPlan): string {
    switch (plan.kind) {
        case "own":
            return "of this cluster";
        case "adopted":
            return `adopted: the recorder ${plan.name} is used as it is, and the rule on owners added`;
        case "skipped":
            return "left alone, as the stack file says: what names no owner is not looked for in the account";
    }
}
