// The plugin of @pulumi/command, where this machine has it.
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

const name = "pulumi-resource-command";
const { version } = createRequire(import.meta.url)("@pulumi/command/package.json");

/** Whether a file may be run. */
function runs(file) {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

/**
 * The folder of the plugin: one of PATH, or that of the release in Pulumi's home, which a rehearsal has another of.
 *
 * @returns undefined where it is in none of these.
 */
export function commandPlugin({ PATH = "", PULUMI_HOME = join(homedir(), ".pulumi") }) {
    const folders = [
        ...PATH.split(delimiter),
        join(PULUMI_HOME, "plugins", `resource-command-v${version}`),
    ];
    return folders.find((folder) => folder !== "" && runs(join(folder, name)));
}
