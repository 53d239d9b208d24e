import type { AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { isGiven, numberAt, textAt, textsAt } from "../look";
import { zoneId } from "../identifiers";
import { isStandingZone } from "../lookups/zone";
import { vpcType } from "./ec2-references";

const zoneType = "aws:route53/zone:Zone";
const recordType = "aws:route53/record:Record";
const name =
    /^(\*\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** Zones and records of Route 53. @see https://docs.aws.amazon.com/Route53/latest/APIReference/ */
export const route53Types: Readonly<Record<string, AwsType>> = {
    [zoneType]: {
        autoname: { property: "name", maxLength: 255, lowerCase: true },
        defaults: { comment: "Managed by Pulumi", forceDestroy: false },
        references: [{ path: "vpcs.vpcId", to: [vpcType], code: "InvalidVPCId" }],
        *inputProblems(inputs) {
            const zone = textAt(inputs, "name");
            if (zone !== undefined && (!name.test(zone) || zone.length > 255))
                yield { property: "name", reason: `${zone} is no domain name` };
        },
        id: () => zoneId(),
        made: ({ id }) => ({
            arn: `arn:aws:route53:::hostedzone/${id}`,
            zoneId: id,
            primaryNameServer: "ns-0.awsdns-00.com",
            nameServers: [
                "ns-0.awsdns-00.com",
                "ns-512.awsdns-00.net",
                "ns-1024.awsdns-00.org",
                "ns-1536.awsdns-00.co.uk",
            ],
        }),
        release({ id, outputs }, cloud) {
            if (outputs["forceDestroy"] === true) return;
            for (const other of cloud.mentioning(id)) {
                if (other.type !== recordType) continue;
                refuse(
                    "HostedZoneNotEmpty",
                    `The specified hosted zone ${id} contains non-required resource record sets: ` +
                        `${other.id}; delete them first`,
                );
            }
        },
    },
    [recordType]: {
        references: [
            {
                path: "zoneId",
                to: [zoneType],
                code: "NoSuchHostedZone",
                foreign: isStandingZone,
            },
        ],
        *inputProblems(inputs) {
            const record = textAt(inputs, "name");
            if (record !== undefined && record !== "" && !name.test(record))
                yield { property: "name", reason: `${record} is no domain name` };
            const given = ["records", "aliases"].filter((each) => isGiven(inputs, each));
            if (given.length !== 1)
                yield { property: "records", reason: "name either records or aliases" };
            if (isGiven(inputs, "records") && !isGiven(inputs, "ttl"))
                yield { property: "ttl", reason: "is required with records" };
            const ttl = numberAt(inputs, "ttl");
            if (ttl !== undefined && (ttl < 0 || ttl > 2147483647))
                yield { property: "ttl", reason: `${ttl} is not 0 to 2147483647 seconds` };
            if (textAt(inputs, "type") !== "A") return;
            const wrong = textsAt(inputs, "records").find((each) => !/^\d+(\.\d+){3}$/.test(each));
            if (wrong !== undefined)
                yield { property: "records", reason: `${wrong} is no IPv4 address` };
        },
        admit({ inputs, cloud }) {
            const zone = cloud.find(zoneType, textAt(inputs, "zoneId") ?? "");
            const domain = textAt(zone?.outputs ?? {}, "name") ?? "";
            const record = textAt(inputs, "name") ?? "";
            if (!record.includes(".") || record.replace(/\.$/, "").endsWith(domain)) return;
            refuse("InvalidChangeBatch", `name: ${record} is not permitted in zone ${domain}`);
        },
        id: ({ inputs }) =>
            ["zoneId", "name", "type", "setIdentifier"]
                .flatMap((each) => textsAt(inputs, each))
                .join("_"),
        computed({ inputs, cloud }) {
            const zone = cloud.find(zoneType, textAt(inputs, "zoneId") ?? "");
            const domain = (textAt(zone?.outputs ?? {}, "name") ?? "").replace(/\.$/, "");
            const record = (textAt(inputs, "name") ?? "").replace(/\.$/, "");
            const whole = record.endsWith(domain) ? record : `${record}.${domain}`;
            return { fqdn: record === "" ? domain : whole };
        },
    },
};
