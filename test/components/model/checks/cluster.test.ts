import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

interface Hub {
    roles?: Record<string, unknown>;
    layers?: Record<string, unknown>;
}

interface Config extends Record<string, unknown> {
    cluster: { workload: string; platform: string; region?: string };
    roles: Record<string, unknown>;
    layers: Record<string, unknown>;
    access: Record<string, string>;
    tags: Record<string, string>;
    jupyterhub: { hubs: [Hub] };
}

/** What is wrong with the transcribed stack file once `change` was made to it. */
function problemsOf(change: (config: Config) => unknown): string[] {
    const config = geolabConfig() as Config;
    change(config);
    return parseSpec(config).problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("the parts of a stack file", () => {
    it.each<[string, (config: Config) => unknown, string[]]>([
        [
            "a platform without its section",
            (config) => {
                config.cluster = { ...config.cluster, platform: "vms" };
                Reflect.deleteProperty(config, "aws");
            },
            ["steward:vms: is missing"],
        ],
        [
            "the sections of another workload",
            (config) => {
                config.cluster.workload = "commcare";
                Reflect.deleteProperty(config, "jupyterhub");
                config.layers = {};
            },
            [
                "steward:commcare: is missing",
                "steward:aws.kubernetes: belongs to a cluster of JupyterHub",
                "steward:aws.nodes: belongs to a cluster of JupyterHub",
            ],
        ],
        [
            "a section of another platform",
            ({ cluster }) => (cluster.platform = "azure"),
            ["steward:aws: belongs to another kind of cluster", "steward:azure: is missing"],
        ],
        [
            "no machines for its hubs",
            ({ aws }) => Reflect.deleteProperty(aws as object, "nodes"),
            ["steward:aws.nodes: is missing"],
        ],
        [
            "no section of its platform",
            (config) => Reflect.deleteProperty(config, "aws"),
            ["steward:aws: is missing"],
        ],
        [
            "a holder of a role that nobody knows",
            ({ roles }) => (roles["captain"] = null),
            ["steward:roles.captain: is not a role"],
        ],
        [
            "a layer that nobody knows",
            ({ layers }) => (layers["galley"] = { role: null }),
            ["steward:layers.galley: is not a layer of a jupyterhub cluster on aws"],
        ],
        [
            "a layer of another workload",
            ({ layers }) => (layers["dns-tls"] = { role: null }),
            ["steward:layers.dns-tls: is not a layer of a jupyterhub cluster on aws"],
        ],
        [
            "a hub's holder of a role that nobody knows",
            ({ jupyterhub: { hubs } }) => (hubs[0].roles = { captain: null }),
            ["steward:jupyterhub.hubs[0].roles.captain: is not a role"],
        ],
        [
            "a hub's share of a layer that the whole cluster has",
            ({ jupyterhub: { hubs } }) => (hubs[0].layers = { network: { role: null } }),
            [
                "steward:jupyterhub.hubs[0].layers.network: is not a layer of a jupyterhub cluster on aws",
            ],
        ],
        [
            "a principal of a role that nobody knows",
            ({ access }) => (access["captain"] = "arn:aws:iam::123456789012:role/captain"),
            ["steward:access.captain: is not a role"],
        ],
        [
            "a tag that belongs to AWS",
            ({ tags }) => (tags["AWS:team"] = "a"),
            ["steward:tags.AWS:team: is a reserved key"],
        ],
    ])("are refused with %s, and with nothing else", (_, change, problems) => {
        expect(problemsOf(change)).toEqual(problems);
    });

    it("name a region, except on machines of one's own", () => {
        const withoutRegion = ({ cluster }: Config) => Reflect.deleteProperty(cluster, "region");
        const missing = "steward:cluster.region: is missing";
        expect(problemsOf(withoutRegion)).toContain(missing);
        const onMachines = (config: Config) => {
            withoutRegion(config);
            config.cluster.platform = "vms";
        };
        expect(problemsOf(onMachines)).not.toContain(missing);
    });
});
