import { groundOf } from "../commcare/ground-of";
import { planOf } from "../commcare/plan-of";
import { checkCommcareOnHosts } from "./commcare-on-hosts";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import { checkAddresses } from "./host-addresses";
import { checkVmsBackups } from "./vms-backups";
import { checkVmsDisks } from "./vms-disks";
import { checkVmsMonitoring } from "./vms-monitoring";

/** What does not fit together in `steward:vms` of a CommCare cluster. */
export function checkVms({ vms, commcare, parties }: StackInput): Problem[] {
    const ground = groundOf({ vms });
    if (vms === undefined || commcare === undefined || ground === undefined) return [];
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path: `steward:vms.${path}`, message, fix });

    const { plan } = planOf(commcare, ground);
    problems.push(...checkCommcareOnHosts(vms, commcare, plan));
    const machines = plan.machines.map(({ name }) => name);
    for (const name of machines.filter((each) => !Object.hasOwn(vms.hosts, each))) {
        const message = "is a machine of the plan, and no host is named for it";
        say(`hosts.${name}`, message, "write its address and host key, or change the plan");
    }
    if (vms.operators !== undefined) {
        const fix = "name them in steward:commcare.operators";
        say("operators", "are those of hosts of hubs", fix);
    }
    if (vms.k3s !== undefined) {
        say("k3s", "is Kubernetes, which CommCare does not run on", "remove it");
    }
    for (const [name, { zone }] of Object.entries(vms.hosts)) {
        const machine = plan.machines.find((each) => each.name === name);
        if (machine === undefined) {
            const fix = `take some of: ${machines.join(", ")}`;
            say(`hosts.${name}`, "is no machine of the plan", fix);
        } else if (zone !== undefined && vms.zones[machine.zone] !== zone) {
            const planned = vms.zones[machine.zone] ?? "";
            const message = `stands in ${zone}, and the plan has it in ${planned}`;
            const fix = `order it in ${planned}, or set \`zones\` of its line in steward:commcare.plan`;
            say(`hosts.${name}.zone`, message, fix);
        }
    }
    return [
        ...problems,
        ...checkAddresses(vms.hosts),
        ...checkVmsBackups(vms),
        ...checkVmsDisks(vms),
        ...checkVmsMonitoring(vms, parties, plan),
    ];
}
