import { Cluster } from "../../../../components/cluster";
import type { AwsClusterSpec } from "../../../../components/model/spec";
import { isAwsHubs, parseSpec } from "../../../../components/model/spec";
import type { Foundation } from "../../../../components/platforms/foundation";
import { awsFoundation } from "../../../../components/platforms/aws/foundation";
import type { Recorded, Recording } from "../../../support/record-resources";
import { recordResources, settled } from "../../../support/record-resources";
import { geolabConfig } from "../../../support/stack-file";

// Each construction of the whole foundation takes a second or two.
jest.setTimeout(60_000);

type Config = Record<string, unknown>;

type Hub = Record<string, unknown> & { domain: string };

/** Puts another hub before those of a stack file, made after the first of them. */
export function addHub(config: Config, name: string, change: Config = {}): void {
    const section = config["jupyterhub"] as { hubs: Hub[] };
    const [first] = section.hubs;
    if (first === undefined) throw new Error("the stack file lost its hub");
    const { scratch: _left, ...rest } = structuredClone(first);
    section.hubs = [
        { ...rest, name, domain: `${name}.${rest.domain}`, ...change },
        ...section.hubs,
    ];
}

/** The stack file of the AWS hub, read as the program reads it; `change` edits what stands under `steward:`. */
export function geolab(change: (config: Config) => void = () => undefined): AwsClusterSpec {
    const steward = geolabConfig();
    change(steward);
    const { spec, problems } = parseSpec(steward);
    if (spec === undefined || !isAwsHubs(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

export interface Built extends Recording {
    readonly foundation: Foundation;
    /** The one resource of that type and name. */
    find(type: string, name: string): Recorded;
    ofType(type: string): readonly Recorded[];
}

/** An error of a look-up, as the engine hands it to the SDK. */
export const told = (details: string): Error => Object.assign(new Error(details), { details });

/** What the foundation of a cluster registers, with EKS and SSM answering as little as they must. */
export async function build(
    spec: AwsClusterSpec,
    /** What the look for a threat detector finds; none unless a test says so. */
    detector: () => object = () => {
        throw told("reading this account's single GuardDuty Detector: empty result");
    },
): Promise<Built> {
    const recording = await recordResources({
        outputs: {
            "random:index/randomId:RandomId": ({ name }) => ({ hex: `hex-of-${name}` }),
            "aws:eks/cluster:Cluster": () => ({
                endpoint: "https://api.eks.test",
                certificateAuthority: { data: "Q0E=" },
                vpcConfig: { clusterSecurityGroupId: "sg-nodes" },
            }),
            "aws:eks/nodeGroup:NodeGroup": ({ name }) => ({
                resources: [{ autoscalingGroups: [{ name: `asg-${name}` }] }],
            }),
            "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 1 }),
            "aws:lb/loadBalancer:LoadBalancer": () => ({
                dnsName: "gateway.elb.test",
                zoneId: "Z0BALANCER",
            }),
            "aws:route53/zone:Zone": () => ({
                zoneId: "Z0MADE",
                nameServers: ["ns-1.test", "ns-2.test"],
            }),
        },
        calls: {
            "aws:route53/getZone:getZone": ({ name }) => ({ name, zoneId: "Z0STANDING" }),
            "aws:guardduty/getDetector:getDetector": detector,
            "aws:ssm/getParameter:getParameter": ({ name }) => ({
                insecureValue: `ami of ${String(name)}`,
            }),
        },
    });
    const foundation = await awsFoundation(spec, new Cluster(spec.name, spec.matrix), {});
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
