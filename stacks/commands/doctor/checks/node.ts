import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAtLeast, parseVersion } from "../../../../rehearsal/engine/version";
import { projectRoot } from "../../../../rehearsal/project-root";
import type { Finding, MachineCheck } from "../check";

/** The range such as `>=20.20` that a package names for Node. */
function wantedBy(folder: string): string {
    const text = readFileSync(join(projectRoot(), folder, "package.json"), "utf8");
    const read = JSON.parse(text) as { engines?: { node?: string } };
    return read.engines?.node ?? ">=0.0";
}

/**
 * Compares Node with what Steward and the Pulumi SDK ask for.
 *
 * @param version Of Node, with or without a leading v.
 * @param ours The range of package.json: a minimum, such as `>=20.20`.
 * @param sdk The range of @pulumi/pulumi. Below it the SDK was seen to run, hence only a warning.
 */
export function judgeNode(version: string, ours: string, sdk: string): Finding {
    const below = (range: string): boolean => {
        const [is, minimum] = [parseVersion(version), parseVersion(`${range}.0`)];
        return is === undefined || minimum === undefined || !isAtLeast(is, minimum);
    };
    const plain = version.replace(/^v/, "");
    const id = "node";
    const fix = "install Node 22 or 24 from https://nodejs.org";
    if (below(ours)) return { id, status: "lacking", message: `Node ${plain} is not ${ours}`, fix };
    if (below(sdk)) {
        const message = `Node ${plain} works, and the Pulumi SDK names ${sdk}`;
        return { id, status: "warning", message, fix };
    }
    return { id, status: "ok", message: `Node ${plain}` };
}

export const nodeCheck: MachineCheck = {
    id: "node",
    title: "Node",
    needs: "nothing",
    run() {
        const sdk = wantedBy("node_modules/@pulumi/pulumi");
        return Promise.resolve([judgeNode(process.version, wantedBy("."), sdk)]);
    },
};
