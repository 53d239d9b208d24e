import type { Rule } from "./rule";
import { coverage } from "./rules/coverage";
import { exemptions } from "./rules/exemptions";
import { gate } from "./rules/gate";
import { insideOneLayer } from "./rules/inside-one-layer";
import { layerAsAssigned } from "./rules/layer-as-assigned";
import { ownerCarried } from "./rules/owner-carried";

/** All rules, in the order in which they speak. */
export const rules: readonly Rule[] = [
    gate,
    insideOneLayer,
    layerAsAssigned,
    ownerCarried,
    coverage,
    exemptions,
];
