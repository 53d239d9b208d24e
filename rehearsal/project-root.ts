import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The file that marks the root: Pulumi itself looks for it in the same way, upwards. */
const marker = "Pulumi.yaml";

/**
 * The folder of this project: the nearest one, upwards, that holds Pulumi.yaml. The same for sources
 * run from the tree and from dist/.
 *
 * @param from Absolute folder to begin at.
 * @throws Error when no folder up to the root of the disk has one: the checkout is incomplete.
 */
export function projectRoot(from: string = __dirname): string {
    for (let folder = from; ; folder = dirname(folder)) {
        if (existsSync(join(folder, marker))) return folder;
        if (folder === dirname(folder)) {
            throw new Error(
                `${from}: no ${marker} here or in a folder above; run from a whole checkout.`,
            );
        }
    }
}
