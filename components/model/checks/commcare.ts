import { checkAzureCommcare } from "./azure-commcare";
import { checkPlan } from "../commcare/check-plan";
import { checkProcesses } from "../commcare/check-processes";
import { groundOf } from "../commcare/ground-of";
import { planOf } from "../commcare/plan-of";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";

/** What does not fit together in `steward:commcare`. */
export function checkCommcare(input: StackInput): Problem[] {
    const { commcare, azure, cluster } = input;
    const ground = groundOf(input);
    if (commcare === undefined || ground === undefined) return [];
    const { plan, problems } = planOf(commcare, ground);
    const foreign = commcare.secretsBackend === "aws-secrets" && cluster.platform !== "aws";
    const names = commcare.operators.map(({ name }) => name);
    const twice = names.filter((name, at) => names.indexOf(name) !== at);
    return [
        ...problems,
        // A plan with a hole in it is judged once the hole is mended: what lacks then is no riddle.
        ...(problems.length > 0 ? [] : [...checkPlan(plan), ...checkProcesses(commcare, plan)]),
        ...(azure === undefined ? [] : checkAzureCommcare(azure, commcare, plan)),
        ...(foreign
            ? [
                  {
                      path: "steward:commcare.secretsBackend",
                      message: `aws-secrets is a service of AWS, and the cluster is on ${cluster.platform}`,
                      fix: "write ansible-vault",
                  },
              ]
            : []),
        ...twice.map((name) => ({
            path: "steward:commcare.operators",
            message: `names ${name} twice`,
            fix: "give each person one name",
        })),
    ];
}
