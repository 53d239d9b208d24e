import { z } from "zod";
import type { MachinePlan } from "../../../components/model/commcare/plan";
import type { Problem } from "../../../components/model/problem";
import type { Addresses } from "../../../components/workloads/commcare/environment/input";

const address = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, "is no address");

const schema = z.object({
    machines: z.record(z.string(), address),
    endpoints: z.record(z.string(), address),
    redis: address,
    redisBroker: address,
    sharedDirectory: address,
    blobBucket: z.string().min(3).optional(),
    searchBucket: z.string().min(3).optional(),
    cidr: z.string(),
});

/** Reads the stack's output `addresses`: every machine, database and balancer of the plan, and no other. */
export function readAddresses(
    path: string,
    text: string,
    plan: MachinePlan,
): { addresses: Addresses | undefined; problems: readonly Problem[] } {
    const fix = "write it with `pulumi stack output addresses --json` after `up`";
    const say = (message: string, where = path) => ({ path: where, message, fix });
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return { addresses: undefined, problems: [say("is no JSON")] };
    }
    const read = schema.safeParse(value);
    if (!read.success) {
        const problems = read.error.issues.map((issue) =>
            say(
                issue.code === "invalid_type" ? "is missing" : issue.message,
                `${path}:${issue.path.join(".")}`,
            ),
        );
        return { addresses: undefined, problems };
    }
    const wanted = [
        ["machines", plan.machines.map(({ name }) => name)],
        ["endpoints", [...plan.postgresql, ...plan.balancers].map(({ name }) => name)],
    ] as const;
    const problems = wanted.flatMap(([key, names]) => {
        const there = Object.keys(read.data[key]);
        return [
            ...names
                .filter((name) => !there.includes(name))
                .map((name) =>
                    say(
                        "is missing: the state is older than the stack file",
                        `${path}:${key}.${name}`,
                    ),
                ),
            ...there
                .filter((name) => !names.includes(name))
                .map((name) =>
                    say(
                        "is in no plan: the stack file is older than the state",
                        `${path}:${key}.${name}`,
                    ),
                ),
        ];
    });
    return { addresses: problems.length === 0 ? read.data : undefined, problems };
}
