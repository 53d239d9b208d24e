import type { Props } from "../provider/values";

/** The account that a rehearsal deploys to. AWS's documentation uses this number for examples. */
export const accountId = "123456789012";
export const partition = "aws";
/** Who a rehearsal is, to AWS. */
export const callerArn = `arn:${partition}:iam::${accountId}:user/rehearsal`;

/**
 * Letters of the zones that a new account sees, where they are not a, b and c.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const zoneLetters: Readonly<Record<string, string>> = {
    "ap-northeast-1": "acd",
    "ap-northeast-2": "abcd",
    "ca-central-1": "abd",
    "us-east-1": "abcdef",
    "us-west-1": "ab",
    "us-west-2": "abcd",
};

/** The region of a resource: its own, else the provider's. */
export function regionOf(inputs: Props, config: Props): string {
    const { region } = inputs;
    const own = typeof region === "string" ? region : config["region"];
    return typeof own === "string" && own !== "" ? own : "us-east-1";
}

/** The names of a region's availability zones, such as us-east-2a. */
export function zonesOf(region: string): readonly string[] {
    return Array.from(zoneLetters[region] ?? "abc", (letter) => `${region}${letter}`);
}

/**
 * The id of a zone, such as use2-az1. Names differ from account to account; in this one they are in order.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 */
export function zoneIdOf(zone: string): string {
    const region = zone.slice(0, -1);
    const [area = "", direction = "", number = ""] = region.split("-");
    const letters = direction.replace(/^(north|south)(east|west)$/, (_, first: string, second) => {
        return `${first.charAt(0)}${String(second).charAt(0)}`;
    });
    const short = letters === direction ? direction.charAt(0) : letters;
    return `${area}${short}${number}-az${zonesOf(region).indexOf(zone) + 1}`;
}

/** An ARN of this account; services without regions pass an empty one. */
export function arnOf(service: string, region: string, resource: string): string {
    return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
