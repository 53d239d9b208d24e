import { markdownTable } from "../markdown-table";
import { assumptions, capacities, loadOf, quantities } from "./demand";
import { ec2TypeOf, rdsClassOf, cacheTypeOf } from "./ec2-types";
import type { Availability } from "./layouts";
import type { MachinePlan } from "./plan";
import { totalsOf } from "./plan";
import { sizePlan } from "./sizing";

const count = (value: number): string => value.toLocaleString("en-US");
const sizes = [500, 1_500, 5_000, 15_000, 40_000];
const none = "–";

/** The plans of several numbers of users side by side, on AWS. */
export function planTable(availability: Availability): string[] {
    const plans = sizes.map((users) =>
        sizePlan({ load: loadOf({ users }), availability, cloud: true, stands: {}, zones: 3 }),
    );
    const each = (of: (plan: MachinePlan) => string) => plans.map(of);
    const lines = [...new Set(plans.flatMap((plan) => plan.lines.map(({ name }) => name)))];
    const redis = (of: "redis" | "redisBroker") =>
        each((plan) => {
            const found = plan[of];
            return found === null ? none : `${count(found.nodes)} × ${cacheTypeOf(found)}`;
        });
    return markdownTable([
        ["", ...sizes.map((users) => `${count(users)} users`)],
        ["layout", ...each(({ layout }) => layout)],
        ...lines.map((name) => [
            `machines: ${name}`,
            ...each((plan) => {
                const line = plan.lines.find((one) => one.name === name);
                if (line === undefined) return none;
                const disk = line.dataGiB === null ? "" : `, ${count(line.dataGiB)} GiB`;
                return `${count(line.count)} × ${ec2TypeOf(line)}${disk}`;
            }),
        ]),
        [
            "PostgreSQL (RDS)",
            ...each(({ postgresql: [found] }) =>
                found === undefined
                    ? none
                    : `${rdsClassOf(found)}, ${count(found.diskGiB)} GiB${found.standby ? ", standby" : ""}`,
            ),
        ],
        ["Redis, the cache", ...redis("redis")],
        ["Redis, the queue", ...redis("redisBroker")],
        ["shared directory", ...each((plan) => (plan.sharedDirectory === "cloud" ? "EFS" : none))],
        ["load balancers inside", ...each((plan) => count(plan.balancers.length))],
        ["machines in all", ...each((plan) => count(totalsOf(plan).machines))],
        ["vCPUs in all", ...each((plan) => count(totalsOf(plan).vcpus))],
        ["memory in all", ...each((plan) => `${count(Math.round(totalsOf(plan).memoryGiB))} GiB`)],
        ["disks in all", ...each((plan) => `${count(totalsOf(plan).diskGiB)} GiB`)],
    ]);
}

/** Every number that sizes follow from, with who says so. */
export function sourceTable(): string[] {
    return markdownTable([
        ["number", "value", "source"],
        ...[
            ...Object.values(assumptions),
            ...Object.values(capacities),
            ...Object.values(quantities),
        ].map(({ what, value, unit, source }) => [what, `${count(value)} ${unit}`, source]),
    ]);
}
