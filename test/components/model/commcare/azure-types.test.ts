import * as fc from "fast-check";
import {
    azureSize,
    azureTypeOf,
    flexibleDiskGiB,
    flexibleSize,
    flexibleTypeOf,
    redisSize,
    redisSkuOf,
} from "../../../../components/model/commcare/azure-types";
import { loadOf } from "../../../../components/model/commcare/demand";
import { sizePlan } from "../../../../components/model/commcare/sizing";

describe("a size of a machine on Azure", () => {
    it.each([
        ["Standard_D2ls_v5", 2, 4],
        ["Standard_D4s_v5", 4, 16],
        ["Standard_D16as_v5", 16, 64],
        ["Standard_E8s_v5", 8, 64],
        ["Standard_E96s_v5", 96, 672],
    ])("%s has %d vCPUs and %d GiB", (name, vcpus, memoryGiB) => {
        expect(azureSize(name)).toEqual({ vcpus, memoryGiB });
    });

    it.each([
        ["a temporary disk", "Standard_D4ds_v5"],
        ["disks on NVMe", "Standard_D4s_v6"],
        ["no Premium SSD", "Standard_D4_v5"],
        ["another processor", "Standard_D4ps_v5"],
        ["no such count", "Standard_D5s_v5"],
        ["none of Azure's", "t3.large"],
        ["a name of every object", "constructor"],
    ])("is unknown with %s", (_, name) => {
        expect([azureSize(name), flexibleSize(`${name}x`), redisSize(name)]).toEqual([
            undefined,
            undefined,
            undefined,
        ]);
    });

    it("is there for every machine and database that sizing asks for, and has what it asks for", () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 100_000 }),
                fc.constantFrom("single", "standard", "high" as const),
                (users, availability) => {
                    const { lines, postgresql } = sizePlan({
                        load: loadOf({ users }),
                        availability,
                        cloud: true,
                        stands: {},
                        zones: 3,
                    });
                    for (const { vcpus, memoryGiB } of lines) {
                        const found = azureSize(azureTypeOf({ vcpus, memoryGiB }));
                        expect(found).toEqual({ vcpus, memoryGiB });
                    }
                    for (const { vcpus, memoryGiB } of postgresql) {
                        const found = flexibleSize(flexibleTypeOf({ vcpus, memoryGiB }));
                        expect(found).toMatchObject({ vcpus, memoryGiB });
                    }
                },
            ),
        );
    });

    it("refuses what there is not", () => {
        expect(() => azureTypeOf({ vcpus: 128, memoryGiB: 512 })).toThrow(RangeError);
        expect(() => azureTypeOf({ vcpus: 96, memoryGiB: 768 })).toThrow(RangeError);
    });
});

describe("a flexible server", () => {
    it.each([
        [1, 32],
        [100, 128],
        [128, 128],
        [129, 256],
        [60_000, 32_768],
    ])("has for %d GiB a disk of %d", (wanted, disk) => {
        expect(flexibleDiskGiB(wanted)).toBe(disk);
    });
});

describe("Azure Managed Redis", () => {
    it.each([
        [1, "Balanced_B3"],
        [3, "Balanced_B5"],
        [13, "Balanced_B20"],
    ])("of %d GiB of data is a %s", (memoryGiB, sku) => {
        expect(redisSkuOf({ memoryGiB })).toBe(sku);
    });
});
