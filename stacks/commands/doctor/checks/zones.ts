import type { OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";

/** Where EKS puts no control plane. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const withoutEks = new Set(["use1-az3", "usw1-az2", "cac1-az3"]);

/** Each zone of the stack: is it there for this account, is it up, does EKS take it. */
export const zonesCheck: CloudCheck = zones(withoutEks);

/** The same without EKS. */
export const machineZonesCheck: CloudCheck<OnlyAws> = zones(new Set());

/** @param closed Ids of zones that are of no use. */
function zones(closed: ReadonlySet<string>): CloudCheck<OnlyAws> {
    return {
        id: "zones",
        title: "Availability zones",
        needs: "region",
        async run(target) {
            const sdk = await import("@aws-sdk/client-ec2");
            const client = new sdk.EC2Client(forTarget(target));
            const answer = await client.send(new sdk.DescribeAvailabilityZonesCommand({}));
            const there = answer.AvailabilityZones ?? [];
            const usable = there
                .filter(({ State, ZoneId = "" }) => State === "available" && !closed.has(ZoneId))
                .map(({ ZoneName = "" }) => ZoneName);
            const fix = `take zones out of: ${usable.join(", ")}`;
            return target.spec.platform.aws.network.zones.map((zone): Finding => {
                const id = `zones.${zone}`;
                const found = there.find(({ ZoneName }) => ZoneName === zone);
                if (usable.includes(zone))
                    return { id, status: "ok", message: `${zone} is available` };
                if (found === undefined) {
                    const message = `this account has no ${zone}`;
                    return { id, status: "lacking", message, fix };
                }
                const message =
                    found.State === "available"
                        ? `${zone} (${found.ZoneId ?? ""}) takes no control plane of EKS`
                        : `${zone} is ${found.State ?? "not available"}`;
                return { id, status: "lacking", message, fix };
            });
        },
    };
}
