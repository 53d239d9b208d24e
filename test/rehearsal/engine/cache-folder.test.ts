import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { cacheFolder } from "../../../rehearsal/engine/cache-folder";

describe("cacheFolder", () => {
    it.each([
        [{ STEWARD_CACHE: "/a", XDG_CACHE_HOME: "/b", HOME: "/c" }, "/a"],
        [{ STEWARD_CACHE: "here", HOME: "/c" }, resolve("here")],
        [{ STEWARD_CACHE: "", XDG_CACHE_HOME: "/b", HOME: "/c" }, "/b/steward"],
        [{ XDG_CACHE_HOME: "relative", HOME: "/c" }, "/c/.cache/steward"],
        [{ HOME: "/c" }, "/c/.cache/steward"],
        [{}, join(homedir(), ".cache", "steward")],
    ])("of %j is %s", (env, expected) => {
        expect(cacheFolder(env)).toBe(expected);
    });
});
