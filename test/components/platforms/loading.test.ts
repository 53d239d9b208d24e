import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../../rehearsal/project-root";

/** The packages that the program of a stack loads, in a process of its own: jest has a loader of its own. */
function loadedBy(stack: string): string[] {
    const script = join(projectRoot(), "test", "bench", "load-program.cjs");
    const said = execFileSync(process.execPath, ["--no-warnings", script, stack, "--list"], {
        encoding: "utf8",
    });
    return said.split("\n").filter((name) => /^@pulumi\/(aws|azure-native|kubernetes)$/.test(name));
}

const own = { aws: "@pulumi/aws", azure: "@pulumi/azure-native" };

describe("the program of a stack", () => {
    it.each([
        ["jupyterhub-aws", [own.aws, "@pulumi/kubernetes"]],
        ["jupyterhub-azure", [own.azure, "@pulumi/kubernetes"]],
        ["jupyterhub-vms", ["@pulumi/kubernetes"]],
        ["commcare-aws", [own.aws]],
        ["commcare-azure", [own.azure]],
        ["commcare-vms", []],
    ])("%s loads the SDK of its own cloud and no other", (stack, packages) => {
        expect(loadedBy(stack)).toEqual(packages);
    });
});
