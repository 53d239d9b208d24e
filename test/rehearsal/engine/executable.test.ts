import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
    executablesOnPath,
    rememberedAnswer,
    type Ask,
} from "../../../rehearsal/engine/executable";
import { fakeProgram, temporaryFolder } from "./fakes";

const root = temporaryFolder();
const memory = join(root, "cache", "on-path.json");

/** Asks nothing: counts and answers "v1", "v2", ... */
function counting(): { ask: Ask; asked: string[] } {
    const asked: string[] = [];
    return {
        asked,
        ask: (path) => {
            asked.push(path);
            return Promise.resolve(`v${asked.length}`);
        },
    };
}

describe("executablesOnPath", () => {
    it("lists files that may be executed, in the order of PATH, and no relative folder", () => {
        const [first, second] = [join(root, "first"), join(root, "second")];
        const expected = ["first", "second"].map((name) =>
            fakeProgram(join(root, name, "thing"), "x"),
        );
        mkdirSync(join(root, "folder", "thing"), { recursive: true });
        mkdirSync(join(root, "plain"));
        writeFileSync(join(root, "plain", "thing"), "not executable");
        const PATH = `:.:${join(root, "folder")}:${join(root, "plain")}:${first}:/absent:${second}`;
        expect(executablesOnPath("thing", { PATH })).toEqual(expected);
        expect(executablesOnPath("thing", {})).toEqual([]);
    });
});

describe("rememberedAnswer", () => {
    it("asks once, and again when the program has changed", async () => {
        const path = fakeProgram(join(root, "binary", "thing"), "\u007fELF");
        const { ask, asked } = counting();
        const answer = () => rememberedAnswer(path, ["version"], {}, memory, ask);
        expect([await answer(), await answer()]).toEqual(["v1", "v1"]);
        utimesSync(path, new Date(0), new Date(1_000_000));
        expect([await answer(), await answer()]).toEqual(["v2", "v2"]);
        writeFileSync(memory, "{ broken");
        expect(await answer()).toBe("v3");
        expect(asked).toHaveLength(3);
    });

    it("asks a script every time: it may be the shim of a version manager", async () => {
        const path = fakeProgram(join(root, "script", "thing"), "#!/bin/sh\n");
        const { ask } = counting();
        const answer = () => rememberedAnswer(path, ["version"], {}, memory, ask);
        expect([await answer(), await answer()]).toEqual(["v1", "v2"]);
    });

    it("asks a link to a program of another name every time, by the name of the link", async () => {
        const manager = fakeProgram(join(root, "manager", "manager"), "\u007fELF");
        const path = join(root, "manager", "thing");
        symlinkSync(manager, path);
        const { ask, asked } = counting();
        const answer = () => rememberedAnswer(path, ["version"], {}, memory, ask);
        expect([await answer(), await answer()]).toEqual(["v1", "v2"]);
        expect(asked).toEqual([path, path]);
    });

    it("does not need a memory that can be written", async () => {
        const path = fakeProgram(join(root, "unwritable", "thing"), "\u007fELF");
        const { ask } = counting();
        expect(await rememberedAnswer(path, [], {}, join(path, "memory.json"), ask)).toBe("v1");
    });

    it("has no answer from a program that fails", async () => {
        const path = fakeProgram(join(root, "failing", "thing"), "#!/bin/sh\nexit 3\n");
        expect(await rememberedAnswer(path, [], {}, memory)).toBeUndefined();
    });
});
