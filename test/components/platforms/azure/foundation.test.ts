import type { BuiltOnAzure } from "./utoronto";
import { build, utoronto } from "./utoronto";

jest.setTimeout(60_000);

let built: BuiltOnAzure;
beforeAll(async () => {
    built = await build(utoronto(undefined, ["prod", "highmem"]));
});

describe("the foundation on Azure", () => {
    it("is taken by Azure", () => {
        expect(built.resources.length).toBeGreaterThan(100);
    });
});
