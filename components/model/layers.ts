import { commcareLayers } from "./layers-commcare";
import { jupyterhubLayers } from "./layers-jupyterhub";
import type { ResponsibilityId } from "./responsibilities";
import type { PlatformName, RoleSlug, Workload } from "./roles";

/** How the resources of a layer show their owner; a duty holds no resource and shows it only in the matrix. */
export type LayerCarrier = "tags" | "labels" | "host-file" | "matrix";

/** A slice of a cluster that exactly one role is accountable for. */
export interface Layer {
    readonly title: string;
    /** What is in it, for somebody who never saw Pulumi. */
    readonly holds: string;
    /** The role that answers for it unless the stack file says otherwise; null where no document names one. */
    readonly role: RoleSlug | null | Readonly<Record<PlatformName, RoleSlug>>;
    readonly discharges: readonly ResponsibilityId[];
    /** ["matrix"] alone is a duty: no resource, and still an owner. */
    readonly carriers: readonly LayerCarrier[];
    /** Each hub has one of its own: one row of the matrix per hub. */
    readonly perHub: boolean;
    /** Holds data that cannot be had again: encrypted, backed up, protected. */
    readonly data: boolean;
    /** The platforms it exists on. */
    readonly platforms: readonly PlatformName[];
}

export const layers = {
    commcare: commcareLayers,
    jupyterhub: jupyterhubLayers,
} as const satisfies Record<Workload, Readonly<Record<string, Layer>>>;

export type CommcareLayer = keyof typeof commcareLayers;
export type JupyterhubLayer = keyof typeof jupyterhubLayers;
export type LayerSlug = CommcareLayer | JupyterhubLayer;

/** The layers that a cluster of this workload must have on this platform, in the order of the book. */
export function layersOf(workload: Workload, platform: PlatformName): [LayerSlug, Layer][] {
    const all = Object.entries<Layer>(layers[workload]) as [LayerSlug, Layer][];
    return all.filter(([, layer]) => layer.platforms.includes(platform));
}

/** The layer of that slug, or undefined when the workload has none. */
export function findLayer(workload: Workload, slug: string): Layer | undefined {
    const all: Readonly<Record<string, Layer>> = layers[workload];
    return Object.hasOwn(all, slug) ? all[slug] : undefined;
}

/** The role that answers for a layer where the stack file says nothing; null when a party must be named. */
export function defaultRole(layer: Layer, platform: PlatformName): RoleSlug | null {
    return typeof layer.role === "object" && layer.role !== null
        ? layer.role[platform]
        : layer.role;
}

export function isDuty(layer: Layer): boolean {
    return layer.carriers.every((carrier) => carrier === "matrix");
}
