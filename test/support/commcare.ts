import type { AnyCommcareSpec, CommcareClusterSpec } from "../../components/model/spec";
import { isCommcare, isOnVms, parseSpec } from "../../components/model/spec";
import type { Environment } from "../../components/workloads/commcare/environment/environment";
import { environmentOf } from "../../components/workloads/commcare/environment/environment";
import { handOverOf } from "../../components/platforms/hand-overs";
import { stackConfig } from "./stack-file";

export type CommcareConfig = Record<string, unknown> & {
    cluster: Record<string, unknown>;
    aws: Record<string, unknown>;
    commcare: Record<string, unknown>;
};

/** What stands under `steward:` in a stack of CommCare, with some keys of `steward:commcare` changed. Fresh each time. */
export function commcareConfig(change: Record<string, unknown> = {}, stack = "commcare-aws") {
    const config = stackConfig(stack) as CommcareConfig;
    return { ...config, commcare: { ...config.commcare, ...change } };
}

/** The spec of that, wherever it stands. */
export function anyCommcareSpec(
    change: Record<string, unknown> = {},
    stack = "commcare-aws",
): AnyCommcareSpec {
    const { spec, problems } = parseSpec(commcareConfig(change, stack));
    if (spec === undefined || !isCommcare(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

/** The same, in a cloud. */
export function commcareSpec(
    change: Record<string, unknown> = {},
    stack = "commcare-aws",
): CommcareClusterSpec {
    const spec = anyCommcareSpec(change, stack);
    if (isOnVms(spec)) throw new Error(`${stack} is in no cloud`);
    return spec;
}

export function commcareEnvironment(
    change: Record<string, unknown> = {},
    stack = "commcare-aws",
): Environment {
    const spec = anyCommcareSpec(change, stack);
    return environmentOf({ spec, ...handOverOf(spec) });
}

const onMachines = {
    postgresql: "machine",
    redis: "machine",
    "redis-broker": "machine",
    "shared-directory": "machine",
    "couchdb-proxy": "machine",
};

/** One cluster of each layout, with data services in the cloud and on machines. */
export const commcareVariants: [string, Record<string, unknown>, string][] = [
    ["12,000 users over three zones", {}, "commcare-aws"],
    ["a transcribed cluster", {}, "commcare-aws-eu"],
    ["12,000 users on Azure", {}, "commcare-azure"],
    ["a micro cluster on Azure", { users: 2_000, availability: "standard" }, "commcare-azure"],
    ["a single server", { users: 500, availability: "single" }, "commcare-aws"],
    ["a micro cluster", { users: 2_000, availability: "standard" }, "commcare-aws"],
    ["a small cluster", { users: 9_000, availability: "standard" }, "commcare-aws"],
    [
        "a small cluster on machines alone",
        { users: 9_000, availability: "single", stands: onMachines },
        "commcare-aws",
    ],
    ["4,000 users on six hosts", {}, "commcare-vms"],
    [
        "a large cluster on machines alone",
        { users: 40_000, availability: "standard", stands: onMachines },
        "commcare-aws",
    ],
];
