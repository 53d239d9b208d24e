import { progressOn } from "../../rehearsal/progress";

function recording(isTTY: boolean, env: NodeJS.ProcessEnv = {}, columns = 60) {
    const written: string[] = [];
    let time = 0;
    const stream = { isTTY, columns, write: (text: string) => written.push(text) };
    const pass = (seconds: number) => void (time += seconds * 1000);
    return { written, pass, progress: progressOn(stream, env, () => time) };
}

describe("progress without a terminal", () => {
    it("writes one plain line every twenty seconds, and the first and the last", () => {
        const { written, pass, progress } = recording(false);
        progress.step("building");
        for (let second = 1; second <= 65; second += 1) {
            pass(1);
            progress.update(second / 100, `package ${second}`);
        }
        progress.done("built");
        expect(written).toEqual([
            "building ...\n",
            "building: 20 % after 20 s (package 20)\n",
            "building: 40 % after 40 s (package 40)\n",
            "building: 60 % after 1 min 0 s (package 60)\n",
            "built (1 min 5 s)\n",
        ]);
    });

    it("says no percentage where nobody knows one", () => {
        const { written, pass, progress } = recording(false);
        progress.step("waiting");
        pass(21);
        progress.update(undefined);
        progress.done();
        expect(written).toEqual([
            "waiting ...\n",
            "waiting: after 21 s\n",
            "waiting: done (21 s)\n",
        ]);
    });

    it("says what stays at once", () => {
        const { written, progress } = recording(false);
        progress.step("working");
        progress.note("a line");
        progress.note("another");
        expect(written).toEqual(["working ...\n", "a line\n", "another\n"]);
    });

    it("takes a dumb terminal for none", () => {
        const { written, progress } = recording(true, { TERM: "dumb" });
        progress.step("building");
        expect(written).toEqual(["building ...\n"]);
    });
});

describe("progress on a terminal", () => {
    it("says what stays in the place of what it says now", () => {
        const { written, progress } = recording(true);
        progress.step("working");
        progress.note("a line");
        expect(written).toEqual(["\r\u001b[Kworking ...", "\r\u001b[Ka line\n"]);
    });

    it("updates a single line and ends it", () => {
        const { written, pass, progress } = recording(true);
        progress.step("building");
        pass(5);
        progress.update(0.5, "a/b");
        pass(0.05);
        progress.update(0.6, "left out: nobody can read that fast");
        pass(1);
        progress.done();
        expect(written).toEqual([
            "\r\u001b[Kbuilding ...",
            "\r\u001b[Kbuilding: 50 % 5 s\u001b[2m  a/b\u001b[22m",
            "\r\u001b[Kbuilding: done (6 s)",
            "\n",
        ]);
    });

    it("has no colour with NO_COLOR", () => {
        const { written, pass, progress } = recording(true, { NO_COLOR: "1" });
        progress.step("building");
        pass(1);
        progress.update(1, "a/b");
        expect(written[1]).toBe("\r\u001b[Kbuilding: 100 % 1 s  a/b");
    });

    it("never wraps: a line is shorter than the terminal is wide", () => {
        const { written, pass, progress } = recording(true, { NO_COLOR: "1" }, 30);
        progress.step("building");
        pass(1);
        progress.update(0.1, "github.com/some/very/long/package/path");
        expect(written[1]).toBe("\r\u001b[Kbuilding: 10 % 1 s  github.co");
    });
});
