import { layerArgs } from "../../../layer-args";
import { hostGroups, rulesOf } from "../../../model/commcare/host-groups";
import type { AwsCommcareSpec } from "../../../model/spec";
import { Network } from "../network";
import { placeOf } from "../place";
import { Firewall } from "./firewall";
import { Identities } from "./identities";
import { RecordsBucket } from "./records-bucket";
import type { Opts } from "./opts";

/** The network, who may talk to whom in it, identities, keys, and where services of the cloud write down. */
export function buildGround(spec: AwsCommcareSpec, opts: Opts) {
    const { network: wanted, machines } = spec.platform.aws;
    const { plan } = spec.workload;
    const [clusterName, place] = [spec.name, placeOf(spec)];
    const network = new Network(
        "network",
        { ...layerArgs(spec, "network"), clusterName, place, serves: "machines", ...wanted },
        opts,
    );
    const groups = hostGroups(plan);
    const firewall = new Firewall(
        "network",
        {
            ...layerArgs(spec, "network"),
            clusterName,
            vpcId: network.vpcId,
            groups,
            rules: rulesOf(plan),
            bastionSubnetId: machines.bastion
                ? Object.values(network.privateSubnets)[0]
                : undefined,
        },
        opts,
    );
    const identities = new Identities(
        "identity-secrets",
        { ...layerArgs(spec, "identity-secrets"), clusterName, place, groups },
        opts,
    );
    const records = new RecordsBucket(
        "intrusion-detection",
        { ...layerArgs(spec, "intrusion-detection"), clusterName, place },
        opts,
    );
    return { clusterName, place, plan, machines, network, firewall, identities, records };
}

/** What everything else of the cluster stands on. */
export type Ground = ReturnType<typeof buildGround>;
