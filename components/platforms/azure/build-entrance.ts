import * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { AzureClusterSpec } from "../../model/spec";
import { isReachable, zoneName } from "../../model/spec/aws-dns";
import type { Entrance } from "../foundation";
import { DnsDomain } from "./dns-domain";
import { WayIn } from "./entrance";
import type { HubSite } from "./hub-site";
import type { ResourceGroups } from "./resource-groups";

/** What stands between the world and the gateway: the public address, and the domains that lead to it. */
export function buildEntrance(
    spec: AzureClusterSpec,
    groups: ResourceGroups,
    { place, controlPlane }: HubSite,
    opts: pulumi.ComponentResourceOptions,
) {
    const { dns, network } = spec.platform.azure;
    const { hubs, letsEncryptContact } = spec.workload.jupyterhub;
    const way = new WayIn(
        "gateway",
        {
            ...layerArgs(spec, "gateway"),
            place,
            resourceGroupName: groups.of("gateway").name,
            zones: network.zones,
            principalId: controlPlane.identity.principalId,
        },
        opts,
    );
    const shared = { service: way.service, address: way.name, reachable: isReachable(dns) };
    if (zoneName(dns) === undefined) {
        const nobody = { accountAnnotations: {}, podLabels: {}, podAnnotations: {}, egress: [] };
        const entrance: Entrance = { ...shared, identity: nobody };
        const next = hubs.map(({ domain }) => pulumi.interpolate`Point ${domain} at ${way.name}.`);
        return { entrance, next, ready: way.ready };
    }
    const domains = new DnsDomain(
        "dns-domain",
        {
            ...layerArgs(spec, "dns-domain"),
            place,
            resourceGroupName: groups.of("dns-domain").name,
            dns,
            hubs,
            certificateContact: letsEncryptContact,
            addressId: way.address.id,
            issuer: controlPlane.issuer,
        },
        opts,
    );
    const { proof, identity } = domains;
    const entrance: Entrance = { ...shared, proof, identity };
    return { entrance, next: domains.next === undefined ? [] : [domains.next], ready: way.ready };
}
