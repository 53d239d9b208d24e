import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { contactAnnotation } from "../../model/tags";
import type { Entrance } from "../../platforms/foundation";
import { letsEncrypt } from "./certificate-agent";
import { gatewayNames } from "./gateway-names";
import { names } from "./names";

export interface IngressArgs extends LayerArgs {
    readonly domain: string;
    readonly namespace: pulumi.Input<string>;
    readonly entrance: Entrance;
    readonly letsEncryptContact: string;
    /** What must stand before the gateway and the certificate agent understand what is said here. */
    readonly ready: readonly pulumi.Resource[];
}

const gatewayApi = "gateway.networking.k8s.io/v1";

/** Browsers that came once never ask in plain text again, for half a year. RFC 6797 */
const strictTransport = { name: "Strict-Transport-Security", value: "max-age=15552000" };

/**
 * The ingress layer of one hub: its domain on the gateway, its certificate, and the way from there to its proxy.
 *
 * All of it stands in the hub's namespace, the Gateway too: Traefik joins Gateways of one class on the same ports.
 * So no object is shared with another hub, and no hub's route can be attached to another's domain.
 */
export class Ingress extends Layer {
    constructor(name: string, args: IngressArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:Ingress", name, args, opts);
        const { domain, entrance } = args;

        this.#object(name, args, "Gateway", {
            gatewayClassName: gatewayNames.gatewayClass,
            listeners: [
                {
                    name: "http",
                    hostname: domain,
                    protocol: "HTTP",
                    port: gatewayNames.ports.http,
                    allowedRoutes: { namespaces: { from: "Same" } },
                },
                {
                    name: "https",
                    hostname: domain,
                    protocol: "HTTPS",
                    port: gatewayNames.ports.https,
                    tls: { mode: "Terminate", certificateRefs: [{ name: names.certificate }] },
                    allowedRoutes: { namespaces: { from: "Same" } },
                },
            ],
        });
        this.#route(name, args, "redirect", "http", {
            filters: [
                {
                    type: "RequestRedirect",
                    requestRedirect: { scheme: "https", statusCode: 301 },
                },
            ],
        });
        this.#route(name, args, names.wayIn, "https", {
            filters: [
                {
                    type: "ResponseHeaderModifier",
                    responseHeaderModifier: { set: [strictTransport] },
                },
            ],
            backendRefs: [{ name: names.proxy, port: 80 }],
        });
        // Asked for in vain Let's Encrypt answers less and less: not before the world finds the domain.
        if (entrance.reachable) this.#certificate(name, args);

        this.registerOutputs();
    }

    #route(name: string, args: IngressArgs, route: string, listener: string, rule: object): void {
        const matches = [{ path: { type: "PathPrefix", value: "/" } }];
        this.#object(
            name,
            args,
            "HTTPRoute",
            {
                parentRefs: [{ name: names.wayIn, sectionName: listener }],
                hostnames: [args.domain],
                rules: [{ matches, ...rule }],
            },
            route,
        );
    }

    #object(
        name: string,
        { namespace, ready }: IngressArgs,
        kind: "Gateway" | "HTTPRoute",
        spec: object,
        called: string = names.wayIn,
    ): void {
        const noun = kind === "Gateway" ? "gateway" : `route-${called}`;
        new CustomResource(
            `${name}-${noun}`,
            { apiVersion: gatewayApi, kind, metadata: this.metadata(called, namespace), spec },
            { parent: this, dependsOn: [...ready] },
        );
    }

    #certificate(name: string, args: IngressArgs): void {
        const { domain, namespace, ready, entrance } = args;
        const issuer = entrance.proof === undefined ? [this.#issuer(name, args)] : [];
        const annotations = { [contactAnnotation]: this.owner.contact };
        new CustomResource(
            `${name}-certificate`,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "Certificate",
                metadata: this.metadata(names.wayIn, namespace),
                spec: {
                    secretName: names.certificate,
                    // The agent makes the Secret: the owner travels in the template.
                    secretTemplate: { labels: this.labels(), annotations },
                    dnsNames: [domain],
                    // A new key each time; when it is time, the agent tells by the lifetime that it was given.
                    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
                    issuerRef: {
                        name: gatewayNames.issuer,
                        kind: entrance.proof === undefined ? "Issuer" : "ClusterIssuer",
                        group: "cert-manager.io",
                    },
                },
            },
            { parent: this, dependsOn: [...ready, ...issuer] },
        );
    }

    /** Without a zone of ours the hub's own Gateway answers Let's Encrypt, on port 80 and beside the redirect. */
    #issuer(name: string, { namespace, letsEncryptContact, ready }: IngressArgs): pulumi.Resource {
        const labels = this.labels();
        const annotations = { [contactAnnotation]: this.owner.contact };
        const gatewayHTTPRoute = {
            parentRefs: [
                {
                    group: "gateway.networking.k8s.io",
                    kind: "Gateway",
                    name: names.wayIn,
                    sectionName: "http",
                },
            ],
            // Of the routes and pods that the agent makes for the minute it takes.
            labels,
            podTemplate: { metadata: { labels, annotations } },
            serviceType: "ClusterIP",
        };
        return new CustomResource(
            `${name}-issuer`,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "Issuer",
                metadata: this.metadata(gatewayNames.issuer, namespace),
                spec: letsEncrypt(letsEncryptContact, { http01: { gatewayHTTPRoute } }),
            },
            { parent: this, dependsOn: [...ready] },
        );
    }
}
