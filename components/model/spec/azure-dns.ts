import { z } from "zod";
import { hostname, says } from "./shared";

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const resourceGroup = z
    .string()
    .regex(
        /^[\w().-]{0,89}[\w()-]$/,
        says("is no resource group", "write the name of the one that the zone is in"),
    );

/** Where the hubs' domains are kept. Without a zone somebody points each domain at the load balancer by hand. */
export const azureDns = z
    .strictObject({
        zone: hostname
            .optional()
            .describe(
                "A public DNS zone of the subscription that stands already: gets the records",
            ),
        resourceGroup: resourceGroup.optional().describe("With zone: where that zone is"),
        create: hostname
            .optional()
            .describe("A public DNS zone to make; its parent then has to delegate to it"),
        delegated: z
            .boolean()
            .default(false)
            .describe("With create: the parent zone names the servers that the first up printed"),
    })
    .prefault({})
    .describe("Without zone and create: the domains are pointed at the load balancer by hand");

export type AzureDnsSpec = z.infer<typeof azureDns>;
