import {
    patchTierOf,
    patchTiers,
} from "../../../../../components/platforms/azure/machines/patch-group";
import { windowOf } from "../../../../../components/platforms/azure/machines/patching";
import { commcare } from "./cluster";

describe("the windows of patches", () => {
    const patching = { day: "Sunday", hourUtc: 1, restart: true } as const;

    it("open one after the other, data before applications", () => {
        const starts = patchTiers.map((_, nth) => windowOf(patching, nth).startDateTime);
        expect(starts).toEqual([
            "2026-01-04 01:00",
            "2026-01-04 03:00",
            "2026-01-04 05:00",
            "2026-01-04 07:00",
        ]);
    });

    it("are on the day after where the night ends first", () => {
        expect(windowOf({ ...patching, day: "Saturday", hourUtc: 23 }, 1)).toEqual({
            startDateTime: "2026-01-11 01:00",
            recurEvery: "1Week Sunday",
        });
    });

    it("never restart two copies of anything that keeps data", () => {
        const { machines } = commcare().workload.plan;
        for (const slug of ["couchdb", "elasticsearch", "kafka", "zookeeper"] as const) {
            const copies = machines.filter(({ services }) => services.includes(slug));
            expect(copies.length).toBe(3);
            expect(new Set(copies.map(patchTierOf)).size).toBe(3);
        }
    });
});
