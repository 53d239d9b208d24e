import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

interface Aws {
    network: { cidr: string; zones: string[]; interfaceEndpoints?: string[] };
    kubernetes: { version: string; publicAccessCidrs?: string[] };
    nodes: {
        core: { instanceType: string; zone: string; min: number; max: number };
        user: { instanceTypes: string[]; zones: string[] };
        gpu?: { instanceTypes: string[]; zones?: string[] };
        dask?: { instanceTypes: string[]; zones?: string[] };
    };
}

interface Config extends Record<string, unknown> {
    cluster: { region: string };
    aws: Aws;
    access: Record<string, string>;
    tags: Record<string, string>;
    parties: Record<string, unknown>;
    jupyterhub: { hubs: Hub[] };
}

interface Hub {
    machines?: string[];
    profiles: {
        profile_options: Record<
            string,
            { choices: Record<string, { kubespawner_override: object }> }
        >;
    }[];
}

/** What a choice of the hub's first profile asks of its node. */
function select({ jupyterhub: { hubs } }: Config, selector: Record<string, string>): void {
    const choice = hubs[0]?.profiles[0]?.profile_options["image"]?.choices["geolab-general"];
    if (choice === undefined) throw new Error("the stack file lost its choices");
    choice.kubespawner_override = { node_selector: selector };
}

const choicePath =
    "steward:jupyterhub.hubs[0].profiles[0].profile_options.image.choices.geolab-general.kubespawner_override.node_selector";

