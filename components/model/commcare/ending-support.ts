import type { CommcareLayer } from "../layers";
import type { PlatformName } from "../roles";
import { needed } from "./check-plan";
import type { ServiceSlug } from "./services";
import { services } from "./services";
import { support as keptCurrent } from "./support";

/** How long before the end of its support the owner of a service is told, days. */
export const daysBeforeEnd = 180;

/** A service that is mended no longer than shortly, or not any more. */
export interface EndingSupport {
    readonly service: ServiceSlug;
    readonly title: string;
    readonly version: string;
    readonly layer: CommcareLayer;
    /** The last day, as in 2027-04-01. */
    readonly ends: string;
    readonly over: boolean;
    readonly source: string;
}

/**
 * The services of a cluster whose support has ended, or ends within 180 days; the earliest first.
 *
 * @param inCloud Those that the cloud runs, by its own calendar; without it all go by their makers'.
 * @param cloud Which one that is.
 * @param chosen Versions of those that the stack file chose; without them the catalogue's.
 */
export function endingSupport(
    present: readonly ServiceSlug[],
    now: Date,
    inCloud: readonly ServiceSlug[] = [],
    cloud: PlatformName = "aws",
    chosen: Chosen = {},
): EndingSupport[] {
    const soon = now.getTime() + daysBeforeEnd * 86_400_000;
    return present
        .flatMap((service): EndingSupport[] => {
            const { title, layer, support, version: usual, inCloud: clouds } = services[service];
            const managed = inCloud.includes(service);
            const theirs = managed
                ? (clouds?.[cloud] ?? { support: keptCurrent.cloud })
                : { support };
            const { source } = theirs.support;
            const major = managed ? chosen[service]?.split(".")[0] : undefined;
            const ends = clouds?.[cloud]?.ends?.[major ?? ""] ?? theirs.support.ends;
            const version = major ?? ("version" in theirs ? theirs.version : undefined) ?? usual;
            if (ends === null || version === null || Date.parse(ends) > soon) return [];
            const over = Date.parse(ends) + 86_400_000 <= now.getTime();
            return [{ service, title, version, layer, ends, over, source }];
        })
        .sort((one, other) => one.ends.localeCompare(other.ends));
}

/** Versions of services of the cloud, by service. */
export type Chosen = Readonly<Partial<Record<ServiceSlug, string>>>;

/** The oldest of the versions that databases of the cloud have: what ends first. */
export function oldestPostgresql(versions: readonly string[]): Chosen {
    const [oldest] = [...versions].sort(
        (one, other) => Number.parseFloat(one) - Number.parseFloat(other),
    );
    return oldest === undefined ? {} : { postgresql: oldest };
}

/** What runs, and what of it the cloud runs: whatever every CommCare needs and stands on no machine. */
export interface Running {
    readonly present: readonly ServiceSlug[];
    readonly inCloud: readonly ServiceSlug[];
}

/** @param onMachines Empty where nothing stands yet: then all goes by the calendars of the makers. */
export function running(onMachines: readonly ServiceSlug[]): Running {
    if (onMachines.length === 0) {
        return { present: [...needed, "elasticsearch", "ssh"], inCloud: [] };
    }
    const inCloud = needed.filter(
        (slug) => services[slug].homes.includes("cloud") && !onMachines.includes(slug),
    );
    return { present: [...new Set([...needed, ...onMachines, "ssh" as const])], inCloud };
}

/** One line for the owner of the service. */
export function wordEndingSupport({ title, version, ends, over }: EndingSupport): string {
    const what = `${title} ${version}`;
    return over
        ? `${what} is not mended any more since ${ends}`
        : `${what} is mended until ${ends} only`;
}
