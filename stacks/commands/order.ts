import { findGaps } from "../../components/model/gaps";
import type { Problem } from "../../components/model/problem";
import { isOnVms, isVmsHubs, parseSpec } from "../../components/model/spec";
import { orderOf } from "./order/order";
import { orderOfHubs } from "./order/order-of-hubs";
import { withPlaceholders } from "./order/placeholders";
import { wordOrder } from "./order/words";
import { sayRefused } from "./refuse";
import { readStackFile } from "./stack-file";

export interface OrderOptions {
    readonly stackFile?: string;
    readonly json?: boolean;
}

/**
 * Writes what whoever racks machines has to know of a cluster: before any host is there, and with the hosts that are.
 *
 * @returns 0 written; 2 the stack file is wrong, or nobody is asked for its machines; 3 a layer has no owner.
 */
export function order(stack: string, options: OrderOptions): number {
    const read = { file: options.stackFile, reservedContacts: "allowed", now: new Date() } as const;
    const file = readStackFile(stack, read);
    // What could not be read has no keys at all.
    if (Object.keys(file.config).length === 0) return refuse(stack, options, file.problems, 2);
    const { config, hosted } = withPlaceholders(file.config);
    const { spec, problems } = parseSpec(config);
    if (spec === undefined) return refuse(stack, options, problems, 2);
    if (!isOnVms(spec)) {
        const message = `${spec.workload.kind} on ${spec.platform.kind}: nobody is asked for machines`;
        const fix = "name a stack on vms";
        return refuse(stack, options, [{ path: "steward:cluster.platform", message, fix }], 2);
    }
    const gaps = findGaps(spec.matrix, read);
    if (gaps.length > 0) return refuse(stack, options, gaps, 3);
    const made = isVmsHubs(spec) ? orderOfHubs(spec, hosted) : orderOf(spec, hosted);
    const said = { stack, result: "succeeded", ...made, errors: [] };
    process.stdout.write(
        options.json === true ? `${JSON.stringify(said, undefined, 2)}\n` : wordOrder(made),
    );
    return 0;
}

function refuse(
    stack: string,
    { json }: OrderOptions,
    problems: readonly Problem[],
    code: 2 | 3,
): number {
    const document = json === true ? { stack, machines: [] } : undefined;
    return sayRefused(`Nothing of ${stack} is ordered`, document, problems, code);
}
