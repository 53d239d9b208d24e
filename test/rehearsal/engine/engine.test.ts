import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
    chmodSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
    EngineMissing,
    engineTool,
    engineVersion,
    findEngine,
} from "../../../rehearsal/engine/engine";
import { cachedPath } from "../../../rehearsal/engine/tool";
import { silentProgress } from "../../../rehearsal/progress";
import { answering, fakeProgram, recordingProgress, temporaryFolder } from "./fakes";

const root = temporaryFolder();
const unreachable = "http://127.0.0.1:9/install.sh";
let count = 0;

/** A cache and a PATH of their own; /bin and /usr/bin only, where there is neither pulumi nor go. */
function surroundings(): { cacheDir: string; bin: string; env: NodeJS.ProcessEnv } {
    const folder = join(root, String((count += 1)));
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    return { cacheDir: join(folder, "cache"), bin, env: { PATH: `${bin}:/usr/bin:/bin` } };
}

function find(
    { cacheDir, env }: { cacheDir: string; env: NodeJS.ProcessEnv },
    installerUrl = unreachable,
) {
    return findEngine({ cacheDir, env, progress: silentProgress, installerUrl });
}

describe("the engine on PATH", () => {
    it.each([
        ["v3.250.0", "3.250.0"],
        ["v3.259.1-dev.0", "3.259.1"],
        ["3.1000.0", "3.1000.0"],
    ])("takes %s", async (answer, version) => {
        const here = surroundings();
        const path = answering(join(here.bin, "pulumi"), answer);
        expect(await find(here)).toEqual({ path, version, source: "path" });
    });

    it.each(["v3.249.9", "v2.300.0", "v4.0.0", "hello"])(
        "leaves %s for the one in the cache",
        async (answer) => {
            const here = surroundings();
            answering(join(here.bin, "pulumi"), answer);
            const path = answering(cachedPath(engineTool(), here.cacheDir), "v3.250.0");
            expect(await find(here)).toEqual({ path, version: "3.250.0", source: "cache" });
        },
    );

    it("goes on to the next on PATH when the first is too old or does not run", async () => {
        const here = surroundings();
        const newer = join(root, "newer");
        fakeProgram(join(here.bin, "pulumi"), "#!/bin/sh\nexit 1\n");
        const path = answering(join(newer, "pulumi"), "v3.251.0");
        here.env["PATH"] = `${here.bin}:${newer}:/usr/bin:/bin`;
        expect(await find(here)).toEqual({ path, version: "3.251.0", source: "path" });
    });

    it("is preferred to the cache", async () => {
        const here = surroundings();
        answering(cachedPath(engineTool(), here.cacheDir), "v3.250.0");
        const path = answering(join(here.bin, "pulumi"), "v3.255.0");
        expect((await find(here)).path).toBe(path);
    });
});

describe("the engine in the cache", () => {
    it("is taken by its path: it is not run", async () => {
        const here = surroundings();
        const path = answering(cachedPath(engineTool(), here.cacheDir), "v3.250.0");
        expect(await find(here)).toEqual({ path, version: "3.250.0", source: "cache" });
        expect(existsSync(`${path}.calls`)).toBe(false);
    });

    it("is found through STEWARD_CACHE", async () => {
        const here = surroundings();
        const path = answering(cachedPath(engineTool(), here.cacheDir), "v3.250.0");
        const env = { ...here.env, STEWARD_CACHE: here.cacheDir };
        const engine = await findEngine({
            env,
            progress: silentProgress,
            installerUrl: unreachable,
        });
        expect(engine.path).toBe(path);
    });

    it("is not taken when it cannot be executed", async () => {
        const here = surroundings();
        chmodSync(answering(cachedPath(engineTool(), here.cacheDir), "v3.250.0"), 0o644);
        await expect(find(here)).rejects.toThrow(EngineMissing);
    });
});

