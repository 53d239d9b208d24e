import type { Tier } from "./network";

/**
 * The network of a cluster of AKS: machines, the addresses of services, and the servers of the Kubernetes API, which
 * want a subnet of their own.
 *
 * @see https://learn.microsoft.com/azure/aks/api-server-vnet-integration#prerequisites-for-byo-vnet
 */
export const kubernetesTiers: readonly Tier[] = [
    {
        name: "nodes",
        bits: 1,
        reachesOut: true,
        // A node answers by the address that the balancer has outside: nothing but the gateway listens on it.
        waysIn: { web: { from: "Internet", ports: [80, 443] } },
        closed: false,
    },
    {
        name: "endpoints",
        bits: 4,
        reachesOut: false,
        // HTTPS, NFS and PostgreSQL.
        waysIn: { services: { from: "VirtualNetwork", ports: [443, 2049, 5432] } },
        closed: true,
    },
    {
        name: "api-servers",
        bits: 4,
        delegatedTo: "Microsoft.ContainerService/managedClusters",
        reachesOut: false,
        waysIn: {},
        closed: false,
    },
];
