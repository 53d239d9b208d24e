import type { StackSpec } from "../../components/model/spec";
import { isVmsMachines } from "../../components/model/spec";

/**
 * Whether an `up` goes on past what failed: machines do not need one another to be made. Nodes of Kubernetes do, and
 * what is in it even more: what the program does not register, because it could not read how Kubernetes is entered,
 * the engine would take for given up, and delete.
 */
export const goesOn = (spec: StackSpec): boolean => isVmsMachines(spec);
