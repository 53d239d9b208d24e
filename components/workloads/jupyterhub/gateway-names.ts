/** What the parts of the way in call one another across namespaces. */
export const gatewayNames = {
    /** The namespace of the gateway, and the release of its chart. */
    namespace: "gateway",
    /** The class by which hubs' Gateways ask for this gateway. */
    gatewayClass: "traefik",
    /** Ports of the gateway's pods: unprivileged ones. A Gateway names them, since Traefik takes it at its word. */
    ports: { http: 8000, https: 8443, health: 8080 },
    /** Selects the pods of the chart. */
    pods: {
        "app.kubernetes.io/name": "traefik",
        "app.kubernetes.io/instance": "gateway-gateway",
    },
    /** What issues certificates: for the whole cluster where the zone proves domains, else one a hub. */
    issuer: "letsencrypt",
    /** Selects the pods that answer Let's Encrypt's question over HTTP, and their port. */
    solverPods: { "acme.cert-manager.io/http01-solver": "true" },
    solverPort: 8089,
} as const;
