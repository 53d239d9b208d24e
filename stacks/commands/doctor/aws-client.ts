import type { OnlyAws } from "../../../components/model/spec";
import type { Caller, Target } from "./check";

/** Shared by every client: a question that is not answered soon is reported, not waited for. */
const patience = {
    maxAttempts: 2,
    /** Milliseconds. */
    requestHandler: { connectionTimeout: 4_000, requestTimeout: 15_000 },
} as const;

/** Settings of a client that asks in `region` before it is known who asks. */
export const inRegion = (region: string) => ({ region, ...patience });

/** Settings of a client that asks in the region of the stack. */
export const forTarget = ({ spec, caller }: Target<OnlyAws>) => ({
    ...inRegion(spec.region),
    credentials: caller.credentials,
});

/** Settings of a client that asks where every account may, about a region that may be off. */
export const forHome = (region: string, { credentials }: Pick<Caller, "credentials">) => ({
    ...inRegion(homeRegion(region)),
    credentials,
});

/**
 * The region of a partition that needs no opt-in.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export function homeRegion(region: string): string {
    if (region.startsWith("cn-")) return "cn-north-1";
    return region.startsWith("us-gov-") ? "us-gov-west-1" : "us-east-1";
}
