import type { Problem } from "../../../components/model/problem";
import type { Drained, DrainOptions } from "./drain";
import type { Found } from "./found";

/** What stands of a cluster that the engine never made, in whichever cloud, and how it goes. */
export interface Spawned {
    readonly found: readonly Found[];
    /** What could not be asked. */
    readonly problems: readonly Problem[];
    /** What nobody looks at in this cloud, in words; empty where everything is. */
    readonly unseen: string;
    /** Whether it holds data that nobody released. */
    readonly isKept: (each: Found, release: readonly string[]) => boolean;
    /** What `--release` takes for it; undefined for what names nobody. */
    readonly placeOf: (each: Found) => string | undefined;
    /** What the cloud would refuse to delete, or take along, when half of the cluster is gone. Never rejects. */
    readonly inTheWay: (release: readonly string[]) => Promise<readonly Problem[]>;
    /** Never rejects; what could not be removed is a problem. */
    readonly drain: (options: DrainOptions) => Promise<Drained>;
    /** Removes what the cluster itself held, once it is gone. Never rejects. */
    readonly removeLater: (
        due: readonly Found[],
        options: DrainOptions,
    ) => Promise<Pick<Drained, "removed" | "problems">>;
}
