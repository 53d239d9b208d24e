import type { Matrix } from "../../../components/model/matrix";
import { rowName } from "../../../components/model/matrix";
import { ownerKeys } from "../../../components/model/tags";

export type FoundKind =
    | "machine"
    | "user server"
    | "build pod"
    | "claim"
    | "disk"
    | "snapshot"
    | "load balancer"
    | "network interface"
    | "security group"
    | "repository"
    | "resource";

/** Who something says that it belongs to, in its own tags or labels. */
export interface ShownOwner {
    readonly role: string;
    readonly party: string;
    /** `layer`, or `layer@hub` for one hub's share. */
    readonly place: string;
    readonly contact: string | null;
}

/** Something of a cluster that stands and that the engine never made. */
export interface Found {
    readonly kind: FoundKind;
    /** The cloud's id of it, or `<namespace>/<name>` in Kubernetes. */
    readonly id: string;
    /** Null where it names nobody. */
    readonly owner: ShownOwner | null;
    /** What becomes of it when the cluster is destroyed: it goes too, stays and costs, or keeps something from going. */
    readonly fate: "goes" | "stays" | "blocks";
    /** How it came, or why its fate is this one. */
    readonly why: string;
    /** Whether `--drain` may remove it; copies never, and no disk or claim that names nobody. */
    readonly drains: boolean;
}

/** The owner that tags or labels name; a contact is taken from the matrix where a label cannot hold one. */
export function ownerIn(
    keys: Readonly<Record<string, string>>,
    { cluster, parties }: Pick<Matrix, "cluster" | "parties">,
): ShownOwner | null {
    const { role, party, layer, hub, contact } = ownerKeys;
    const [ofRole, ofParty, ofLayer] = [keys[role], keys[party], keys[layer]];
    if (ofRole === undefined || ofParty === undefined || ofLayer === undefined) return null;
    if (keys[ownerKeys.cluster] !== cluster) return null;
    const scope = keys[hub];
    const known = Object.hasOwn(parties, ofParty) ? parties[ofParty]?.contact : undefined;
    return {
        role: ofRole,
        party: ofParty,
        place: rowName({ layer: ofLayer, ...(scope === undefined ? {} : { scope }) }),
        contact: keys[contact] ?? known ?? null,
    };
}
