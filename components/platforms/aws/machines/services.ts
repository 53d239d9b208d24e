import { layerArgs } from "../../../layer-args";
import { machineLayer } from "../../../model/commcare/machine-layer";
import { firstKeySecret, secretsPrefix } from "../../../model/commcare/secret-names";
import { secretsBackendOf } from "../../../model/commcare/secrets-backend";
import { ownerOf } from "../../../model/matrix";
import type { AwsCommcareSpec } from "../../../model/spec";
import { DataServices } from "./data-services";
import { Machines } from "./machines";
import { OperatingSystem } from "./operating-system";
import { Patching } from "./patching";
import { Secrets } from "./secrets";
import type { Opts } from "./opts";
import type { Ground } from "./ground";

/** Data services of the cloud, and all machines. */
export function buildServices(spec: AwsCommcareSpec, ground: Ground, opts: Opts) {
    const { clusterName, place, plan, machines, network, firewall, identities } = ground;
    const data = new DataServices(
        "data-services",
        {
            ...layerArgs(spec, "data-services"),
            clusterName,
            place,
            plan,
            subnets: network.innerSubnets,
            firewall,
            keyArn: identities.dataKey.arn,
            logRetentionDays: machines.logRetentionDays,
            copiesAtUtc: spec.platform.aws.backups.hourUtc,
        },
        opts,
    );
    const { commcare } = spec.workload;
    const secrets = new Secrets(
        "identity-secrets",
        {
            ...layerArgs(spec, "identity-secrets"),
            clusterName,
            keyArn: identities.secretsKey.arn,
            backend: secretsBackendOf(spec.platform.kind, commcare),
            postgresRoot: data.postgresRoot,
        },
        opts,
    );
    const system = new OperatingSystem(
        "operating-system",
        {
            ...layerArgs(spec, "operating-system"),
            clusterName,
            imageRelease: machines.imageRelease,
        },
        opts,
    );
    const layers = [...new Set(plan.machines.map(machineLayer))].sort();
    const instances = layers.map((layer) => {
        const { instances: made } = new Machines(
            layer,
            {
                ...layerArgs(spec, layer),
                clusterName,
                plan,
                machines: plan.machines.filter((each) => machineLayer(each) === layer),
                zones: spec.platform.aws.network.zones,
                subnets: { private: network.privateSubnets, data: network.innerSubnets },
                firewall,
                identities,
                image: system.image,
                imageNamed: machines.imageRelease !== undefined,
                sshKeys: [...commcare.operators.map(({ sshKey }) => sshKey), secrets.firstKey],
                control: {
                    region: place.region,
                    commit: commcare.commcareCloud,
                    keySecret: `${secretsPrefix(clusterName)}/${firstKeySecret}`,
                },
                keyArn: identities.diskKey.arn,
                dataKeyArn: identities.dataKey.arn,
                below: { os: roleOf(spec, "operating-system"), hosting: roleOf(spec, "hosting") },
            },
            // What a machine asks for when it starts for the first time is there: the way out, and the first key.
            { ...opts, dependsOn: [...network.ready, secrets] },
        );
        return made;
    });
    new Patching(
        "patching",
        { ...layerArgs(spec, "patching"), clusterName, patching: machines.patching },
        opts,
    );
    return { data, instances: Object.assign({}, ...instances) as (typeof instances)[number] };
}

/** What was built, by name of the machine. */
export type Services = ReturnType<typeof buildServices>;

function roleOf({ matrix }: AwsCommcareSpec, layer: string): string {
    return ownerOf(matrix, layer)?.role ?? "";
}
