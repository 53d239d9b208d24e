import type { ApplicationGatewayArgs } from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";

export interface GatewaySettings {
    /** Of the gateway itself: its parts name one another by it. */
    readonly id: pulumi.Input<string>;
    readonly domain: string;
    /** Versionless: a new version of the certificate is taken within four hours. */
    readonly certificateId: string;
    /** Where nginx listens. */
    readonly proxies: readonly pulumi.Input<string>[];
    /** Who signed what nginx shows, as PEM. */
    readonly rootPem: pulumi.Input<string>;
    readonly subnetId: pulumi.Input<string>;
    readonly addressId: pulumi.Input<string>;
}

/**
 * What the gateway does with requests: it ends TLS, and speaks TLS again to nginx, whose certificate is one of the
 * cluster's own making; HTTP is sent on to HTTPS.
 *
 * @see https://learn.microsoft.com/azure/application-gateway/key-vault-certs
 */
export function gatewaySettings(settings: GatewaySettings) {
    const { id, domain, certificateId, proxies, rootPem, subnetId, addressId } = settings;
    const part = (kind: string, name: string) => ({
        id: pulumi.interpolate`${id}/${kind}/${name}`,
    });
    const listener = { frontendIPConfiguration: part("frontendIPConfigurations", "public") };
    return {
        gatewayIPConfigurations: [{ name: "subnet", subnet: { id: subnetId } }],
        frontendIPConfigurations: [{ name: "public", publicIPAddress: { id: addressId } }],
        frontendPorts: [
            { name: "http", port: 80 },
            { name: "https", port: 443 },
        ],
        sslCertificates: [{ name: "site", keyVaultSecretId: certificateId }],
        // TLS 1.2 and 1.3, without ciphers that know no forward secrecy.
        sslPolicy: { policyType: "Predefined", policyName: "AppGwSslPolicy20220101S" },
        trustedRootCertificates: [{ name: "proxies", data: pulumi.output(rootPem).apply(body) }],
        httpListeners: [
            {
                name: "http",
                ...listener,
                frontendPort: part("frontendPorts", "http"),
                protocol: "Http",
            },
            {
                name: "https",
                ...listener,
                frontendPort: part("frontendPorts", "https"),
                protocol: "Https",
                sslCertificate: part("sslCertificates", "site"),
            },
        ],
        backendAddressPools: [
            { name: "proxies", backendAddresses: proxies.map((ipAddress) => ({ ipAddress })) },
        ],
        probes: [
            {
                name: "proxies",
                protocol: "Https",
                host: domain,
                path: "/healthz",
                interval: 15,
                timeout: 6,
                unhealthyThreshold: 3,
                match: { statusCodes: ["200"] },
            },
        ],
        backendHttpSettingsCollection: [
            {
                name: "proxies",
                port: 443,
                protocol: "Https",
                hostName: domain,
                cookieBasedAffinity: "Disabled",
                requestTimeout: 300, // seconds: reports and imports think for minutes before they answer
                connectionDraining: { enabled: true, drainTimeoutInSec: 60 },
                probe: part("probes", "proxies"),
                trustedRootCertificates: [part("trustedRootCertificates", "proxies")],
            },
        ],
        // Without it the address of a client comes with its port, which HQ takes for no address.
        rewriteRuleSets: [
            {
                name: "clients",
                rewriteRules: [
                    {
                        name: "address",
                        ruleSequence: 100,
                        actionSet: {
                            requestHeaderConfigurations: [
                                {
                                    headerName: "X-Forwarded-For",
                                    headerValue: "{var_add_x_forwarded_for_proxy}",
                                },
                            ],
                        },
                    },
                ],
            },
        ],
        redirectConfigurations: [
            {
                name: "https",
                redirectType: "Permanent",
                targetListener: part("httpListeners", "https"),
                includePath: true,
                includeQueryString: true,
            },
        ],
        requestRoutingRules: [
            {
                name: "http",
                priority: 20,
                ruleType: "Basic",
                httpListener: part("httpListeners", "http"),
                redirectConfiguration: part("redirectConfigurations", "https"),
            },
            {
                name: "https",
                priority: 10,
                ruleType: "Basic",
                httpListener: part("httpListeners", "https"),
                backendAddressPool: part("backendAddressPools", "proxies"),
                backendHttpSettings: part("backendHttpSettingsCollection", "proxies"),
                rewriteRuleSet: part("rewriteRuleSets", "clients"),
            },
        ],
    } satisfies Partial<ApplicationGatewayArgs>;
}

/** The inside of a PEM, as Azure takes a certificate. */
export function body(pem: string): string {
    return pem.replace(/-----[^-]+-----|\s/g, "");
}
