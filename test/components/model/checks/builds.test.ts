import { wordProblem } from "../../../../components/model/problem";
import { isHubs, parseSpec } from "../../../../components/model/spec";
import { stackConfig } from "../../../support/stack-file";

type Section = Record<string, unknown>;

/** The stack file, after what `change` does to the hub that builds and to what stands under `steward:aws`. */
function parsed(change: (hub: Section, aws: Section & { nodes: Section }) => void) {
    const config = stackConfig("jupyterhub-aws");
    const { hubs } = config["jupyterhub"] as { hubs: Section[] };
    const hub = hubs.find(({ name }) => name === "binder");
    if (hub === undefined) throw new Error("the stack file lost its hub");
    change(hub, config["aws"] as Section & { nodes: Section });
    return parseSpec(config);
}

const path = "steward:jupyterhub.hubs[2]";
const builds = `${path}.builds`;
const ofTheirOwn = "give builds a hub of their own";

describe("a hub's builds", () => {
    it("are there only where a hub asks for them", () => {
        const { spec } = parsed((hub) => delete hub["builds"]);

        const hubs = spec !== undefined && isHubs(spec) ? spec.workload.jupyterhub.hubs : [];
        expect(hubs.map((hub) => hub.builds)).toEqual([undefined, undefined, undefined]);
    });

    it.each<[string, Parameters<typeof parsed>[0], string[]]>([
        [
            "no machines",
            (hub) => (hub["machines"] = ["user"]),
            [`${builds}: has no machines that a build may run on; add build to the hub's machines`],
        ],
        [
            "no machines for what was built",
            (hub, { nodes }) => {
                hub["machines"] = ["gpu", "build"];

                nodes["gpu"] = { instanceTypes: ["g4dn.xlarge"], max: 1, volumeGiB: 80 };
            },
            [
                `${builds}: has no machines for servers that no profile describes; add user to the hub's machines`,
            ],
        ],
        [
            "profiles",
            (hub) => (hub["profiles"] = [{ display_name: "Small" }]),
            [
                `${builds}: builds environments that none of its profiles describes; ${ofTheirOwn}, without profiles`,
            ],
        ],
        [
            "homes over what was built",
            (hub) => (hub["homes"] = { sizeGiB: 30, quotaGiB: 10 }),
            [
                `${path}.homes: hide what was built: repo2docker puts a repository's files there; write storage: none, or ${ofTheirOwn}`,
            ],
        ],
        [
            "a Dask gateway that knows no built image",
            (hub) => {
                hub["daskGateway"] = {};
                hub["machines"] = ["user", "dask", "build"];
            },
            [
                `${path}.daskGateway: starts clusters in images of the hub's profiles only, and not in built ones; remove it, or ${ofTheirOwn}`,
            ],
        ],
        [
            "a source twice",
            (hub) => (hub["builds"] = { from: ["gh", "gh"] }),
            [`${builds}.from: names a source twice; name it once`],
        ],
        [
            "a source that is none",
            (hub) => (hub["builds"] = { from: ["git"] }),
            [
                `${builds}.from[0]: "git" is not a choice; take one of: gh, gist, gl, zenodo, figshare, dataverse`,
            ],
        ],
        [
            "no source at all",
            (hub) => (hub["builds"] = { from: [] }),
            [
                `${builds}.from: [] names no source; take some of: gh, gist, gl, zenodo, figshare, dataverse`,
            ],
        ],
        [
            "a registry that builds do not reach",
            (_hub, aws) => {
                aws["network"] = {
                    ...(aws["network"] as Section),
                    interfaceEndpoints: ["ecr.dkr"],
                };
            },
            [
                `${builds}: push to the registry, which an endpoint gives a private address; take ecr.dkr out of steward:aws.network.interfaceEndpoints: builds reach no such address`,
            ],
        ],
        [
            "more than a machine has",
            (hub) => (hub["builds"] = { cores: 4, memoryGiB: 14, diskGiB: 51 }),
            [
                `${builds}.diskGiB: is more than the 50 that a disk of 80 leaves to a build; lower it, or raise steward:aws.nodes.build.volumeGiB`,
                `${builds}.cores: is more than the 3.6 that a machine leaves to a build; lower it, or take larger machines`,
                `${builds}.memoryGiB: is more than the 13.4 that a machine leaves to a build; lower it, or take larger machines`,
            ],
        ],
        [
            "longer than the right to push",
            (hub) => (hub["builds"] = { timeoutMinutes: 46 }),
            [`${builds}.timeoutMinutes: 46 is above 45; write minutes from 5 to 45`],
        ],
    ])("do not have %s", (_what, change, said) => {
        expect(parsed(change).problems.map(wordProblem)).toEqual(said);
    });

    it("have their namespace for themselves", () => {
        const config = stackConfig("jupyterhub-aws");
        const { hubs } = config["jupyterhub"] as { hubs: Section[] };
        Object.assign(hubs[1] ?? {}, { name: "binder-builds" });

        expect(parseSpec(config).problems.map(wordProblem)).toContain(
            "steward:jupyterhub.hubs[1].name: binder-builds is the namespace of another hub's builds; take another name",
        );
    });

    it("run on machines of one size, without GPUs, in zones of the network", () => {
        const { problems } = parsed((_hub, { nodes }) => {
            nodes["build"] = {
                instanceTypes: ["m5.xlarge", "m5.large", "g5.xlarge"],
                zones: ["us-east-2d"],
                max: 5,
                volumeGiB: 80,
            };
        });

        expect(problems.map(({ path: at }) => at)).toEqual([
            "steward:aws.nodes.build.zones[0]",
            "steward:aws.nodes",
            "steward:aws.nodes.build.instanceTypes[1]",
            "steward:aws.nodes.build.instanceTypes[2]",
        ]);
    });
});
