import { linesOf } from "./check";

/** Before the kind of container that a host is, or `none`. */
const mark = "container ";

/** Shell: has a host say whether it is a container, in a line of its own. */
export const askContainer = `printf '${mark}'; systemd-detect-virt --container || true`;

/** Whether a host said so: what is about a kernel of its own is not asked of it then. */
export const isContainer = (said: string): boolean =>
    linesOf(said).some((line) => line.startsWith(mark) && line !== `${mark}none`);
