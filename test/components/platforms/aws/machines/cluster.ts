import { Cluster } from "../../../../../components/cluster";
import type { AwsCommcareSpec } from "../../../../../components/model/spec";
import { isAwsMachines, parseSpec } from "../../../../../components/model/spec";
import { awsMachines } from "../../../../../components/platforms/aws/machines/foundation";
import type { MachinesFoundation } from "../../../../../components/platforms/machines-foundation";
import type { Recorded, Recording } from "../../../../support/record-resources";
import { recordResources, settled } from "../../../../support/record-resources";
import { stackConfig } from "../../../../support/stack-file";
import { told } from "../geolab";

type Config = Record<string, unknown>;

/** The stack file of the CommCare cluster, read as the program reads it; `change` edits what stands under `steward:`. */
export function commcare(change: (config: Config) => void = () => undefined): AwsCommcareSpec {
    const config = stackConfig("commcare-aws");
    change(config);
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || !isAwsMachines(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

/** Changes a part of `steward:aws`. */
export const inAws =
    (part: string, over: Config) =>
    (config: Config): void => {
        const aws = config["aws"] as Record<string, Config | undefined>;
        aws[part] = { ...aws[part], ...over };
    };

export const none = (name: string): never => {
    const of = "AWS::Config::ConfigurationRecorder";
    throw told(`reading Cloud Control API (${of}) Resource (${name}): couldn't find resource`);
};

export interface BuiltMachines extends Recording {
    readonly foundation: MachinesFoundation;
    find(type: string, name: string): Recorded;
    ofType(type: string): readonly Recorded[];
}

/**
 * What the foundation registers, with AWS answering as little as it must.
 *
 * @param look What Cloud Control says of the recorder of a name, and what is registered when it is asked; without it
 * there is none.
 */
export async function build(
    spec: AwsCommcareSpec,
    look: (name: string, registered: readonly Recorded[]) => object = none,
): Promise<BuiltMachines> {
    const recording: Recording = await recordResources({
        outputs: {
            "aws:acm/certificate:Certificate": () => ({
                domainValidationOptions: [
                    { resourceRecordName: "_proof.test.", resourceRecordValue: "_value.test." },
                ],
            }),
            "aws:elasticache/replicationGroup:ReplicationGroup": ({ name }) => ({
                memberClusters: [`${name}-001`],
                primaryEndpointAddress: `${name}.cache.test`,
            }),
            "aws:ec2/instance:Instance": ({ name }) => ({ privateIp: `10.0.0.${name.length}` }),
            "aws:lb/loadBalancer:LoadBalancer": ({ name }) => ({
                dnsName: `${name}.elb.test`,
                zoneId: "Z0BALANCER",
                arnSuffix: `app/${name}`,
            }),
            "tls:index/privateKey:PrivateKey": ({ name }) => ({
                publicKeyOpenssh: `ssh-ed25519 ${name}\n`,
                privateKeyOpenssh: "private",
            }),
            "aws:rds/instance:Instance": ({ name }) => ({ address: `${name}.rds.test` }),
            "aws:efs/fileSystem:FileSystem": ({ name }) => ({ dnsName: `${name}.efs.test` }),
            "random:index/randomId:RandomId": ({ name }) => ({ hex: `hex-of-${name}` }),
            "aws:route53/zone:Zone": () => ({ zoneId: "Z0MADE", nameServers: ["ns-1.test"] }),
        },
        calls: {
            "aws:route53/getZone:getZone": ({ name }) => ({ name, zoneId: "Z0STANDING" }),
            "aws:cloudcontrol/getResource:getResource": ({ identifier }) =>
                look(String(identifier), recording.resources),
            "aws:guardduty/getDetector:getDetector": () => {
                throw told("reading this account's single GuardDuty Detector: empty result");
            },
            "aws:ssm/getParameter:getParameter": ({ name }) => ({
                insecureValue: `ami of ${String(name)}`,
            }),
        },
    });
    const foundation = await awsMachines(spec, new Cluster(spec.name, spec.matrix));
    await settled();
    const ofType = (type: string) => recording.resources.filter((each) => each.type === type);
    const find = (type: string, name: string): Recorded => {
        const found = ofType(type).filter((each) => each.name === name);
        if (found[0] === undefined || found.length > 1) {
            throw new Error(`${String(found.length)} of ${type} ${name}`);
        }
        return found[0];
    };
    return { ...recording, foundation, find, ofType };
}
