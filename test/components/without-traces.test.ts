import { withoutTraces } from "../../components/without-traces";

const usual = 10;

afterEach(() => {
    Error.stackTraceLimit = usual;
});

test("errors of a construction have no trace, also after it waited; later ones do", async () => {
    Error.stackTraceLimit = usual;
    const stacks = await withoutTraces(async () => {
        const first = new Error("first").stack;
        await Promise.resolve();
        return [first, new Error("second").stack];
    });

    expect(stacks).toEqual(["Error: first", "Error: second"]);
    expect(new Error("third").stack).toContain("without-traces.test");
});

test("a construction that fails gives traces back, and its own error", async () => {
    Error.stackTraceLimit = usual;

    await expect(withoutTraces(() => Promise.reject(new Error("no such zone")))).rejects.toThrow(
        "no such zone",
    );
    expect(Error.stackTraceLimit).toBe(usual);
});

test("a limit that somebody set is kept", async () => {
    Error.stackTraceLimit = 30;

    expect(await withoutTraces(() => Promise.resolve(Error.stackTraceLimit))).toBe(30);
});
