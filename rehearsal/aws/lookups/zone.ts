import { createHash } from "node:crypto";
import type { Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { flagAt, textAt } from "../look";

const standing = "Z0STANDING";

/** Whether a zone is one of those that stood before the rehearsal: see `getZone`. */
export function isStandingZone(id: string): boolean {
    return id.startsWith(standing);
}

/**
 * A hosted zone by its name. One that the rehearsal made is found; any other public one is taken to stand already,
 * since whose zones an account has, nobody here knows. Its id is the same in every run.
 */
export function getZone(args: Props, region: string, cloud: Cloud): Props {
    const name = (textAt(args, "name") ?? "").replace(/\.$/, "");
    const made = cloud
        .all("aws:route53/zone:Zone")
        .find(({ outputs }) => textAt(outputs, "name")?.replace(/\.$/, "") === name);
    const digest = createHash("sha256").update(name).digest("hex").slice(0, 11).toUpperCase();
    const zoneId = made?.id ?? `${standing}${digest}`;
    return {
        arn: `arn:aws:route53:::hostedzone/${zoneId}`,
        callerReference: "before the rehearsal",
        comment: "",
        id: zoneId,
        name,
        nameServers: ["ns-1.awsdns-01.com", "ns-513.awsdns-01.net"],
        primaryNameServer: "ns-1.awsdns-01.com",
        privateZone: flagAt(args, "privateZone") ?? false,
        region,
        zoneId,
    };
}
