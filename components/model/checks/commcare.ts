import { checkAzureCommcare } from "./azure-commcare";
import { checkPlan } from "../commcare/check-plan";
import { checkProcesses } from "../commcare/check-processes";
import { groundOf } from "../commcare/ground-of";
import type { MachinePlan } from "../commcare/plan";
import { machinesWith } from "../commcare/plan";
import { planOf } from "../commcare/plan-of";
import type { Problem } from "../problem";
import type { CommcareSpec } from "../spec/commcare";
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
        ...(azure === undefined ? checkNoStore(commcare, plan) : []),
        ...(azure === undefined ? [] : checkAzureCommcare(azure, commcare, plan)),
        ...(commcare.deploy && cluster.platform !== "vms"
            ? [
                  {
                      path: "steward:commcare.deploy",
                      message: "is for hosts of one's own alone",
                      fix: "remove it, and run commcare-cloud on the control machine",
                  },
              ]
            : []),
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

/** A store of the cluster's own is made where the cloud has none: AWS has S3, and hosts are installed by others. */
function checkNoStore({ blobs }: CommcareSpec, plan: MachinePlan): Problem[] {
    const path = "steward:commcare.blobs";
    const fix = "remove it";
    if (blobs !== undefined) return [{ path, message: "is a choice that only Azure leaves", fix }];
    return machinesWith(plan, "object-store").map(({ line, name }) => ({
        path: `steward:commcare.plan.machines.${line}`,
        message: `has object-store on ${name}, which Steward installs on Azure alone`,
        fix,
    }));
}
