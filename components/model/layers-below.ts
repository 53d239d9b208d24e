import type { CommcareLayer } from "./layers";
import { ownerKeys } from "./tags";

/** The layers below a machine's own, by the key that names the role of each on the machine and on its disks. */
export const layersBelow = {
    [ownerKeys.os]: "operating-system",
    [ownerKeys.hosting]: "hosting",
} as const satisfies Readonly<Record<string, CommcareLayer>>;
