import { appServices } from "./app-services";
import { dataServices } from "./data-services";
import type { Service } from "./service";

export type ServiceSlug = keyof typeof appServices | keyof typeof dataServices;

/**
 * Every component of a running CommCare, by slug: what security groups, machine plans, the hand-over to
 * commcare-cloud and the reminders of ending support are all derived from.
 */
export const services: Readonly<Record<ServiceSlug, Service<ServiceSlug>>> = {
    ...appServices,
    ...dataServices,
};

export const serviceSlugs = Object.keys(services) as readonly ServiceSlug[];

/** The tag of a machine that names its services, with a blank between them. */
export const serviceTag = "service";

/** Services that a machine can be asked to run. */
export const placeable: readonly ServiceSlug[] = serviceSlugs.filter((slug) =>
    services[slug].homes.includes("machine"),
);
