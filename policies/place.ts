import type { Owner } from "../components/model/matrix";
import { rowName } from "../components/model/matrix";
import type { Finding } from "./rule";

/** Layer and role of an owner, as a finding names them. */
export function placeOf(owner: Owner | undefined): Pick<Finding, "layer" | "role"> {
    if (owner === undefined) return { layer: null, role: null };
    return { layer: rowName(owner), role: owner.role };
}
