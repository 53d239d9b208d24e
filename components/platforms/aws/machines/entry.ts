import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../../layer-args";
import { dataNames } from "../../../model/commcare/internal-names";
import { machinesWith } from "../../../model/commcare/plan";
import type { AwsCommcareSpec } from "../../../model/spec";
import { DataServices } from "./data-services";
import { InnerBalancers } from "./inner-balancers";
import { PrivateZone } from "./private-zone";
import { PublicEntry } from "./public-entry";
import { SiteDomain } from "./site-domain";
import { WebFirewall } from "./web-firewall";
import type { Opts } from "./opts";
import type { Ground } from "./ground";
import type { Services } from "./services";

/** How the world and the cluster itself find the services: load balancers, domains, the firewall in front. */
export function buildEntry(spec: AwsCommcareSpec, ground: Ground, services: Services, opts: Opts) {
    const { clusterName, plan, machines, network, firewall, records } = ground;
    const { data, instances } = services;
    const proxies = machinesWith(plan, "proxy").map(({ name }) => [name, instances[name]] as const);
    const entry = new PublicEntry(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            vpcId: network.vpcId,
            subnetIds: Object.values(network.publicSubnets),
            groupId: firewall.idOf("load-balancer"),
            proxies: Object.fromEntries(proxies) as Services["instances"],
            records,
        },
        opts,
    );
    const inner = new InnerBalancers(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            vpcId: network.vpcId,
            subnetIds: Object.values(network.innerSubnets),
            balancers: plan.balancers,
            firewall,
            instances,
        },
        opts,
    );
    const domain = new SiteDomain(
        "dns-tls",
        {
            ...layerArgs(spec, "dns-tls"),
            clusterName,
            dns: spec.platform.aws.dns,
            domain: spec.workload.commcare.domain,
            balancer: entry.balancer,
        },
        opts,
    );
    if (domain.proven !== undefined) entry.listen(domain.proven);
    const aliases = { ...addressesOf(spec, data), ...inner.addresses };
    new PrivateZone(
        "dns-tls",
        {
            ...layerArgs(spec, "dns-tls"),
            clusterName,
            vpcId: network.vpcId,
            hosts: Object.fromEntries(
                Object.entries(instances).map(([name, { privateIp }]) => [name, privateIp]),
            ),
            aliases,
        },
        opts,
    );
    const webFirewall = new WebFirewall(
        "threat-response",
        {
            ...layerArgs(spec, "threat-response"),
            clusterName,
            balancerArn: entry.balancer.arn,
            logRetentionDays: machines.logRetentionDays,
        },
        opts,
    );
    return { entry, domain, webFirewall };
}

/** Endpoints of what is no machine, by the name that it gets in the private zone. */
function addressesOf(
    { workload: { plan } }: AwsCommcareSpec,
    data: DataServices,
): Record<string, pulumi.Output<string>> {
    const databases = plan.postgresql.flatMap(({ name }, at) => {
        const address = data.postgresql[at]?.address;
        return address === undefined ? [] : [[name, address] as const];
    });
    return {
        ...Object.fromEntries(databases),
        ...(data.redis && { [dataNames.redis]: data.redis.primaryEndpointAddress }),
        ...(data.redisBroker && {
            [dataNames.redisBroker]: data.redisBroker.primaryEndpointAddress,
        }),
        ...(data.sharedDirectory && { [dataNames.sharedDirectory]: data.sharedDirectory.dnsName }),
    };
}

/** The way in, and what is in front of it. */
export type Entry = ReturnType<typeof buildEntry>;
