import { machineChoices } from "../../model/machine-choices";
import type { HubSpec } from "../../model/spec/jupyterhub";

/** Sections of the chart's values that say how users' servers live. */

/** When servers end: `cull`. */
export function culling({ idle }: HubSpec) {
    return {
        enabled: true,
        timeout: idle.timeoutSeconds,
        every: idle.everySeconds ?? Math.min(600, idle.timeoutSeconds),
        maxAge: idle.maxAgeSeconds,
        ...(idle.removeUsers ? { users: true } : {}),
    };
}

/**
 * Memory and cores where no profile says otherwise: `singleuser.memory` and `.cpu`.
 *
 * JupyterHub's `G` is 2^30 bytes, see
 * https://jupyterhub.readthedocs.io/en/5.5.0/reference/api/spawner.html#jupyterhub.spawner.Spawner.mem_limit
 */
export function ordinaryServer({ server }: HubSpec) {
    return {
        memory: {
            guarantee: `${String(server.memoryGuaranteeGiB)}G`,
            limit: `${String(server.memoryLimitGiB)}G`,
        },
        cpu: {
            guarantee: server.cpuGuarantee,
            ...(server.cpuLimit === undefined ? {} : { limit: server.cpuLimit }),
        },
    };
}

/**
 * How many seats to keep free: as given, or as many as users come while a machine starts.
 *
 * @see https://github.com/2i2c-org/infrastructure/blob/main/docs/topic/infrastructure/user-placeholders.md
 */
export function seatsOf({ placeholders }: HubSpec): number {
    const { seats, arrivals } = placeholders ?? {};
    if (seats !== undefined) return seats;
    if (arrivals === undefined) return 0;
    const { users, withinMinutes, nodeStartMinutes } = arrivals;
    return Math.ceil((users * nodeStartMinutes) / withinMinutes);
}

/**
 * Pods that take the room of users to come and make way for them: parts of `scheduling`. They need the priority
 * classes; where nothing makes way nobody needs those.
 */
export function freeSeats(hub: HubSpec) {
    const seats = seatsOf(hub);
    if (seats === 0) {
        return { podPriority: { enabled: false }, userPlaceholder: { enabled: false } };
    }
    return {
        podPriority: { enabled: true },
        userPlaceholder: { enabled: true, replicas: seats, ...roomOfSeat(hub) },
    };
}

/** A seat is as large as the first computed choice, which is KubeSpawner's default; without one, as a server. */
function roomOfSeat({ profiles }: HubSpec) {
    const [first] = profiles.flatMap(({ profile_options: options = {} }) =>
        Object.values(options).flatMap(({ machines = [] }) => machineChoices(machines)),
    );
    const override = first?.[1].kubespawner_override;
    if (override === undefined) return {};
    const { mem_guarantee: memory, cpu_guarantee: cpu } = override;
    // On any machine of the hub that it fits: the chart writes `singleuser.nodeSelector` on seats, and a second
    // selector for the type of machine would be the same key twice.
    return { resources: { requests: { memory, cpu } } };
}

/** What users' servers may reach besides the internet: `singleuser.networkPolicy.egress`. */
export function privateReach({ reaches }: HubSpec) {
    return reaches.map(({ cidr, ports }) => ({
        to: [{ ipBlock: { cidr } }],
        ports: ports.map((port) => ({ port, protocol: "TCP" })),
    }));
}

/** The image of a server that no profile describes, and when it is pulled again: `singleuser.image`. */
export function ordinaryImage({ image, imagePullPolicy }: HubSpec) {
    const values = {
        ...image,
        ...(imagePullPolicy === undefined ? {} : { pullPolicy: imagePullPolicy }),
    };
    return Object.keys(values).length === 0 ? {} : { image: values };
}
