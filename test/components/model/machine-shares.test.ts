import { measured } from "../../../components/model/aks-room";
import { machineChoices } from "../../../components/model/machine-choices";
import { shareOf, wordShare } from "../../../components/model/machine-shares";
import { capacities, capacityOf } from "../../../components/model/node-capacity";

const mib = 2 ** 20;
const gib = 2 ** 30;

function machine(type: string) {
    const found = capacityOf(type);
    if (found === undefined) throw new Error(`no figures of ${type}`);
    return found;
}

/** Thousandths of a core that EKS keeps: 6 % of the first, 1 % of the second, 0.5 % of two, 0.25 % of the rest. */
function keptCores(vcpus: number): number {
    const [first, second, next] = [60, 10, 5 * Math.min(2, Math.max(0, vcpus - 2))];
    return first + second + next + 2.5 * Math.max(0, vcpus - 4);
}

describe("figures of machines", () => {
    it.each(Object.entries(capacities))("of %s leave what the kubelet keeps", (_, each) => {
        // To the hundredth of a core, as the figures were written down; and every machine keeps 255 MiB and
        // more for itself: https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
        expect(each.vcpus * 1_000 - keptCores(each.vcpus) - each.allocatable.milliCpu).toBeCloseTo(
            0,
            -1,
        );
        expect(each.allocatable.bytes).toBeLessThan(each.memoryGiB * gib - 255 * mib);
        expect(each.allocatable.bytes).toBeGreaterThan(each.memoryGiB * gib * 0.84);
    });

    it("are none for a machine that nobody measured", () => {
        expect(capacityOf("x9.xlarge")).toBeUndefined();
        expect(capacityOf("constructor")).toBeUndefined();
    });
});

describe("figures of machines of AKS", () => {
    // 62.793 GiB less 20 MiB for each of 110 pods, 50, and 100 MiB.
    it("are what was measured, less what the kubelet keeps by the documented formula", () => {
        expect(machine("Standard_E8s_v5").allocatable).toEqual({
            milliCpu: 7_820,
            bytes: 61_950 * mib,
        });
        expect(machine("Standard_E8s_v5").memoryGiB).toBe(64);
    });

    it.each(Object.keys(measured))(
        "of %s are never promised twice, DaemonSets beside them",
        (type) => {
            for (const users of [1, 4, 32]) {
                const { bytes, cpuGuarantee } = shareOf(machine(type), users);
                const { allocatable } = machine(type);
                expect(bytes * users).toBeLessThanOrEqual(0.98 * (allocatable.bytes - 300 * mib));
                expect(cpuGuarantee * users * 1_000).toBeLessThanOrEqual(
                    allocatable.milliCpu - 226,
                );
            }
        },
    );

    it("are none for a machine that nobody measured", () => {
        expect(capacityOf("Standard_D4s_v5")).toBeUndefined();
    });
});

/** Bytes and cores as they stand in 2i2c-org/infrastructure, config/clusters/earthscope/common.values.yaml. */
describe("the share of a machine", () => {
    it.each([
        ["r5.xlarge", 8, 3_902_839_759, 0.4563125, 3.6505],
        ["r5.xlarge", 4, 7_805_679_519, 0.912625, 3.6505],
        ["r5.xlarge", 2, 15_611_359_038, 1.82525, 3.6505],
        ["r5.xlarge", 1, 31_222_718_077, 3.6505, 3.6505],
        ["r5.4xlarge", 2, 64_020_707_016, 7.69055, 15.3811],
        ["r5.4xlarge", 1, 128_041_414_033, 15.3811, 15.3811],
        ["r5.16xlarge", 1, 523_839_830_228, 62.575, 62.575],
    ])("%s for %d users", (type, users, bytes, cpuGuarantee, cpuLimit) => {
        expect(shareOf(machine(type), users)).toEqual({ bytes, cpuGuarantee, cpuLimit });
    });

    it("keeps 2 % in reserve, and of a large machine 2 GiB and one core", () => {
        const small = { ...machine("m5.large"), allocatable: { milliCpu: 1_195, bytes: gib } };
        const left = (gib - 250 * mib) * 0.98;

        expect(shareOf(small, 1)).toEqual({
            bytes: Math.floor(left),
            cpuGuarantee: 0.98,
            cpuLimit: 0.98,
        });
        const large = {
            ...machine("r5.16xlarge"),
            allocatable: { milliCpu: 100_195, bytes: 1_000 * gib + 250 * mib },
        };
        expect(shareOf(large, 1)).toEqual({
            bytes: 998 * gib,
            cpuGuarantee: 99,
            cpuLimit: 99,
        });
    });

    it.each(Object.keys(capacities))("never promises more of %s than there is", (type) => {
        for (const users of [1, 2, 4, 8, 16, 32]) {
            const { bytes, cpuGuarantee } = shareOf(machine(type), users);
            const { allocatable } = machine(type);
            expect(bytes * users).toBeLessThanOrEqual(allocatable.bytes - 250 * mib);
            expect(cpuGuarantee * users * 1_000).toBeLessThanOrEqual(allocatable.milliCpu - 195);
        }
    });

    it("is worded as users read it", () => {
        const share = { cpuGuarantee: 1.96, cpuLimit: 15.4 };

        expect(wordShare({ ...share, bytes: 3.6 * gib })).toEqual({
            memory: "4 GB",
            cpus: "~2.0",
            wholeCpus: "~15",
        });
        expect(wordShare({ ...share, bytes: 500 * mib }).memory).toBe("500 MB");
    });
});

describe("choices of machines", () => {
    it("come in the order given, each with its groups and its machine", () => {
        expect(
            machineChoices([
                { type: "r5.xlarge", sharedBy: [8] },
                { type: "r5.4xlarge", sharedBy: [1], allowed_groups: ["large"] },
            ]),
        ).toEqual([
            [
                "mem_4_gb",
                {
                    display_name: "4 GB RAM, ~0.5 CPUs",
                    description: "Up to ~4 CPUs when available",
                    kubespawner_override: {
                        mem_guarantee: 3_902_839_759,
                        mem_limit: 3_902_839_759,
                        cpu_guarantee: 0.4563125,
                        cpu_limit: 3.6505,
                        node_selector: { "node.kubernetes.io/instance-type": "r5.xlarge" },
                    },
                },
            ],
            [
                "mem_119_gb",
                {
                    display_name: "119 GB RAM, ~15 CPUs",
                    description: "~15 CPUs always available",
                    allowed_groups: ["large"],
                    kubespawner_override: {
                        mem_guarantee: 128_041_414_033,
                        mem_limit: 128_041_414_033,
                        cpu_guarantee: 15.3811,
                        cpu_limit: 15.3811,
                        node_selector: { "node.kubernetes.io/instance-type": "r5.4xlarge" },
                    },
                },
            ],
        ]);
    });
});
