import type { Outsider, Protocol } from "./service";
import type { ServiceSlug } from "./services";
import { serviceSlugs, services } from "./services";

/** One kind of connection that the cluster needs: whatever is in no flow stays closed. */
export interface Flow {
    readonly client: ServiceSlug | Outsider;
    readonly server: ServiceSlug;
    readonly port: number;
    readonly protocol: Protocol;
    readonly carries: string;
}

/**
 * Who connects to whom in a cluster of these services, each (client, server, port, protocol) once.
 *
 * `ssh` is part of every cluster with a control machine: its server is each machine.
 *
 * @param present What the cluster has, on machines or as services of the cloud; without it the whole catalogue.
 */
export function flows(present: readonly ServiceSlug[] = serviceSlugs): Flow[] {
    const there = new Set<string>(present);
    const everywhere = serviceSlugs.filter((slug) =>
        services[slug].homes.includes("every-machine"),
    );
    const found = new Map<string, Flow>();
    for (const server of new Set([...present, ...everywhere])) {
        for (const { port, protocol, from, carries, unless } of services[server].ports) {
            if (unless !== undefined && there.has(unless)) continue;
            for (const client of from) {
                if (Object.hasOwn(services, client) && !there.has(client)) continue;
                const key = [client, server, port, protocol].join(" ");
                const before = found.get(key);
                const what = before === undefined ? carries : `${before.carries}; ${carries}`;
                found.set(key, { client, server, port, protocol, carries: what });
            }
        }
    }
    return [...found.values()];
}
