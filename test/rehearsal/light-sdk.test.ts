import { execFileSync } from "node:child_process";
import { projectRoot } from "../../rehearsal/project-root";

/** In a process of its own: jest has a loader of its own, and the SDK may be loaded already. */
function inProcess(script: string): string {
    const light = 'require("./dist/rehearsal/light-sdk").lightenSdk();';
    const pulumi = 'const pulumi = require("@pulumi/pulumi");';
    const told =
        "const loaded = (name) => Object.keys(require.cache).some((path) => path.includes(name));";
    const program = [light, light, pulumi, told, script].join("\n");
    return execFileSync(process.execPath, ["--no-warnings", "-e", program], {
        cwd: projectRoot(),
        encoding: "utf8",
    }).trim();
}

const both = '["/node_modules/typescript/", "/@npmcli/arborist/"].map(loaded).join()';

it("loads neither the compiler nor the package manager with the SDK", () => {
    expect(inProcess(`console.log(${both});`)).toBe("false,false");
});

it("loads them when the SDK does need them", () => {
    const uses = `
        const three = 3;
        pulumi.runtime
            .serializeFunction(() => three)
            .then(({ text }) => text.includes("three: 3"))
            .then(async (captured) => {
                const paths = await pulumi.runtime.computeCodePaths();
                console.log(captured, paths.size > 0, ${both});
            });`;
    expect(inProcess(uses)).toBe("true true true,true");
});
