import * as pulumi from "@pulumi/pulumi";
import type { BuildOnMachines } from "../index";
import type { Addresses } from "./environment/input";
import { plannedAddresses } from "./environment/input";

/**
 * CommCare on its machines, as far as the engine goes: where each of them is, in the words that the hand-over to
 * commcare-cloud reads (`--addresses`). The software itself is Ansible's.
 */
export const commcareWorkload: BuildOnMachines = (spec, { hosts, address }) => {
    const addresses = pulumi
        .all(Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, host.address])))
        .apply((machines): Addresses => ({ ...plannedAddresses(spec), machines }));
    return {
        site: { url: `https://${spec.workload.commcare.domain}/`, loadBalancer: address },
        addresses,
    };
};
