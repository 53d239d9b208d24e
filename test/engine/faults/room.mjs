import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** A module of dist/, by its path there. */
export const from = (path) => require(join(root, "dist", path));

/** The stack whose operations fail and whose engine is killed. */
export const stack = "jupyterhub-aws";
