import type { Rule } from "./rule";
import { carriers } from "./rules/carriers";
import { coverage } from "./rules/coverage";
import { dataBackedUp } from "./rules/data-backed-up";
import { dataEncrypted } from "./rules/data-encrypted";
import { dataPrivate } from "./rules/data-private";
import { dataProtected } from "./rules/data-protected";
import { exemptions } from "./rules/exemptions";
import { gate } from "./rules/gate";
import { hubMachines } from "./rules/hub-machines";
import { insideOneLayer } from "./rules/inside-one-layer";
import { layerAsAssigned } from "./rules/layer-as-assigned";
import { namesLayersBelow } from "./rules/layers-below";
import { ownerCarried } from "./rules/owner-carried";
import { podInterfaces } from "./rules/pod-interfaces";
import { scalingGroups } from "./rules/scaling-groups";
import { spawnPointsHandOn } from "./rules/spawn-points";
import { tagGrammar } from "./rules/tag-grammar";
import { userServers } from "./rules/user-servers";

/** All rules, in the order in which they speak. */
export const rules: readonly Rule[] = [
    gate,
    exemptions,
    carriers,
    insideOneLayer,
    layerAsAssigned,
    ownerCarried,
    spawnPointsHandOn,
    hubMachines,
    namesLayersBelow,
    userServers,
    podInterfaces,
    scalingGroups,
    tagGrammar,
    dataEncrypted,
    dataProtected,
    dataBackedUp,
    dataPrivate,
    coverage,
];
