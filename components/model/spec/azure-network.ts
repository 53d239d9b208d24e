import { z } from "zod";
import { cidr, says } from "./shared";

/** A zone of a region; which of the three a subscription sees as which is Azure's to say. */
export const zone = z.enum(
    ["1", "2", "3"],
    says("is no availability zone", 'write "1", "2" or "3"'),
);

export const network = z.strictObject({
    cidr: cidr.describe("The range of the virtual network, /16 to /20"),
    zones: z
        .array(zone)
        .min(1)
        .max(3)
        .default(["1", "2", "3"])
        .describe("Availability zones of the region that machines may stand in"),
});
