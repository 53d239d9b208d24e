import { createHash } from "node:crypto";
import type { Failure } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { Unknown } from "../provider/values";

/** What is asked for, and what a certificate or a request for one is kept under. */
const kinds: Readonly<Record<string, { readonly needs: readonly string[]; readonly pem: string }>> =
    {
        "tls:index/selfSignedCert:SelfSignedCert": {
            needs: ["privateKeyPem", "allowedUses", "validityPeriodHours"],
            pem: "certPem",
        },
        "tls:index/certRequest:CertRequest": { needs: ["privateKeyPem"], pem: "certRequestPem" },
        "tls:index/locallySignedCert:LocallySignedCert": {
            needs: [
                "caCertPem",
                "caPrivateKeyPem",
                "certRequestPem",
                "allowedUses",
                "validityPeriodHours",
            ],
            pem: "certPem",
        },
    };

/** @see https://www.pulumi.com/registry/packages/tls/api-docs/selfsignedcert/#allowedUses_nodejs */
const uses = [
    "any_extended",
    "cert_signing",
    "client_auth",
    "code_signing",
    "content_commitment",
    "crl_signing",
    "data_encipherment",
    "decipher_only",
    "digital_signature",
    "email_protection",
    "encipher_only",
    "ipsec_end_system",
    "ipsec_tunnel",
    "ipsec_user",
    "key_agreement",
    "key_encipherment",
    "microsoft_commercial_code_signing",
    "microsoft_kernel_code_signing",
    "microsoft_server_gated_crypto",
    "netscape_server_gated_crypto",
    "ocsp_signing",
    "server_auth",
    "timestamping",
];

export const isCertificate = (type: string): boolean => Object.hasOwn(kinds, type);

/** What of it is not known before it is there. */
export function madeOfIt(type: string): readonly string[] {
    const pem = kinds[type]?.pem ?? "";
    return pem === "certPem" ? [pem, "validityStartTime", "validityEndTime"] : [pem];
}

export function certificateFailures(type: string, inputs: Props): Failure[] {
    const missing = (kinds[type]?.needs ?? []).filter((each) => inputs[each] === undefined);
    const { allowedUses, validityPeriodHours: hours } = inputs;
    const unknown = (Array.isArray(allowedUses) ? allowedUses : []).filter(
        (use): use is string => typeof use === "string" && !uses.includes(use),
    );
    return [
        ...missing.map((property) => ({ property, reason: "is required and not given" })),
        ...unknown.map((use) => ({ property: "allowedUses", reason: `${use} is no use` })),
        ...(hours === undefined || hours === Unknown || (typeof hours === "number" && hours >= 0)
            ? []
            : [{ property: "validityPeriodHours", reason: "is no number of hours" }]),
    ];
}

/** No certificate, and so nobody's: a text in its place that is another one for other arguments. */
export function certificateOutputs(type: string, inputs: Props): { id: string; outputs: Props } {
    const digest = createHash("sha256")
        .update(JSON.stringify([type, inputs]))
        .digest("base64");
    const pem = kinds[type]?.pem ?? "";
    const word = pem === "certPem" ? "CERTIFICATE" : "CERTIFICATE REQUEST";
    const made: Props = { [pem]: `-----BEGIN ${word}-----\n${digest}\n-----END ${word}-----\n` };
    const hours = inputs["validityPeriodHours"];
    if (pem === "certPem" && typeof hours === "number") {
        const start = Date.now();
        made["validityStartTime"] = new Date(start).toISOString();
        made["validityEndTime"] = new Date(start + hours * 3_600_000).toISOString();
    }
    return { id: createHash("sha1").update(digest).digest("hex"), outputs: { ...inputs, ...made } };
}
