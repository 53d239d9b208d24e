import type { StandIn } from "./provider/stand-in";
import { randomStandIn } from "./random/stand-in";

/** The providers that a rehearsal stands in for. */
export const standIns: Readonly<Record<string, StandIn>> = {
    random: randomStandIn,
};
