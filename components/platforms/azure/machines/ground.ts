import { layerArgs } from "../../../layer-args";
import { hostGroups } from "../../../model/commcare/host-groups";
import { endpointGroups, securityRules, vaultGroup } from "../../../model/commcare/security-rules";
import type { AzureCommcareSpec } from "../../../model/spec";
import { Network } from "../network";
import { planNetwork } from "../network-plan";
import { placeOf } from "../place";
import { ResourceGroups } from "../resource-groups";
import { storeMachine } from "./attachments";
import { Bastion } from "./bastion";
import { Firewall } from "./firewall";
import { FlowLogs } from "./flow-logs";
import { Identities } from "./identities";
import type { Opts } from "./opts";
import { Records } from "./records";
import { balancerAddresses, machineSlices, machineTiers } from "./tiers";

/** Resource groups, the network, who may talk to whom in it, keys, and where services write down what they did. */
export function buildGround(spec: AzureCommcareSpec, opts: Opts) {
    const { network: wanted, machines, logDays } = spec.platform.azure;
    const { plan, commcare } = spec.workload;
    const place = placeOf(spec);
    const { clusterName, location } = place;
    const groups = new ResourceGroups(spec, opts);
    const whereOf = (layer: string) => {
        return { resourceGroupName: groups.of(layer).name, location };
    };
    const where = whereOf("network");
    const ranges = planNetwork(wanted.cidr, Object.values(machineSlices));
    const balancers = balancerAddresses(ranges["data"] ?? "", plan.balancers);
    const administrators = [
        ...(machines.bastion ? [ranges["bastion"] ?? ""] : []),
        ...machines.administrators,
    ];
    const firewall = new Firewall(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            where,
            groups: hostGroups(plan),
            endpoints: endpointGroups(plan),
            rules: securityRules(plan, administrators.length > 0),
            ranges: { gateway: ranges["gateway"] ?? "", administrators },
            balancers,
        },
        opts,
    );
    const network = new Network(
        "network",
        {
            ...layerArgs(spec, "network"),
            place,
            resourceGroupName: where.resourceGroupName,
            cidr: wanted.cidr,
            tiers: machineTiers(
                { machines: firewall.id, gateway: firewall.gatewayId },
                machines.bastion,
            ),
            privateServices: [
                "vault",
                ...(plan.postgresql.length > 0 ? (["postgresql"] as const) : []),
                ...(plan.redisBroker === null ? [] : (["redis"] as const)),
                ...(plan.sharedDirectory === "cloud" ? (["file", "blob"] as const) : []),
            ],
        },
        opts,
    );
    const subnet = (tier: string) => {
        const found = network.subnets[tier];
        if (found === undefined) throw new Error(`the network has no ${tier}`);
        return found.id;
    };
    if (machines.bastion) {
        new Bastion(
            "network",
            {
                ...layerArgs(spec, "network"),
                clusterName,
                where,
                subnetId: subnet("bastion"),
                zones: wanted.zones,
            },
            opts,
        );
    }
    const vaultZone = network.zones.vault;
    if (vaultZone === undefined) throw new Error("the network has no names of the vault");
    const identities = new Identities(
        "identity-secrets",
        {
            ...layerArgs(spec, "identity-secrets"),
            place,
            where: whereOf("identity-secrets"),
            domain: commcare.domain,
            objectStore: storeMachine(spec) !== undefined,
            subnetId: subnet("endpoints"),
            groupId: firewall.idOf(vaultGroup),
            zone: vaultZone,
        },
        opts,
    );
    const records = new Records(
        "intrusion-detection",
        {
            ...layerArgs(spec, "intrusion-detection"),
            place,
            where: whereOf("intrusion-detection"),
            keepDays: logDays,
            vaultId: identities.vault.id,
        },
        opts,
    );
    new FlowLogs(
        "intrusion-detection",
        {
            ...layerArgs(spec, "intrusion-detection"),
            place,
            where: whereOf("intrusion-detection"),
            networkId: network.vnet.id,
            keepDays: logDays,
            zonal: wanted.zones.length > 1,
        },
        opts,
    );
    const { zones } = wanted;
    return {
        place,
        plan,
        machines,
        zones,
        groups,
        whereOf,
        network,
        subnet,
        firewall,
        balancers,
        identities,
        records,
    };
}

/** What everything else of the cluster stands on. */
export type Ground = ReturnType<typeof buildGround>;
