import { aksRoom } from "../../../components/model/aks-room";
import { coreDemand, coreNodesFor, coreNodesOnAks } from "../../../components/model/core-nodes";
import { parseSpec } from "../../../components/model/spec";
import { stackConfig, stackSpec } from "../../support/stack-file";

/** The problems of a stack with other core nodes. */
function problemsWith(core: object, stack = "jupyterhub-aws"): string[] {
    const config = stackConfig(stack);
    const { nodes } = config["aws"] as { nodes: { core: object } };
    Object.assign(nodes.core, core);
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );
}

const hub = { homes: { storage: "none" } } as const;
const nfs = stackSpec("jupyterhub-aws").workload.jupyterhub.hubs.slice(0, 1);

describe("core nodes", () => {
    it("have to hold what hubs share, and what each hub, its homes and its Dask gateway bring", () => {
        expect(coreDemand([])).toEqual({ milliCpu: 510, mebibytes: 2_520 });
        expect(coreDemand([hub])).toEqual({ milliCpu: 870, mebibytes: 4_184 });
        expect(coreDemand(nfs)).toEqual({ milliCpu: 1_240, mebibytes: 5_144 });
        expect(coreDemand([hub, ...nfs])).toEqual({ milliCpu: 1_600, mebibytes: 6_808 });
    });

    // 2 vCPUs: 1.93 cores, of which 0.195 are the DaemonSets'. 16 GiB: less 255 MiB of the kubelet and 250 of theirs.
    it.each([
        ["r8i-flex.large", 1_735, 15_879, 1],
        ["r8i-flex.xlarge", 3_725, 32_263, 1],
        ["m7i.4xlarge", 15_695, 65_031, 1],
        ["m5.large", 1_735, 6_716, 1], // measured
        ["c7i.large", 1_735, 3_591, 2],
    ])(
        "of type %s leave %d thousandths of a core and %d MiB to pods",
        (type, cpu, memory, nodes) => {
            const found = coreNodesFor(type, [hub]);
            expect(found?.perNode.milliCpu).toBe(cpu);
            expect(Math.floor(found?.perNode.mebibytes ?? 0)).toBe(memory);
            expect(found?.nodes).toBe(nodes);
        },
    );

    it.each(["t3.large", "c5n.large", "r5.metal", "constructor.large"])(
        "of type %s are not judged: its name does not say how large it is",
        (type) => {
            expect(coreNodesFor(type, [hub])).toBeUndefined();
        },
    );

    it("are refused where not all pods of three hubs can ever run, and taken where they can", () => {
        expect(problemsWith({ max: 1 })).toEqual([
            "steward:aws.nodes.core.max: the hubs and what they share ask for 2.8 cores and 10.1 GiB, and a " +
                "r8i-flex.large leaves 1.7 cores and 15.5 GiB to pods; write at least 2, or take a larger instanceType",
        ]);
        expect(problemsWith({ max: 2 })).toEqual([]);
        expect(problemsWith({ max: 1, instanceType: "r8i-flex.xlarge" })).toEqual([]);
        expect(problemsWith({ max: 1 }, "jupyterhub-aws-small")).toEqual([]);
    });

    // 4 vCPUs less 0.14; 32 GiB less 20 MB for each of 110 pods, 50, and 100 MiB.
    it.each([
        ["Standard_E4s_v3", 3_860, 29_744], // of 31.342 that were measured
        ["Standard_E4s_v5", 3_860, 30_418],
        ["Standard_D8ds_v5", 7_820, 30_418],
        ["Standard_F2s_v2", 1_900, 2_972], // of 4 GiB a quarter
    ])("of AKS, %s, leave %d thousandths of a core and %d MiB to pods", (size, cpu, memory) => {
        expect(aksRoom(size)).toEqual({ milliCpu: cpu, mebibytes: memory });
    });

    it.each(["Standard_B2ms", "Standard_E8-4s_v5", "Standard_D4ls_v5", "Standard_NC4as_T4_v3"])(
        "of AKS, %s, are not judged: its name does not say how large it is",
        (size) => {
            expect(coreNodesOnAks(size, [hub])).toBeUndefined();
        },
    );

    it("of AKS are refused where not all pods can ever run, without the autoscaler, which runs elsewhere", () => {
        const said = (core: object) => {
            const config = stackConfig("jupyterhub-azure");
            Object.assign((config["azure"] as { nodes: { core: object } }).nodes.core, core);
            return parseSpec(config).problems.map(
                ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
            );
        };
        expect(coreNodesOnAks("Standard_D2s_v5", [hub])?.asked).toEqual({
            milliCpu: 770,
            mebibytes: 3_584,
        });
        expect(said({ vmSize: "Standard_D2s_v5", max: 1 })).toEqual([
            "steward:azure.nodes.core.max: the hubs and what they share ask for 2.2 cores and 10.0 GiB, and a " +
                "Standard_D2s_v5 leaves 1.9 cores and 5.9 GiB to pods; write at least 2, or take a larger vmSize",
        ]);
        expect(said({ vmSize: "Standard_D2s_v5", max: 2 })).toEqual([]);
    });
});
