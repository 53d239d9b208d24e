import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = dirname(dirname(here));
export const packs = { ours: join(root, "policies"), bare: join(here, "nothing-pack") };
