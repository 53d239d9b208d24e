import { wordProblem } from "../../../../components/model/problem";
import { imagesOf } from "../../../../components/model/hub-images";
import { isHubs, parseSpec } from "../../../../components/model/spec";
import { geolabConfig, geolabSpec } from "../../../support/stack-file";

/** What is wrong with the stack file once its hub is so. */
function problemsOf(over: Record<string, unknown>): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [object] };
    Object.assign(hubs[0], over);
    return parseSpec(config).problems.map(wordProblem);
}

const path = "steward:jupyterhub.hubs[0]";
const dask = `${path}.daskGateway`;

describe("a hub's Dask gateway", () => {
    it("is there only where a hub asks for one", () => {
        const config = geolabConfig();
        const { hubs } = config["jupyterhub"] as { hubs: [Record<string, unknown>] };
        delete hubs[0]["daskGateway"];
        const { spec } = parseSpec(config);

        const read = spec !== undefined && isHubs(spec) ? spec.workload.jupyterhub.hubs : [];
        expect(read.map((hub) => hub.daskGateway)).toEqual([undefined]);
    });

    it("ends idle clusters and bounds each, unless the stack file says otherwise", () => {
        expect(geolabSpec().workload.jupyterhub.hubs[0]?.daskGateway).toEqual({
            idleTimeoutSeconds: 1_800,
            scheduler: { cores: 1, memoryGiB: 2 },
            worker: { cores: 1, memoryGiB: 2, maxCores: 2, maxMemoryGiB: 16 },
            cluster: { maxWorkers: 100, maxCores: 100, maxMemoryGiB: 800 },
        });
    });

    it.each<[string, Record<string, unknown>, string[]]>([
        [
            "machines for neither workers nor schedulers",
            { machines: ["gpu"] },
            [
                `${dask}: has no machines that its workers run on; add dask to the hub's machines`,
                `${dask}: has no machines that its schedulers run on; add user to the hub's machines`,
            ],
        ],
        [
            "a largest worker below the usual one",
            { daskGateway: { worker: { cores: 2, maxCores: 1 } } },
            [`${dask}.worker.maxCores: is below cores; write at least as much`],
        ],
        [
            "a cluster without room for a worker",
            { daskGateway: { cluster: { maxCores: 1, maxMemoryGiB: 3 } } },
            [
                `${dask}.cluster.maxCores: leaves no room for a worker beside the scheduler; write at least 2`,
                `${dask}.cluster.maxMemoryGiB: leaves no room for a worker beside the scheduler; write at least 4`,
            ],
        ],
        [
            "workers that fit no machine",
            { daskGateway: { worker: { maxCores: 4, maxMemoryGiB: 30 } } },
            [
                `${dask}.worker.maxCores: is more than the 3.7 that r5.xlarge leaves to a worker; lower it, or take larger machines`,
                `${dask}.worker.maxMemoryGiB: is more than the 29.6 that r5.xlarge leaves to a worker; lower it, or take larger machines`,
            ],
        ],
        [
            "an idle cluster that never ends",
            { daskGateway: { idleTimeoutSeconds: 0 } },
            [`${dask}.idleTimeoutSeconds: 0 is below 60; write seconds from 60 to 604800`],
        ],
        [
            "another gateway in the users' environment",
            { environment: { DASK_GATEWAY__ADDRESS: "https://dask.example.org" } },
            [
                `${path}.environment.DASK_GATEWAY__ADDRESS: leads users past the hub's own gateway; remove it`,
            ],
        ],
    ])("is refused with %s", (_, over, problems) => {
        expect(problemsOf(over)).toEqual(problems);
    });

    it("lets users change how their clusters start", () => {
        const environment = { DASK_GATEWAY__CLUSTER__OPTIONS__WORKER_MEMORY: "8" };
        expect(problemsOf({ environment })).toEqual([]);
    });
});

describe("the images of a hub", () => {
    it("are those that profiles name, and what users may write", () => {
        const [hub] = geolabSpec().workload.jupyterhub.hubs;
        if (hub === undefined) throw new Error("the stack file lost its hub");

        const any = { before: "", matches: "^.+:.+$", after: "" };
        expect(imagesOf({ ...hub, image: { name: "quay.io/a/b", tag: "1" } })).toEqual({
            names: [
                "public.ecr.aws/earthscope/geolab/geolab-base:latest",
                "public.ecr.aws/earthscope/geolab/geolab-gpu:latest",
                "public.ecr.aws/earthscope/sfg-geolab:latest",
                "quay.io/a/b:1",
                "quay.io/pangeo/ml-notebook:2025.07.09",
                "quay.io/pangeo/pytorch-notebook:2025.05.22",
            ],
            rules: [any, any],
        });
    });

    it("are written between the texts of the profile, and nowhere without a place for it", () => {
        const choice = (image: string, enabled = true) => ({
            display_name: "Environment",
            unlisted_choice: { enabled, kubespawner_override: { image } },
        });
        const profiles = [
            {
                display_name: "Any",
                profile_options: {
                    a: choice("quay.io/{value}:1"),
                    b: choice("quay.io/c:2"),
                    c: choice("quay.io/{value}", false),
                },
            },
        ];

        expect(imagesOf({ profiles })).toEqual({
            names: [],
            rules: [{ before: "quay.io/", matches: "", after: ":1" }],
        });
    });
});
