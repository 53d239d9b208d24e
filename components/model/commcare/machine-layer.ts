import type { CommcareLayer } from "../layers";
import type { Machine } from "./plan";
import { services } from "./services";

/**
 * The innermost layer of a machine: that of its services, data before applications, since data is what cannot be had
 * again. Its operating system and its hosting are layers of their own.
 */
export function machineLayer({ services: placed }: Pick<Machine, "services">): CommcareLayer {
    const found = new Set(placed.map((slug) => services[slug].layer));
    for (const layer of ["data-services", "app-services"] as const) {
        if (found.has(layer)) return layer;
    }
    return "operating-system";
}
