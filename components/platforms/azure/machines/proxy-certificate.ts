import type * as pulumi from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";

/** Hours in ten years: what checks it is the gateway, which is told of a new one by the same deploy. */
const tenYears = 87_600;

/**
 * What nginx shows to the gateway: a certificate that an authority of the cluster's own signed. The gateway takes no
 * certificate whose signer it does not know, and knows this one only for its way to the proxies.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/self-signed-certificates
 */
export function proxyCertificate(name: string, domain: string, parent: pulumi.Resource) {
    const keyOf = (noun: string) =>
        new PrivateKey(`${name}-${noun}`, { algorithm: "RSA", rsaBits: 2048 }, { parent });
    const authorityKey = keyOf("authority");
    const authority = new SelfSignedCert(
        `${name}-authority`,
        {
            privateKeyPem: authorityKey.privateKeyPem,
            subject: { commonName: `Proxies of ${domain}`.slice(0, 64) },
            isCaCertificate: true,
            allowedUses: ["cert_signing", "crl_signing"],
            validityPeriodHours: tenYears,
        },
        { parent },
    );
    const key = keyOf("proxies");
    const request = new CertRequest(
        `${name}-proxies`,
        {
            privateKeyPem: key.privateKeyPem,
            dnsNames: [domain],
            subject: { commonName: domain.slice(0, 64) },
        },
        { parent },
    );
    const certificate = new LocallySignedCert(
        `${name}-proxies`,
        {
            caCertPem: authority.certPem,
            caPrivateKeyPem: authorityKey.privateKeyPem,
            certRequestPem: request.certRequestPem,
            allowedUses: ["digital_signature", "key_encipherment", "server_auth"],
            validityPeriodHours: tenYears,
        },
        { parent },
    );
    return { rootPem: authority.certPem, pem: certificate.certPem, key: key.privateKeyPem };
}
