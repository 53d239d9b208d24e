import { parseSpec } from "../../../components/model/spec";
import { stackConfig } from "../../support/stack-file";

interface Aws {
    network: { cidr: string; zones: string[]; interfaceEndpoints?: string[] };
    kubernetes: { publicAccessCidrs?: string[] };
    nodes: {
        core: { instanceType: string; zone: string; min: number; max: number };
        user: { instanceTypes: string[]; zones: string[] };
    };
}

interface Config extends Record<string, unknown> {
    cluster: { region: string };
    aws: Aws;
    access: Record<string, string>;
    tags: Record<string, string>;
    parties: Record<string, unknown>;
}

function problemsOf(change: (config: Config) => void): string[] {
    const config = stackConfig("jupyterhub-aws") as Config;
    change(config);
    return parseSpec(config).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("a stack file for AWS", () => {
    it("has no problem as it stands", () => {
        expect(problemsOf(() => undefined)).toEqual([]);
    });

    it.each<[string, (config: Config) => void, string]>([
        [
            "a zone of another region",
            ({ aws }) => (aws.network.zones[2] = "eu-west-1a"),
            "steward:aws.network.zones[2]: eu-west-1a is not in us-east-2",
        ],
        [
            "a zone named twice",
            ({ aws }) => (aws.network.zones[2] = "us-east-2b"),
            "steward:aws.network.zones: names us-east-2b twice",
        ],
        [
            "an endpoint named twice",
            ({ aws }) => (aws.network.interfaceEndpoints = ["sts", "logs", "sts"]),
            "steward:aws.network.interfaceEndpoints: names sts twice",
        ],
        [
            "a VPC that is too small",
            ({ aws }) => (aws.network.cidr = "10.0.0.0/24"),
            "steward:aws.network.cidr: /24 is no size for the VPC of a cluster",
        ],
        [
            "a VPC of public addresses",
            ({ aws }) => (aws.network.cidr = "8.8.0.0/16"),
            "steward:aws.network.cidr: 8.8.0.0/16 is no private range",
        ],
        [
            "a VPC on the range of Services",
            ({ aws }) => (aws.network.cidr = "172.20.0.0/16"),
            "steward:aws.network.cidr: overlaps 172.20.0.0/16, which Kubernetes gives to Services",
        ],
        [
            "an API open to everybody",
            ({ aws }) => (aws.kubernetes.publicAccessCidrs = ["0.0.0.0/0"]),
            "steward:aws.kubernetes.publicAccessCidrs[0]: opens the Kubernetes API to everybody",
        ],
        [
            "machines in a zone without a subnet",
            ({ aws }) => (aws.nodes.user.zones = ["us-east-2d"]),
            "steward:aws.nodes.user.zones[0]: us-east-2d has no subnet",
        ],
        [
            "fewer machines at most than at least",
            ({ aws }) => (aws.nodes.core.min = 2),
            "steward:aws.nodes.core.max: is below min",
        ],
        [
            "machines that need a driver",
            ({ aws }) => (aws.nodes.core.instanceType = "g4dn.xlarge"),
            "steward:aws.nodes: g4dn.xlarge needs a driver that the node image does not have",
        ],
        [
            "a partition of its own",
            ({ cluster, aws }) => {
                cluster.region = "cn-north-1";
                aws.network.zones = ["cn-north-1a", "cn-north-1b"];
                aws.nodes.core.zone = "cn-north-1a";
                aws.nodes.user.zones = ["cn-north-1a"];
            },
            "steward:cluster.region: cn-north-1 has service principals that Steward does not know",
        ],
        [
            "one principal for two roles",
            ({ access }) => (access["hub-administrator"] = access["deployer"] ?? ""),
            "steward:access.hub-administrator: is the principal of deployer too, and EKS takes each principal once",
        ],
        [
            "nobody who may deploy",
            ({ access }) => Reflect.deleteProperty(access, "deployer"),
            "steward:access.deployer: is missing, and without it nobody may deploy into the cluster",
        ],
        [
            "a tag with a key of the matrix",
            ({ tags }) => (tags["owner-role"] = "me"),
            "steward:tags.owner-role: is a reserved key",
        ],
        [
            "a section of another workload",
            (config) => (config["jupyterhub"] = undefined),
            "steward:jupyterhub: is missing",
        ],
    ])("is refused with %s", (_, change, problem) => {
        expect(problemsOf(change)).toContain(problem);
    });
});
