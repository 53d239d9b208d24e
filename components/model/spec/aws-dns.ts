import { z } from "zod";
import { hostname } from "./shared";

/** Where the hubs' domains are kept. Without a zone somebody points each domain at the load balancer by hand. */
export const dnsSchema = z
    .strictObject({
        zone: hostname
            .optional()
            .describe(
                "A public Route 53 zone of the account that stands already: gets the records",
            ),
        create: hostname
            .optional()
            .describe("A public Route 53 zone to make; its parent then has to delegate to it"),
        delegated: z
            .boolean()
            .default(false)
            .describe("With create: the parent zone names the servers that the first up printed"),
    })
    .prefault({})
    .describe("Without zone and create: the domains are pointed at the load balancer by hand");

export type DnsSpec = z.infer<typeof dnsSchema>;

/** The zone that the hubs' domains are kept in, if Steward writes to one. */
export function zoneName({ zone, create }: DnsSpec): string | undefined {
    return zone ?? create;
}

/** Whether certificates can be asked for: the world finds the domains where we write them. */
export function isReachable({ create, delegated }: DnsSpec): boolean {
    return create === undefined || delegated;
}
