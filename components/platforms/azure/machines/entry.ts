import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../../layer-args";
import { machinesWith } from "../../../model/commcare/plan";
import type { AzureCommcareSpec } from "../../../model/spec";
import type { Ground } from "./ground";
import { InnerBalancers } from "./inner-balancers";
import type { Opts } from "./opts";
import { PrivateZone } from "./private-zone";
import { PublicEntry } from "./public-entry";
import type { Services } from "./services";
import { SiteDomain } from "./site-domain";
import { WebFirewall } from "./web-firewall";

/** How the world and the cluster itself find the services: the gateway, load balancers, domains, the firewall in front. */
export function buildEntry(
    spec: AzureCommcareSpec,
    ground: Ground,
    { data, made }: Services,
    opts: Opts,
) {
    const { place, plan, machines, zones, whereOf, network, subnet, balancers } = ground;
    const { domain } = spec.workload.commcare;
    const { certificate } = machines;
    if (certificate === undefined) throw new Error("no certificate; parseSpec refuses it");
    const addresses: Record<string, pulumi.Output<string>> = Object.fromEntries(
        Object.entries(made).map(([host, { address }]) => [host, address]),
    );
    const webFirewall = new WebFirewall(
        "threat-response",
        {
            ...layerArgs(spec, "threat-response"),
            clusterName: place.clusterName,
            where: whereOf("threat-response"),
        },
        opts,
    );
    const entry = new PublicEntry(
        "network",
        {
            ...layerArgs(spec, "network"),
            place,
            where: whereOf("network"),
            zones,
            subnetId: subnet("gateway"),
            domain,
            certificate,
            proxies: machinesWith(plan, "proxy").flatMap(({ name }) => addresses[name] ?? []),
            rootPem: ground.identities.proxies.rootPem,
            firewallPolicyId: webFirewall.policyId,
            workspaceId: ground.records.workspaceId,
        },
        opts,
    );
    new InnerBalancers(
        "network",
        {
            ...layerArgs(spec, "network"),
            place,
            where: whereOf("network"),
            zones,
            subnetId: subnet("data"),
            balancers: plan.balancers,
            addresses: balancers,
            machines: addresses,
            networkId: network.vnet.id,
        },
        opts,
    );
    const site = new SiteDomain(
        "dns-tls",
        {
            ...layerArgs(spec, "dns-tls"),
            place,
            dns: spec.platform.azure.dns,
            domain,
            addressId: entry.addressId,
            address: entry.address,
        },
        opts,
    );
    const databases = plan.postgresql.flatMap(({ name }, at) => {
        const server = data.postgresql[at];
        return server === undefined ? [] : [[name, server.fullyQualifiedDomainName] as const];
    });
    new PrivateZone(
        "dns-tls",
        {
            ...layerArgs(spec, "dns-tls"),
            clusterName: place.clusterName,
            where: whereOf("dns-tls"),
            networkId: network.vnet.id,
            hosts: { ...addresses, ...balancers },
            aliases: Object.fromEntries(databases),
        },
        opts,
    );
    return { entry, site };
}

/** The way in, and what is in front of it. */
export type Entry = ReturnType<typeof buildEntry>;