function problemsOf(change: (config: Config) => void): string[] {
    const config = geolabConfig() as Config;
    change(config);
    return parseSpec(config).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("a stack file for AWS", () => {
    it("has no problem as it stands", () => {
        expect(problemsOf(() => undefined)).toEqual([]);
    });

    it("may let users choose a GPU where the hub has some", () => {
        const chosen = (config: Config) => {
            select(config, { "node.kubernetes.io/instance-type": "g4dn.xlarge" });
        };
        expect(problemsOf(chosen)).toEqual([]);
    });

    it("needs neither GPUs nor spot machines, and a hub need not say that it has users", () => {
        const plain = ({ aws, jupyterhub }: Config) => {
            Reflect.deleteProperty(aws.nodes, "gpu");
            Reflect.deleteProperty(aws.nodes, "dask");
            for (const hub of jupyterhub.hubs) {
                Reflect.deleteProperty(hub, "machines");
                hub.profiles = hub.profiles.slice(0, 1); // the second is for GPUs
                Reflect.deleteProperty(hub, "daskGateway");
            }
        };
        expect(problemsOf(plain)).toEqual([]);
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
            ({ aws }) => (aws.nodes.core.min = 4),
            "steward:aws.nodes.core.max: is below min",
        ],
        [
            "machines that need a driver",
            ({ aws }) => (aws.nodes.core.instanceType = "g4dn.xlarge"),
            "steward:aws.nodes: g4dn.xlarge needs a driver that the node image does not have",
        ],
        [
            "a zone for users named twice",
            ({ aws }) => (aws.nodes.user.zones = ["us-east-2a", "us-east-2a"]),
            "steward:aws.nodes.user: names us-east-2a twice",
        ],
        [
            "a type of machine named twice",
            ({ aws }) => aws.nodes.user.instanceTypes.push("r5.xlarge"),
            "steward:aws.nodes.user: names r5.xlarge twice",
        ],
        [
            "GPUs among the machines for users",
            ({ aws }) => (aws.nodes.user.instanceTypes = ["g5.xlarge"]),
            "steward:aws.nodes: g5.xlarge needs a driver that the node image does not have",
        ],
        [
            "GPUs among the spot machines",
            ({ aws }) => (aws.nodes.dask = { ...aws.nodes.dask, instanceTypes: ["g5.xlarge"] }),
            "steward:aws.nodes: g5.xlarge needs a driver that the node image does not have",
        ],
        [
            "machines for GPUs that have none",
            ({ aws }) => aws.nodes.gpu?.instanceTypes.push("r5.xlarge"),
            "steward:aws.nodes.gpu.instanceTypes[1]: r5.xlarge has no GPU that the node image has a driver for",
        ],
        [
            "GPUs of another maker",
            ({ aws }) => aws.nodes.gpu?.instanceTypes.push("g4ad.xlarge"),
            "steward:aws.nodes.gpu.instanceTypes[1]: g4ad.xlarge has no GPU that the node image has a driver for",
        ],
        [
            "a GPU type named twice",
            ({ aws }) => aws.nodes.gpu?.instanceTypes.push("g4dn.xlarge"),
            "steward:aws.nodes.gpu: names g4dn.xlarge twice",
        ],
        [
            "spot machines in a zone without a subnet",
            ({ aws }) =>
                (aws.nodes.dask = { instanceTypes: [], ...aws.nodes.dask, zones: ["us-east-2d"] }),
            "steward:aws.nodes.dask.zones[0]: us-east-2d has no subnet",
        ],
        [
            "spot machines of several sizes",
            ({ aws }) => aws.nodes.dask?.instanceTypes.push("r6i.2xlarge"),
            "steward:aws.nodes.dask.instanceTypes[5]: r6i.2xlarge is not known to have the vCPUs and memory of r5.xlarge, with which the autoscaler reckons",
        ],
        [
            "spot machines of one size with less memory",
            ({ aws }) => aws.nodes.dask?.instanceTypes.push("m6i.xlarge"),
            "steward:aws.nodes.dask.instanceTypes[5]: m6i.xlarge is not known to have the vCPUs and memory of r5.xlarge, with which the autoscaler reckons",
        ],
        [
            "spot machines with another kind of processor",
            ({ aws }) => aws.nodes.dask?.instanceTypes.push("r7g.xlarge"),
            "steward:aws.nodes.dask.instanceTypes[5]: r7g.xlarge has another kind of processor than r5.xlarge",
        ],
        [
            "a Kubernetes that no autoscaler is known for",
            ({ aws }) => (aws.kubernetes.version = "1.99"),
            "steward:aws.kubernetes.version: 1.99 has no autoscaler that Steward knows",
        ],
        [
            "a hub with machines that are not described",
            ({ aws }) => Reflect.deleteProperty(aws.nodes, "gpu"),
            "steward:jupyterhub.hubs[0].machines[1]: there are no machines for gpu",
        ],
        [
            "a hub with machines named twice",
            ({ jupyterhub }) => jupyterhub.hubs[0]?.machines?.push("user"),
            "steward:jupyterhub.hubs[0].machines[3]: names user twice",
        ],
        [
            "a hub that leaves its users no machine",
            ({ jupyterhub: { hubs } }) => hubs[0]?.machines?.splice(0, 2),
            "steward:jupyterhub.hubs[0].machines: leave users' servers no machine to run on",
        ],
        [
            "a hub with a kind of machine that there is not",
            ({ jupyterhub }) => jupyterhub.hubs[0]?.machines?.push("quantum"),
            'steward:jupyterhub.hubs[0].machines[3]: "quantum" is not a choice',
        ],
        [
            "a choice of a GPU in a hub that has none",
            (config) => {
                select(config, { "node.kubernetes.io/instance-type": "g4dn.xlarge" });
                config.jupyterhub.hubs[0]?.machines?.splice(1, 2);
            },
            `${choicePath}: no node group has g4dn.xlarge`,
        ],
        [
            "a choice of another hub's machines",
            (config) => {
                select(config, { "steward/hub": "other" });
            },
            `${choicePath}: steward/hub says whose machines they are`,
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
            (config) => Reflect.deleteProperty(config, "jupyterhub"),
            "steward:jupyterhub: is missing",
        ],
    ])("is refused with %s", (_, change, problem) => {
        expect(problemsOf(change)).toContain(problem);
    });
});
