import type { CommcareLayer } from "../layers";
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
 */
export function endingSupport(
    present: readonly ServiceSlug[],
    now: Date,
    inCloud: readonly ServiceSlug[] = [],
): EndingSupport[] {
    const soon = now.getTime() + daysBeforeEnd * 86_400_000;
    return present
        .flatMap((service): EndingSupport[] => {
            const { title, version, layer, support, supportInCloud } = services[service];
            const managed = supportInCloud ?? keptCurrent.cloud;
            const { ends, source } = inCloud.includes(service) ? managed : support;
            if (ends === null || version === null || Date.parse(ends) > soon) return [];
            const over = Date.parse(ends) + 86_400_000 <= now.getTime();
            return [{ service, title, version, layer, ends, over, source }];
        })
        .sort((one, other) => one.ends.localeCompare(other.ends));
}

/** One line for the owner of the service. */
export function wordEndingSupport({ title, version, ends, over }: EndingSupport): string {
    const what = `${title} ${version}`;
    return over
        ? `${what} is not mended any more since ${ends}`
        : `${what} is mended until ${ends} only`;
}
