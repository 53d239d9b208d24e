import type { PodIdentity } from "../../platforms/foundation";
import { gatewayNames } from "./gateway-names";

/** Both charts run on the core nodes: user nodes come and go, and belong to users. */
const onCoreNodes = { "hub.jupyter.org/node-purpose": "core" };

const resources = (cpu: string, memory: string, limit: string) => ({
    requests: { cpu, memory },
    limits: { memory: limit },
});

/**
 * Notebook files are uploaded as one request each: Traefik's own limit of a minute would cut a large one short on
 * a slow line. Stopping, it says so to the load balancer for half a minute, then lets requests end.
 */
const transport = {
    respondingTimeouts: { readTimeout: "3600s", idleTimeout: "180s" },
    lifeCycle: { requestAcceptGraceTimeout: "30s", graceTimeOut: "30s" },
};

/** In the names of files that users open; Traefik refuses them otherwise. Neither `\` nor NUL. */
const encodedCharacters = {
    allowEncodedSlash: true,
    allowEncodedSemicolon: true,
    allowEncodedPercent: true,
    allowEncodedQuestionMark: true,
    allowEncodedHash: true,
};

/**
 * Values for the Traefik chart, version 41.3.0.
 *
 * @param address What the world knows the load balancer by, as `hostname` or `ip`; known only while deploying.
 * @see https://github.com/traefik/traefik-helm-chart/blob/v41.3.0/traefik/VALUES.md
 */
export function gatewayValues<S>(address: Readonly<Record<string, S>>) {
    return {
        deployment: { replicas: 2, terminationGracePeriodSeconds: 90 },
        nodeSelector: onCoreNodes,
        // Two nodes where there are two; on one, both pods still outlive an update of Traefik.
        topologySpreadConstraints: [
            {
                maxSkew: 1,
                topologyKey: "kubernetes.io/hostname",
                whenUnsatisfiable: "ScheduleAnyway",
                labelSelector: { matchLabels: gatewayNames.pods },
            },
        ],
        resources: resources("100m", "128Mi", "512Mi"),
        // The layer makes these itself: the Service has the platform's ports, the class is a custom kind, and the
        // chart writes a budget of an API version that no cluster has any more wherever it cannot ask one.
        service: { enabled: false },
        gateway: { enabled: false },
        gatewayClass: { enabled: false },
        podDisruptionBudget: { enabled: false },
        ingressClass: { enabled: false },
        providers: {
            kubernetesCRD: { enabled: false },
            kubernetesIngress: { enabled: false },
            kubernetesGateway: {
                enabled: true,
                statusAddress: { ...address, service: { enabled: false } },
            },
            file: {
                enabled: true,
                watch: false,
                content: {
                    // Whoever asks for a name that no hub has is given no certificate at all.
                    tls: { options: { default: { minVersion: "VersionTLS12", sniStrict: true } } },
                },
            },
        },
        ports: {
            // What a client claims of who sent it is dropped: nothing before the gateway speaks HTTP.
            web: { transport },
            websecure: { transport, http: { encodedCharacters } },
        },
        api: { dashboard: false },
        global: { checkNewVersion: false, sendAnonymousUsage: false },
        log: { format: "json" },
        accessLog: {
            enabled: true,
            format: "json",
            // Tokens and sign-in codes travel there.
            fields: { queryParameters: { defaultMode: "drop" } },
        },
    };
}

/**
 * Values for the cert-manager chart, version 1.20.3.
 *
 * @see https://github.com/cert-manager/cert-manager/blob/v1.20.3/deploy/charts/cert-manager/README.template.md
 */
export function certificateValues({ accountAnnotations, podLabels }: PodIdentity) {
    return {
        // Kept when the chart goes: with a definition go all certificates.
        crds: { enabled: true, keep: true },
        global: { leaderElection: { namespace: "cert-manager" } },
        config: {
            apiVersion: "controller.config.cert-manager.io/v1alpha1",
            kind: "ControllerConfiguration",
            enableGatewayAPI: true,
        },
        // Empty ones are left out: what a chart is not told, it renders as it always did.
        ...(Object.keys(podLabels).length === 0
            ? {}
            : { podLabels, serviceAccount: { annotations: accountAnnotations } }),
        nodeSelector: onCoreNodes,
        resources: resources("20m", "128Mi", "512Mi"),
        // What no webhook answers, nothing new is admitted without: two of it, and never none.
        webhook: {
            nodeSelector: onCoreNodes,
            replicaCount: 2,
            resources: resources("10m", "64Mi", "128Mi"),
        },
        cainjector: { nodeSelector: onCoreNodes, resources: resources("10m", "128Mi", "512Mi") },
        // A Helm hook, which Pulumi's chart does not run: see `awaitInjection`.
        startupapicheck: { enabled: false },
    };
}
