import { Turns } from "../../../rehearsal/provider/turns";

describe("turns", () => {
    it("refuse a second writer while the first one writes", async () => {
        const turns = new Turns();
        const writing = turns.take("identity a");
        await expect(turns.take("identity a")).rejects.toThrow(
            "TooManyRequests: identity a is being written by another request; let one depend on the other",
        );
        await writing;
        await expect(turns.take("identity a")).resolves.toBeUndefined();
    });

    it("let others write elsewhere, and whoever needs no turn", async () => {
        const turns = new Turns();
        const writing = turns.take("identity a");
        await expect(turns.take("identity b")).resolves.toBeUndefined();
        await expect(turns.take(undefined)).resolves.toBeUndefined();
        await writing;
    });
});
