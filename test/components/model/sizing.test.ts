import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sizingOf } from "../../../components/model/sizing";
import { sizingTable } from "../../../components/model/sizing-table";
import { projectRoot } from "../../../rehearsal/project-root";

describe("the size of a hub", () => {
    it.each([
        // users, at work, machines, type, vCPUs with the core node's, disk of a machine, homes
        [20, 12, 2, "r5.xlarge", 10, 240, 200, "r8i-flex.large"],
        [200, 120, 4, "r5.4xlarge", 66, 720, 2_000, "r8i-flex.large"],
        [2_000, 1_200, 38, "r5.4xlarge", 612, 720, 20_000, "r8i-flex.xlarge"],
    ])("of %d users", (users, concurrent, nodes, type, vcpus, nodeDiskGiB, homesGiB, core) => {
        const sizing = { concurrent, nodes, type, vcpus, nodeDiskGiB, homesGiB };

        expect(sizingOf(users)).toMatchObject({ ...sizing, core: { nodes: 1, type: core } });
    });

    // r5.xlarge: 10 pods on one interface of 15 addresses, and one warm. r5.4xlarge: 34 on two of 30, and one warm.
    it.each([
        [20, 60, 20],
        [200, 360, 20],
        [2_000, 3_420, 18],
        [5_300, 9_000, 16],
    ])(
        "of %d users takes %d addresses, which a network of /%d has",
        (users, addresses, network) => {
            expect(sizingOf(users)).toMatchObject({ addresses, network });
        },
    );

    it("gives each user the share of the machine", () => {
        expect(sizingOf(20).memoryGiB.toFixed(2)).toBe("3.63");
        expect(sizingOf(20).cpuGuarantee).toBe(0.4563125);
        expect(sizingOf(200).memoryGiB.toFixed(2)).toBe("3.73");
    });

    it("has room for all who work at once, and no machine too many", () => {
        for (let users = 1; users <= 5_300; users += 37) {
            const { nodes, sharedBy, concurrent } = sizingOf(users);
            expect(nodes * sharedBy).toBeGreaterThanOrEqual(concurrent);
            expect((nodes - 1) * sharedBy).toBeLessThan(concurrent);
        }
    });

    it("ends where a node group does", () => {
        expect(() => sizingOf(6_000)).toThrow("6000 users are more than one node group carries");
    });

    it("stands in docs/sizing.md; `node scripts/write-sizing.mjs` writes it", () => {
        expect(readFileSync(join(projectRoot(), "docs", "sizing.md"), "utf8")).toBe(sizingTable());
    });
});
