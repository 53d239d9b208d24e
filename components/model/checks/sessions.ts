import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";

/** What does not fit together in how a hub's servers live. */
export function checkSessions({ server, placeholders, idle }: HubSpec, path: string): Problem[] {
    const problems: Problem[] = [];
    const say = (key: string, message: string, fix: string) => {
        problems.push({ path: `${path}.${key}`, message, fix });
    };
    if (server.memoryLimitGiB < server.memoryGuaranteeGiB) {
        say("server.memoryLimitGiB", "is below what is guaranteed", "write at least as much");
    }
    if (server.cpuLimit !== undefined && server.cpuLimit < server.cpuGuarantee) {
        say("server.cpuLimit", "is below what is guaranteed", "write at least as much");
    }
    if (
        placeholders !== undefined &&
        (placeholders.seats === undefined) === (placeholders.arrivals === undefined)
    ) {
        const message = "names both a number of seats and arrivals, or neither";
        say("placeholders", message, "write `seats`, or `arrivals` to have them computed");
    }
    if (idle.maxAgeSeconds > 0 && idle.maxAgeSeconds < idle.timeoutSeconds) {
        const message = "ends servers before they can be idle that long";
        say("idle.maxAgeSeconds", message, "write at least timeoutSeconds, or 0 for never");
    }
    return problems;
}
