import type * as pulumi from "@pulumi/pulumi";
import type { BuildOnMachines } from "../index";

/**
 * CommCare on its machines, as far as the engine goes: where each of them is, and what commcare-cloud has to know
 * of the services that the platform keeps. The software itself is Ansible's.
 */
export const commcareWorkload: BuildOnMachines = (spec, { hosts, services, address }) => {
    const { domain } = spec.workload.commcare;
    const addresses = Object.entries(hosts).map(([name, host]) => [name, host.address]);
    return {
        site: { url: `https://${domain}/`, loadBalancer: address },
        hosts: Object.fromEntries(addresses) as Record<string, pulumi.Input<string>>,
        services,
    };
};
