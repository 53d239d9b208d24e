import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../components/in-turn";

const child = { custom: true, type: "test:index:Child", name: "it", opts: { protect: false } };

async function run(...transforms: pulumi.ResourceTransform[]) {
    return inTurn(...transforms)({ ...child, props: { steps: "" } });
}

/** Writes down that it ran, and what ran before it. */
function step(name: string): pulumi.ResourceTransform {
    return ({ props, opts }) => ({ props: { steps: `${String(props["steps"])}${name}` }, opts });
}
const passes: pulumi.ResourceTransform = () => undefined;
const protects: pulumi.ResourceTransform = ({ props, opts }) =>
    Promise.resolve({ props, opts: { ...opts, protect: true } });

describe("several transforms as one", () => {
    it("hands each what the one before it made", async () => {
        expect(await run(step("a"), step("b"))).toEqual({
            props: { steps: "ab" },
            opts: { protect: false },
        });
    });

    it("keeps what was made when a later one passes, and waits for the slow ones", async () => {
        expect(await run(step("a"), protects, passes)).toEqual({
            props: { steps: "a" },
            opts: { protect: true },
        });
    });

    it("says nothing when all of them pass", async () => {
        expect(await run(passes, passes)).toBeUndefined();
    });
});
