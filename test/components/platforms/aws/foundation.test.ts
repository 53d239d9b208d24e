import { build, geolab } from "./geolab";

describe("the foundation on AWS", () => {
    it("counts", async () => {
        const built = await build(geolab());
        const counts: Record<string, number> = {};
        for (const { type } of built.resources) counts[type] = (counts[type] ?? 0) + 1;
        console.log(counts, built.resources.length);
        for (const r of built.resources.slice(0, 400))
            console.log(r.type, r.name, JSON.stringify(r.inputs));
    });
});