describe("the installer", () => {
    let server: Server;
    let script = "";
    let status = 200;
    let url = "";

    beforeAll(async () => {
        server = createServer((_request, response) => response.writeHead(status).end(script));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/install.sh`;
    });
    afterAll(() => server.close());

    /** Does what the official one does with its arguments: `--install-root R --version V`. */
    const good = (answer: string) =>
        [
            "#!/bin/sh",
            'test "$1 $2 $4 $5" = "--no-edit-path --install-root --version 3.250.0" || exit 9',
            'mkdir -p "$3/bin"; printf "#!/bin/sh\\necho ' + answer + '\\n" > "$3/bin/pulumi"',
            'chmod +x "$3/bin/pulumi"',
        ].join("\n");

    it("fills the cache once, and nothing half done stays", async () => {
        const here = surroundings();
        [status, script] = [200, good("v3.250.0")];
        const path = cachedPath(engineTool(), here.cacheDir);
        const engines = await Promise.all([find(here, url), find(here, url)]);
        expect(engines.map((engine) => [engine.path, engine.source])).toEqual([
            [path, "installer"],
            [path, "cache"],
        ]);
        const platform = `3.250.0-${process.platform}-${process.arch}`;
        expect(readdirSync(join(here.cacheDir, "engine"))).toEqual([platform]);
    });

    it.each([
        ["a script that fails", 200, "#!/bin/sh\necho no space >&2\nexit 1", "no space"],
        ["a page instead of a script", 200, "<html>Log in</html>", "something else than a script"],
        ["an error", 503, "#!/bin/sh", "answers 503"],
        ["a script that installs nothing", 200, "#!/bin/sh", "left no bin/pulumi"],
        ["another version", 200, good("v3.1.0"), "says it is v3.1.0, not 3.250.0"],
    ])("is not believed: %s", async (_name, code, content, reason) => {
        const here = surroundings();
        [status, script] = [code, content];
        await expect(find(here, url)).rejects.toThrow(reason);
        expect(existsSync(cachedPath(engineTool(), here.cacheDir))).toBe(false);
        expect(readdirSync(join(here.cacheDir, "engine"))).toEqual([]);
    });
});

describe("no engine", () => {
    it("says what was tried and exactly what to install", async () => {
        const here = surroundings();
        await expect(find(here)).rejects.toThrow(
            "Pulumi engine: none found and none could be made (pulumi is not on PATH; " +
                "127.0.0.1:9 cannot be reached; Go is not on PATH); " +
                "install Pulumi 3.250 or newer from https://www.pulumi.com/docs/install/ " +
                "or Go 1.25 or newer from https://go.dev/doc/install, then run this again.",
        );
    });

    it("names an engine that is too old", async () => {
        const here = surroundings();
        const path = answering(join(here.bin, "pulumi"), "v3.100.0");
        await expect(find(here)).rejects.toThrow(
            `(${path} is 3.100.0, taken is 3.x from 3.250.0 on; `,
        );
    });

    it("names a cache that cannot be written", async () => {
        const here = surroundings();
        writeFileSync(here.cacheDir, "a file where a folder should be");
        await expect(find(here)).rejects.toThrow(
            /\(pulumi is not on PATH; E\w+: .*cache.*\); install/,
        );
    });
});

describe("building with Go", () => {
    /** A go that answers its version, lists two stale packages, and "builds" a pulumi. */
    const go = (build: string, version = "go1.26.0") =>
        [
            "#!/bin/sh",
            'echo "$GOTOOLCHAIN|$CGO_ENABLED|$*" >> "$0.calls"',
            'case "$1" in',
            `env) echo ${version} ;;`,
            'list) echo "go: downloading example.org/one v1.0.0" >&2; echo example.org/one; echo main ;;',
            `build) ${build} ;;`,
            "esac",
        ].join("\n");
    const works = [
        'for a; do case "$p" in -o) out="$a" ;; esac; p="$a"; done',
        "echo example.org/one >&2; echo main >&2",
        'printf "#!/bin/sh\\necho v3.250.0\\n" > "$out"; chmod +x "$out"',
    ].join("; ");

    it("builds into the cache and says how far it is", async () => {
        const here = surroundings();
        const { progress, said } = recordingProgress();
        fakeProgram(join(here.bin, "go"), go(works));
        const { cacheDir, env } = here;
        const engine = await findEngine({ cacheDir, env, progress, installerUrl: unreachable });
        expect(engine).toEqual({
            path: cachedPath(engineTool(), cacheDir),
            version: "3.250.0",
            source: "built",
        });
        const modules = Number(/^update: (\S+)/.exec(said[3] ?? "")?.[1]);
        expect(said.toSpliced(3, 1)).toEqual([
            "step: Pulumi is not here: asking for its installer",
            "done: no installer: 127.0.0.1:9 cannot be reached",
            "step: fetching the sources of Pulumi 3.250.0",
            "done: ",
            "step: building Pulumi 3.250.0 from source (once, some minutes)",
            "update: 0.5 1 of 2 packages, example.org/one",
            "update: 0.99 2 of 2 packages, main",
            "done: built Pulumi 3.250.0",
        ]);
        expect(modules).toBeGreaterThan(0);
        expect(modules).toBeLessThan(0.01);
        const calls = readFileSync(join(here.bin, "go.calls"), "utf8");
        expect(calls).toContain("sdk/v3/go/common/version.Version=v3.250.0 -o ");
        expect(calls).toContain("|0|build -v -mod=readonly");
    });

    it("shows why it failed, without the names of packages, and leaves nothing behind", async () => {
        const here = surroundings();
        const failing = "echo example.org/one >&2; echo 'one.go:3: undefined: x' >&2; exit 1";
        fakeProgram(join(here.bin, "go"), go(failing));
        await expect(find(here)).rejects.toThrow(
            "127.0.0.1:9 cannot be reached; one.go:3: undefined: x); install",
        );
        expect(readdirSync(join(here.cacheDir, "engine"))).toEqual([]);
    });

    it("takes over from a build that was killed, and removes what it left", async () => {
        const here = surroundings();
        fakeProgram(join(here.bin, "go"), go(works));
        const folder = join(here.cacheDir, "engine");
        mkdirSync(join(folder, "unfinished-abc", "bin"), { recursive: true });
        const owner = { pid: spawnSync("true").pid, host: hostname() };
        writeFileSync(join(folder, "lock"), JSON.stringify(owner));
        expect((await find(here)).source).toBe("built");
        expect(readdirSync(folder)).toEqual([`3.250.0-${process.platform}-${process.arch}`]);
    });

    it("builds the version that the module pins", () => {
        const { moduleFolder, stamps } = engineTool().program;
        const pins = readFileSync(join(moduleFolder, "go.mod"), "utf8");
        for (const part of ["pkg", "sdk"]) {
            expect(pins).toContain(`github.com/pulumi/pulumi/${part}/v3 v${engineVersion} `);
        }
        expect(Object.values(stamps)).toEqual([`v${engineVersion}`]);
    });

    it.each([
        ["go1.20.14", undefined, "Go 1.20.14 is older than 1.25.11 and cannot fetch a newer one"],
        ["go1.22.1", "local", "Go 1.22.1 is older than 1.25.11 and GOTOOLCHAIN=local keeps it so"],
        ["devel", undefined, "does not tell its version"],
    ])("refuses %s with GOTOOLCHAIN %s", async (version, toolchain, reason) => {
        const here = surroundings();
        if (toolchain !== undefined) here.env["GOTOOLCHAIN"] = toolchain;
        fakeProgram(join(here.bin, "go"), go(works, version));
        await expect(find(here)).rejects.toThrow(reason);
    });

    it("lets an older Go fetch the one it needs", async () => {
        const here = surroundings();
        fakeProgram(join(here.bin, "go"), go(works, "go1.22.1"));
        expect((await find(here)).source).toBe("built");
        expect(readFileSync(join(here.bin, "go.calls"), "utf8")).toContain("auto|0|build");
    });
});
