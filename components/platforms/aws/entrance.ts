import type * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { AwsClusterSpec } from "../../model/spec";
import { isReachable, zoneName } from "../../model/spec/aws-dns";
import type { Entrance } from "../foundation";
import { agentIdentity } from "./agent-identity";
import type { ControlPlane } from "./control-plane";
import { DnsDomain } from "./dns-domain";
import { LoadBalancer } from "./load-balancer";
import type { Network } from "./network";
import type { NodePools } from "./node-pools";
import { placeOf } from "./place";

interface Base {
    readonly network: Network;
    readonly controlPlane: ControlPlane;
    readonly nodePools: NodePools;
}

interface BuiltEntrance {
    readonly entrance: Entrance;
    /** What somebody has to do outside before the hubs are found, one sentence each. */
    readonly next: readonly pulumi.Input<string>[];
}

/** What stands between the world and the gateway: the load balancer, and the domains that lead to it. */
export function buildEntrance(
    spec: AwsClusterSpec,
    { network, controlPlane, nodePools }: Base,
    opts: pulumi.ComponentResourceOptions,
): BuiltEntrance {
    const { dns } = spec.platform.aws;
    const { hubs, letsEncryptContact } = spec.workload.jupyterhub;
    const { cluster } = controlPlane;
    const balancer = new LoadBalancer(
        "gateway",
        {
            ...layerArgs(spec, "gateway"),
            clusterName: spec.name,
            vpcId: network.vpcId,
            subnetIds: Object.values(network.publicSubnets),
            cluster,
            nodes: nodePools.core,
        },
        opts,
    );
    const { nodePorts, address } = balancer;
    const entrance: Entrance = {
        service: { type: "NodePort", ports: nodePorts },
        address: address.name,
        addressKind: "hostname",
        reachable: isReachable(dns),
        identity: agentIdentity,
    };
    if (zoneName(dns) === undefined) {
        const next = hubs.map(
            ({ domain }) => address.name.apply((name) => `Point ${domain} at ${name}.`), // a CNAME or an alias
        );
        return { entrance, next };
    }
    const domains = new DnsDomain(
        "dns-domain",
        {
            ...layerArgs(spec, "dns-domain"),
            clusterName: spec.name,
            cluster: cluster.name,
            place: placeOf(spec),
            dns,
            hubs,
            certificateContact: letsEncryptContact,
            address,
        },
        opts,
    );
    const next = domains.next === undefined ? [] : [domains.next];
    return { entrance: { ...entrance, proof: domains.proof }, next };
}
