import { buildCluster } from "../components/build-cluster";
import type { GapOptions } from "../components/model/gaps";
import { readStack } from "./read-stack";

/** The program of every stack: reads the stack file, refuses it, or builds what it describes. */
export async function program(options: GapOptions) {
    const { spec, secrets } = readStack(options);
    return buildCluster(spec, secrets);
}
