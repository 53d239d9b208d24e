import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { Balancer } from "../../../model/commcare/plan";
import type { Place } from "../place";
import type { Where } from "./where";

export interface InnerBalancersArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly zones: readonly string[];
    /** Where data is kept. */
    readonly subnetId: pulumi.Input<string>;
    readonly balancers: readonly Balancer[];
    /** The address of each, by its name: settings of the firewall hold it. */
    readonly addresses: Readonly<Record<string, string>>;
    /** Addresses of machines, by the names of the plan. */
    readonly machines: Readonly<Record<string, pulumi.Input<string>>>;
    readonly networkId: pulumi.Input<string>;
}

/**
 * Load balancers that only the cluster reaches: one address for several machines of a service. They hand connections
 * on by the port; what HTTP says, the machines behind them judge.
 */
export class InnerBalancers extends Layer {
    constructor(name: string, args: InnerBalancersArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:InnerBalancers", name, args, opts);
        for (const balancer of args.balancers) this.#balancer(name, balancer, args);
        this.registerOutputs();
    }

    #balancer(name: string, balancer: Balancer, args: InnerBalancersArgs): void {
        const { place, where, zones, subnetId, networkId, machines } = args;
        const loadBalancerName = `${place.clusterName}-${balancer.name}`;
        const id = pulumi.interpolate`/subscriptions/${place.subscriptionId}/resourceGroups/${where.resourceGroupName}/providers/Microsoft.Network/loadBalancers/${loadBalancerName}`;
        const part = (kind: string) => ({ id: pulumi.interpolate`${id}/${kind}/${balancer.name}` });
        new network.LoadBalancer(
            `${name}-${balancer.name}`,
            {
                ...where,
                loadBalancerName,
                sku: { name: "Standard", tier: "Regional" },
                frontendIPConfigurations: [
                    {
                        name: balancer.name,
                        zones: [...zones],
                        subnet: { id: subnetId },
                        privateIPAllocationMethod: "Static",
                        privateIPAddress: args.addresses[balancer.name] ?? "",
                    },
                ],
                backendAddressPools: [
                    {
                        name: balancer.name,
                        loadBalancerBackendAddresses: balancer.machines.map((machine) => ({
                            name: machine,
                            ipAddress: machines[machine] ?? "",
                            virtualNetwork: { id: networkId },
                        })),
                    },
                ],
                probes: [
                    {
                        name: balancer.name,
                        protocol: "Tcp",
                        port: balancer.targetPort,
                        intervalInSeconds: 5,
                        numberOfProbes: 2,
                        probeThreshold: 2,
                    },
                ],
                loadBalancingRules: [
                    {
                        name: balancer.name,
                        protocol: "Tcp",
                        frontendPort: balancer.port,
                        backendPort: balancer.targetPort,
                        idleTimeoutInMinutes: 30,
                        enableTcpReset: true,
                        disableOutboundSnat: true,
                        loadDistribution: "Default",
                        frontendIPConfiguration: part("frontendIPConfigurations"),
                        backendAddressPool: part("backendAddressPools"),
                        probe: part("probes"),
                    },
                ],
                tags: this.tags(),
            },
            { parent: this },
        );
    }
}
