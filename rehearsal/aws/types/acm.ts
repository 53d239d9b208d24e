import { createHash } from "node:crypto";
import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import type { Admission, AwsType } from "../aws-type";
import { refuse } from "../aws-type";
import { now, uuid } from "../identifiers";
import { isGiven, textAt, textsAt } from "../look";

export const certificateType = "aws:acm/certificate:Certificate";
const recordType = "aws:route53/record:Record";

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** The record that proves a domain: the same for a domain, with or without a star, in every certificate. */
function proofOf(domain: string): Props {
    const name = domain.replace(/^\*\./, "");
    return {
        domainName: domain,
        resourceRecordName: `_${hash(name)}.${name}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${hash(`${name} proof`)}.jkddzztszm.acm-validations.aws.`,
    };
}

function domainsOf(inputs: Props): string[] {
    return [
        ...new Set([
            ...textsAt(inputs, "domainName"),
            ...textsAt(inputs, "subjectAlternativeNames"),
        ]),
    ];
}

const bare = (name: string) => name.replace(/\.$/, "");

/** ACM looks for the records for 72 hours, the provider waits for 75 minutes; here the answer is at once. */
function checkProofs({ inputs, cloud }: Admission): void {
    const arn = textAt(inputs, "certificateArn") ?? "";
    const certificate = cloud.find(certificateType, arn);
    if (certificate === undefined) return;
    const written = new Set(
        cloud.all(recordType).flatMap(({ outputs }) => textsAt(outputs, "name").map(bare)),
    );
    for (const name of textsAt(
        certificate.outputs,
        "domainValidationOptions.resourceRecordName",
    ).map(bare)) {
        if (written.has(name)) continue;
        refuse(
            "ValidationTimedOut",
            `certificateArn: ${arn} is PENDING_VALIDATION: no record ${name} proves its domain`,
        );
    }
}

/** Certificates of ACM. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
export const acmTypes: Readonly<Record<string, AwsType>> = {
    [certificateType]: {
        defaults: { keyAlgorithm: "RSA_2048" },
        *inputProblems(inputs) {
            if (!isGiven(inputs, "domainName") && !isGiven(inputs, "certificateBody"))
                yield { property: "domainName", reason: "is required" };
            const first = textAt(inputs, "domainName") ?? "";
            // RFC 5280 has room for 64 characters in a common name.
            if (first.length > 64)
                yield {
                    property: "domainName",
                    reason: `has ${first.length} characters, of at most 64`,
                };
            for (const domain of domainsOf(inputs)) {
                if (/^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i.test(domain))
                    continue;
                yield { property: "domainName", reason: `${domain} is no domain name` };
            }
        },
        id: ({ region }) => arnOf("acm", region, `certificate/${uuid()}`),
        made: ({ id, inputs }) => ({
            arn: id,
            domainValidationOptions: domainsOf(inputs).map(proofOf),
            notAfter: "",
            notBefore: "",
            pendingRenewal: false,
            renewalEligibility: "INELIGIBLE",
            renewalSummaries: [],
            status: "PENDING_VALIDATION",
            subjectAlternativeNames: domainsOf(inputs),
            type: "AMAZON_ISSUED",
            validationEmails: [],
        }),
        inUse: "ResourceInUseException",
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        required: ["certificateArn"],
        immutable: ["certificateArn", "validationRecordFqdns"],
        references: [
            {
                path: "certificateArn",
                to: [certificateType],
                by: ["arn"],
                code: "ResourceNotFoundException",
            },
        ],
        admit: checkProofs,
        id: () => now(),
    },
};
