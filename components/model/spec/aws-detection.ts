import { z } from "zod";

/**
 * What to do about the one threat detector that an account has in a region: `adopt` takes one that is there as it
 * is and makes one where there is none; `create` insists on one of this cluster's own; `skip` leaves it all alone.
 */
export const detection = z
    .enum(["create", "adopt", "skip"])
    .default("adopt")
    .describe(
        "GuardDuty's detector, one for each account and region: adopt the one that is there, or create it",
    );

export type Detection = z.infer<typeof detection>;
