import type { AnyCommcareSpec } from "../../../model/spec";
import type { Addresses, HostSettings } from "../../../platforms/hand-over";
import { handOverOf } from "../../../platforms/hand-overs";

export type { Addresses, HostSettings };

export interface EnvironmentInput {
    readonly spec: AnyCommcareSpec;
    readonly addresses: Addresses;
    readonly hosts: HostSettings;
}

/** Addresses before anything stands: the names that records of the private zone will have. */
export const plannedAddresses = (spec: AnyCommcareSpec): Addresses => handOverOf(spec).addresses;
