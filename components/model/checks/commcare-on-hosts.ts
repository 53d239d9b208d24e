import type { MachinePlan } from "../commcare/plan";
import { machinesWith } from "../commcare/plan";
import type { Problem } from "../problem";
import type { CommcareSpec } from "../spec/commcare";
import type { VmsSpec } from "../spec/vms";
import { checkOperators } from "./operators";

const at = "steward:commcare";

/** What of a CommCare cluster does not fit on hosts that somebody else racked. */
export function checkCommcareOnHosts(
    { certificate, hosts }: Pick<VmsSpec, "certificate" | "hosts">,
    { operators }: Pick<CommcareSpec, "operators">,
    plan: MachinePlan,
): Problem[] {
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path, message, fix });

    const inCloud = [
        ["stands.postgresql", plan.postgresql.length > 0],
        ["stands.redis", plan.redis !== null],
        ["stands.redis-broker", plan.redisBroker !== null],
        ["stands.shared-directory", plan.sharedDirectory === "cloud"],
        ["plan.balancers", plan.balancers.length > 0],
    ] as const;
    for (const [path] of inCloud.filter(([, there]) => there)) {
        const message = "asks for a service of a cloud, and there is none here";
        say(`${at}.${path}`, message, "place it on a machine");
    }
    const proxies = machinesWith(plan, "proxy").map(({ name }) => name);
    if (certificate === "lets-encrypt" && proxies.length > 1) {
        say(
            "steward:vms.certificate",
            `is lets-encrypt, and ${proxies.join(" and ")} would each be asked for the other's proof`,
            "write given, or plan one proxy",
        );
    }
    return [...problems, ...checkOperators(`${at}.operators`, operators, hosts)];
}
