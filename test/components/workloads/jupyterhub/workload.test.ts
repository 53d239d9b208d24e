import * as kubernetes from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../../../components/cluster";
import { agentIdentity } from "../../../../components/platforms/aws/agent-identity";
import { ownerOf } from "../../../../components/model/matrix";
import { contactAnnotation, ownerLabels } from "../../../../components/model/tags";
import { clusterWatch } from "../../../../components/platforms/aws/cluster-watch";
import type { Entrance } from "../../../../components/platforms/foundation";
import { insideNetwork } from "../../../../components/platforms/inside";
import { awaitInjection } from "../../../../components/workloads/jupyterhub/certificate-agent";
import { claimedStorage } from "../../../../components/workloads/jupyterhub/monitoring/chart-transforms";
import { protectVolumes } from "../../../../components/workloads/jupyterhub/home-export";
import { sealSecrets } from "../../../../components/seal-secrets";
import { digest } from "../../../../components/workloads/jupyterhub/digest";
import { jupyterhubWorkload } from "../../../../components/workloads/jupyterhub/workload";
import type { Secrets } from "../../../../components/secrets";
import type { Recorded } from "../../../support/record-resources";
import { recordResources, settled } from "../../../support/record-resources";
import { geolabSpec } from "../../../support/stack-file";

// Each construction of the whole workload takes seconds on a machine that does other things too.
jest.setTimeout(60_000);

const spec = geolabSpec();
const chartType = "kubernetes:helm.sh/v4:Chart";
const gatewayApi = "kubernetes:gateway.networking.k8s.io/v1";
const rbac = "kubernetes:rbac.authorization.k8s.io/v1";
const definition = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

/** The standard channel of the Gateway API 1.5. */
const kinds = [
    "backendtlspolicies",
    "gatewayclasses",
    "gateways",
    "grpcroutes",
    "httproutes",
    "listenersets",
    "referencegrants",
    "tlsroutes",
];

/** Of the Dask gateway's chart 2026.3.0, and of the Traefik in it. */
const daskKinds = [
    "daskclusters",
    "ingressroutes",
    "ingressroutetcps",
    "ingressrouteudps",
    "middlewares",
    "middlewaretcps",
    "serverstransports",
    "serverstransporttcps",
    "tlsoptions",
    "tlsstores",
    "traefikservices",
];

interface Built {
    readonly resources: readonly Recorded[];
    readonly outputs: unknown;
}

/** The hub of the stack file, on a platform that stands already. */
async function build(secrets?: Secrets, entrance: Partial<Entrance> = {}): Promise<Built> {
    const recording = await recordResources({
        outputs: {
            "kubernetes:core/v1:Service": ({ inputs }) => ({
                spec: { ...(inputs["spec"] as object), clusterIP: "172.20.7.7" },
            }),
            "random:index/randomPassword:RandomPassword": ({ name }) => ({
                result: `hex of ${name}`,
            }),
        },
    });
    const cluster = new Cluster(spec.name, spec.matrix);
    const provider = new kubernetes.Provider("kubernetes", {}, { parent: cluster });
    const printed = jupyterhubWorkload(
        spec,
        cluster,
        {
            kubernetes: provider,
            ready: [provider],
            outputs: {},
            inside: insideNetwork,
            entrance: {
                service: {
                    type: "NodePort",
                    ports: { http: 30080, https: 30443, health: 30081 },
                },
                identity: agentIdentity,
                address: pulumi.output("gateway.elb.example.org"),
                reachable: true,
                ...entrance,
            },
            monitoring: {
                storageClass: "steward-monitoring",
                watch: clusterWatch,
                receivers: [
                    {
                        role: "site-reliability-engineer",
                        party: "2i2c",
                        settings: { sns_configs: [{ topic_arn: pulumi.output("the topic") }] },
                    },
                ],
                receiverSecrets: {},
                hosts: undefined,
                identity: agentIdentity,
                lifeSign: { sns_configs: [{ topic_arn: pulumi.output("nobody's topic") }] },
                logs: {
                    hubs: { prod: { name: "stdout" } },
                    cluster: { name: "stdout" },
                },
                ready: [],
            },
            hubs: {
                prod: {
                    homes: {
                        driver: "disk",
                        disk: {
                            eks: {
                                enabled: true,
                                volumeId: pulumi.output("vol-06f3c3dc2ded0cd06"),
                            },
                        },
                    },
                    buckets: { scratch: "s3://earthscope-scratch" },
                    spotTolerations: [],
                    identity: agentIdentity,
                    serviceAccount: "user-sa",
                    nodeSelector: { "steward/hub": "prod" },
                    database: { kind: "claim", storageClass: pulumi.output("prod-claims") },
                },
            },
        },
        secrets ?? { prod: { oauthClientSecret: pulumi.secret("the client's secret") } },
    );
    const outputs = await new Promise<unknown>((resolve) => {
        pulumi.output(printed).apply(resolve);
    });
    await settled();
    return { resources: recording.resources, outputs };
}

/** How a secret travels to the engine: https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/resource#SecretSig */
const seal = "4dabf18193072939515e22adb298388d";

/** What a secret holds, after checking that it is one. */
function unseal(value: unknown): Record<string, unknown> {
    const sealed = value as Record<string, unknown>;
    expect(sealed[seal]).toBe("1b47061264138c4ac30d75fd1eb44270");
    return sealed["value"] as Record<string, unknown>;
}

function find({ resources }: Built, name: string): Record<string, unknown> {
    const found = resources.find((resource) => resource.name === name);
    if (found === undefined) throw new Error(`${name} was not registered`);
    return { ...found.inputs };
}

/** Which layer each object stands in, by the start of its name. */
const layers: readonly (readonly [prefix: string, layer: string, scope?: string])[] = [
    ["security-abuse-", "security-abuse"],
    ["gateway-", "gateway"],
    ["control-plane-dask-", "control-plane"],
    ["hub-database-prod-", "hub-database", "prod"],
    ["hub-prod-", "hub", "prod"],
    ["home-storage-prod-", "home-storage", "prod"],
    ["object-storage-prod-", "object-storage", "prod"],
    ["user-sessions-prod-", "user-sessions", "prod"],
    ["access-policy-prod-", "access-policy", "prod"],
    ["auth-config-prod-", "auth-config", "prod"],
    ["ingress-tls-prod-", "ingress-tls", "prod"],
    ["monitoring-alerts-", "monitoring-alerts"],
];

describe("JupyterHub on its foundation", () => {
    let built: Built;
    beforeAll(async () => {
        built = await build();
    });

    it("registers each part below the layer that owns it", () => {
        const names = built.resources.map(({ type, name }) => `${type} ${name}`);

        expect([...names].sort()).toEqual(
            [
                "steward:index:Cluster geolab",
                "pulumi:providers:kubernetes kubernetes",
                "pulumi:providers:random jupyterhub-random",
                "steward:jupyterhub:HubNamespace hub-prod",
                "kubernetes:core/v1:Namespace hub-prod-namespace",
                "steward:jupyterhub:HomeExport home-storage-prod",
                "kubernetes:core/v1:Namespace home-storage-prod-namespace",
                `${chartType} home-storage-prod-chart`,
                "kubernetes:core/v1:Service home-storage-prod-service",
                "kubernetes:core/v1:PersistentVolume home-storage-prod-volume",
                "kubernetes:core/v1:PersistentVolumeClaim home-storage-prod-claim",
                "steward:jupyterhub:HubDatabase hub-database-prod",
                "kubernetes:core/v1:PersistentVolumeClaim hub-database-prod-claim",
                "steward:jupyterhub:UserIdentity object-storage-prod",
                "kubernetes:core/v1:ServiceAccount object-storage-prod-account",
                "steward:jupyterhub:UserSessions user-sessions-prod",
                "kubernetes:rbac.authorization.k8s.io/v1:Role user-sessions-prod-role",
                "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding user-sessions-prod-role-binding",
                "steward:jupyterhub:AccessPolicy access-policy-prod",
                "kubernetes:core/v1:ConfigMap access-policy-prod-policy",
                "steward:jupyterhub:AuthConfig auth-config-prod",
                "kubernetes:core/v1:Secret auth-config-prod-oauth-client",
                "random:index/randomPassword:RandomPassword auth-config-prod-auth-state-key",
                "steward:jupyterhub:SecurityAbuse security-abuse",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-default",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-scheduler",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-homes-default",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-homes-server",
                "steward:jupyterhub:Hub hub-prod",
                "random:index/randomPassword:RandomPassword hub-prod-proxy-token",
                "random:index/randomPassword:RandomPassword hub-prod-cookie-secret",
                "random:index/randomPassword:RandomPassword hub-prod-metrics-key",
                `${chartType} hub-prod-chart`,
                "random:index/randomPassword:RandomPassword hub-prod-dask-token",
                "steward:jupyterhub:DaskKinds control-plane-dask",
                ...daskKinds.map((kind) => `${definition} control-plane-dask-${kind}`),
                "steward:jupyterhub:DaskSecurity security-abuse",
                ...["controller", "gateway", "proxy", "scheduler", "worker"].map(
                    (pod) =>
                        `kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-dask-${pod}`,
                ),
                "steward:jupyterhub:DaskGateway hub-prod-dask",
                ...["controller", "gateway", "proxy"].flatMap((pod) => [
                    `kubernetes:core/v1:ServiceAccount hub-prod-dask-${pod}-account`,
                    `${rbac}:Role hub-prod-dask-${pod}-role`,
                    `${rbac}:RoleBinding hub-prod-dask-${pod}-role-binding`,
                ]),
                ...["controller", "gateway"].flatMap((pod) => [
                    `${rbac}:ClusterRole hub-prod-dask-${pod}-sight`,
                    `${rbac}:ClusterRoleBinding hub-prod-dask-${pod}-sight-binding`,
                ]),
                `${chartType} hub-prod-dask-chart`,
                "steward:jupyterhub:Ingress ingress-tls-prod",
                `${gatewayApi}:Gateway ingress-tls-prod-gateway`,
                `${gatewayApi}:HTTPRoute ingress-tls-prod-route-redirect`,
                `${gatewayApi}:HTTPRoute ingress-tls-prod-route-way-in`,
                "kubernetes:cert-manager.io/v1:Issuer ingress-tls-prod-issuer",
                "kubernetes:cert-manager.io/v1:Certificate ingress-tls-prod-certificate",
                "steward:jupyterhub:Gateway gateway",
                "kubernetes:core/v1:Namespace gateway-namespace",
                ...kinds.map((kind) => `${definition} gateway-${kind}`),
                `${gatewayApi}:GatewayClass gateway-class`,
                `${chartType} gateway-chart`,
                "kubernetes:core/v1:Service gateway-service",
                "kubernetes:policy/v1:PodDisruptionBudget gateway-budget",
                "steward:jupyterhub:CertificateAgent gateway",
                "kubernetes:core/v1:Namespace gateway-certificates-namespace",
                `${chartType} gateway-certificates-chart`,
                "steward:jupyterhub:GatewaySecurity security-abuse",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-gateway-default",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-gateway",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-certificates-default",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-certificates",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-gateway",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-prod-solver",
                "steward:jupyterhub:Measurements monitoring-alerts",
                "kubernetes:core/v1:Namespace monitoring-alerts-namespace",
                "kubernetes:core/v1:Namespace monitoring-alerts-agents",
                "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole monitoring-alerts-role",
                "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding monitoring-alerts-role",
                "kubernetes:core/v1:PersistentVolumeClaim monitoring-alerts-prometheus-claim",
                "kubernetes:core/v1:PersistentVolumeClaim monitoring-alerts-alertmanager-claim",
                "kubernetes:core/v1:ConfigMap monitoring-alerts-prometheus-config",
                "kubernetes:core/v1:ConfigMap monitoring-alerts-alertmanager-config",
                "kubernetes:core/v1:Secret monitoring-alerts-hub-keys",
                "kubernetes:core/v1:Service monitoring-alerts-gateway-service",
                "kubernetes:core/v1:Service monitoring-alerts-homes-prod-service",
                `${chartType} monitoring-alerts-prometheus`,
                "steward:jupyterhub:Grafana monitoring-alerts",
                "kubernetes:core/v1:Secret monitoring-alerts-grafana-admin",
                "random:index/randomPassword:RandomPassword monitoring-alerts-grafana-password",
                "kubernetes:core/v1:ConfigMap monitoring-alerts-dashboards",
                `${chartType} monitoring-alerts-grafana`,
                "steward:jupyterhub:Logs monitoring-alerts",
                "kubernetes:core/v1:ConfigMap monitoring-alerts-logs-config",
                `${chartType} monitoring-alerts-logs`,
                "steward:jupyterhub:MonitoringSecurity security-abuse",
                ...[
                    "monitoring-default",
                    "agents-default",
                    "prometheus",
                    "alertmanager",
                    "kube-state",
                    "grafana",
                    "logs",
                    "gateway-metrics",
                    "certificates-metrics",
                    "prod-metrics",
                    "prod-homes-metrics",
                ].map(
                    (name) =>
                        `kubernetes:networking.k8s.io/v1:NetworkPolicy security-abuse-${name}`,
                ),
            ].sort(),
        );
    });

    it("gives every layer component its owner", () => {
        const components = built.resources.filter(({ type }) => type.startsWith("steward:jupyter"));

        expect(components.map(({ inputs }) => inputs)).toEqual(
            components.map(({ inputs }) =>
                ownerOf(
                    spec.matrix,
                    String(inputs["layer"]),
                    inputs["scope"] as string | undefined,
                ),
            ),
        );
    });

    it("writes on every Kubernetes object the owner of its own layer", () => {
        const objects = built.resources.filter(
            ({ type }) => type.startsWith("kubernetes:") && type !== chartType,
        );
        const wrong = objects.filter(({ name, inputs }) => {
            const [, layer = "", scope] = layers.find(([prefix]) => name.startsWith(prefix)) ?? [];
            const owner = ownerOf(spec.matrix, layer, scope);
            if (owner === undefined) return true;
            const { labels, annotations } = inputs["metadata"] as Record<
                string,
                Record<string, string>
            >;
            const expected = ownerLabels(owner);
            return (
                Object.entries(expected).some(([key, value]) => labels?.[key] !== value) ||
                annotations?.[contactAnnotation] !== owner.contact
            );
        });

        expect(objects).toHaveLength(93);
        expect(wrong.map(({ name }) => name)).toEqual([]);
    });

    it("lets nothing privileged into the hub's namespace, and the NFS server into its own", () => {
        const enforced = (name: string) => {
            const { metadata } = find(built, name) as {
                metadata: { labels: Record<string, string> };
            };
            return metadata.labels["pod-security.kubernetes.io/enforce"];
        };

        expect(enforced("hub-prod-namespace")).toBe("restricted");
        expect(enforced("home-storage-prod-namespace")).toBe("privileged");
    });

    it("takes the hub from the official chart, with secrets that are made once", () => {
        const { values, ...chart } = find(built, "hub-prod-chart");

        expect(chart).toEqual({
            name: "prod",
            chart: "jupyterhub",
            version: "4.4.0",
            repositoryOpts: { repo: "https://hub.jupyter.org/helm-chart/" },
            namespace: "prod",
        });
        expect(unseal(values)).toMatchObject({
            proxy: { secretToken: "hex of hub-prod-proxy-token" },
            hub: {
                cookieSecret: "hex of hub-prod-cookie-secret",
                config: { CryptKeeper: { keys: ["hex of auth-config-prod-auth-state-key"] } },
                annotations: { "steward/oauth-client": digest("the client's secret") },
            },
            singleuser: { serviceAccountName: "user-sa" },
        });
        for (const name of ["hub-prod-proxy-token", "auth-config-prod-auth-state-key"]) {
            // 64 of 16 digits are 32 bytes.
            expect(find(built, name)).toEqual({
                length: 64,
                lower: false,
                upper: false,
                numeric: false,
                special: true,
                overrideSpecial: "0123456789abcdef",
            });
        }
    });

    it("keeps the client's secret in the Secret that the hub reads, and nowhere else", () => {
        const holding = built.resources.filter(({ inputs }) =>
            JSON.stringify(inputs).includes("the client's secret"),
        );

        expect(holding.map(({ name }) => name)).toEqual(["auth-config-prod-oauth-client"]);
        const { metadata, stringData } = find(built, "auth-config-prod-oauth-client");
        expect(metadata).toMatchObject({ name: "oauth-client", namespace: "prod" });
        expect(unseal(stringData)).toEqual({ "client-secret": "the client's secret" });
    });

    it("exports the platform's disk with a quota, at an address that nodes can mount", () => {
        expect(find(built, "home-storage-prod-chart")).toMatchObject({
            name: "prod-homes",
            chart: "oci://ghcr.io/2i2c-org/jupyterhub-home-nfs/jupyterhub-home-nfs",
            version: "1.2.0",
            namespace: "prod-homes",
            values: {
                eks: { enabled: true, volumeId: "vol-06f3c3dc2ded0cd06" },
                nodeSelector: { "hub.jupyter.org/node-purpose": "core" },
                quotaEnforcer: { config: { QuotaManager: { hard_quota: 50 } } },
            },
        });
        expect(find(built, "home-storage-prod-service")).toMatchObject({
            metadata: { name: "homes", namespace: "prod-homes" },
            spec: { type: "ClusterIP", selector: { app: "nfs-server" } },
        });
        expect(find(built, "home-storage-prod-volume")["spec"]).toEqual({
            accessModes: ["ReadWriteMany"],
            storageClassName: "",
            capacity: { storage: "1Mi" },
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: { namespace: "prod", name: "homes" },
            mountOptions: ["nfsvers=4.1", "hard"],
            nfs: { server: "172.20.7.7", path: "/" },
        });
        expect(find(built, "home-storage-prod-claim")).toMatchObject({
            metadata: { name: "homes", namespace: "prod" },
            spec: { volumeName: "prod-homes-homes", storageClassName: "" },
        });
    });

    it("claims the database's disk by the hub's storage class", () => {
        expect(find(built, "hub-database-prod-claim")).toMatchObject({
            metadata: { name: "hub-database", namespace: "prod" },
            spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: "prod-claims",
                resources: { requests: { storage: "1Gi" } },
            },
        });
    });

    it("lets the hub read the account that owns users' pods, and that alone", () => {
        expect(find(built, "object-storage-prod-account")).toMatchObject({
            metadata: { name: "user-sa", namespace: "prod" },
            automountServiceAccountToken: false,
        });
        expect(find(built, "user-sessions-prod-role")["rules"]).toEqual([
            {
                apiGroups: [""],
                resources: ["serviceaccounts"],
                resourceNames: ["user-sa"],
                verbs: ["get"],
            },
        ]);
        expect(find(built, "user-sessions-prod-role-binding")).toMatchObject({
            roleRef: { kind: "Role", name: "own-user-pods" },
            subjects: [{ kind: "ServiceAccount", name: "hub", namespace: "prod" }],
        });
    });

    it("writes who may enter into the access policy", () => {
        const { data } = find(built, "access-policy-prod-policy") as {
            data: Record<string, string>;
        };

        expect(Object.keys(data)).toEqual(["policy.json"]);
        expect(JSON.parse(data["policy.json"] ?? "")).toEqual({
            Authenticator: { admin_users: [] },
            GenericOAuthenticator: { allowed_scopes: ["geolab"] },
        });
    });

    it("leads the hub's domain to its proxy, from the hub's own namespace", () => {
        const gateway = find(built, "ingress-tls-prod-gateway");
        const domain = "geolab.earthscope.cloud";
        const allowedRoutes = { namespaces: { from: "Same" } };

        expect(gateway["metadata"]).toMatchObject({ name: "way-in", namespace: "prod" });
        expect(gateway["spec"]).toEqual({
            gatewayClassName: "traefik",
            listeners: [
                { name: "http", hostname: domain, protocol: "HTTP", port: 8000, allowedRoutes },
                {
                    name: "https",
                    hostname: domain,
                    protocol: "HTTPS",
                    port: 8443,
                    tls: { mode: "Terminate", certificateRefs: [{ name: "way-in-tls" }] },
                    allowedRoutes,
                },
            ],
        });
        const matches = [{ path: { type: "PathPrefix", value: "/" } }];
        expect(find(built, "ingress-tls-prod-route-redirect")["spec"]).toEqual({
            parentRefs: [{ name: "way-in", sectionName: "http" }],
            hostnames: [domain],
            rules: [
                {
                    matches,
                    filters: [
                        {
                            type: "RequestRedirect",
                            requestRedirect: { scheme: "https", statusCode: 301 },
                        },
                    ],
                },
            ],
        });
        expect(find(built, "ingress-tls-prod-route-way-in")["spec"]).toEqual({
            parentRefs: [{ name: "way-in", sectionName: "https" }],
            hostnames: [domain],
            rules: [
                {
                    matches,
                    filters: [
                        {
                            type: "ResponseHeaderModifier",
                            responseHeaderModifier: {
                                set: [
                                    {
                                        name: "Strict-Transport-Security",
                                        value: "max-age=15552000",
                                    },
                                ],
                            },
                        },
                    ],
                    backendRefs: [{ name: "proxy-public", port: 80 }],
                },
            ],
        });
        expect(built.outputs).toEqual({
            hubs: {
                prod: {
                    url: "https://geolab.earthscope.cloud/",
                    loadBalancer: "gateway.elb.example.org",
                },
            },
        });
    });

    it("without a zone proves the domain over HTTP, and hands the owner on to what that makes", () => {
        const owner = ownerOf(spec.matrix, "ingress-tls", "prod");
        if (owner === undefined) throw new Error("nobody owns the certificate");
        const labels = ownerLabels(owner);
        const annotations = { [contactAnnotation]: owner.contact };

        expect(find(built, "ingress-tls-prod-issuer")["spec"]).toMatchObject({
            acme: {
                email: "support@example.org",
                solvers: [
                    {
                        http01: {
                            gatewayHTTPRoute: {
                                parentRefs: [{ name: "way-in", sectionName: "http" }],
                                labels,
                                podTemplate: { metadata: { labels, annotations } },
                                serviceType: "ClusterIP",
                            },
                        },
                    },
                ],
            },
        });
        expect(find(built, "ingress-tls-prod-certificate")["spec"]).toEqual({
            secretName: "way-in-tls",
            secretTemplate: { labels, annotations },
            dnsNames: ["geolab.earthscope.cloud"],
            privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
            issuerRef: { name: "letsencrypt", kind: "Issuer", group: "cert-manager.io" },
        });
    });

    it("opens the gateway's ports on its own nodes only, so that it sees who asks", () => {
        expect(find(built, "gateway-service")["spec"]).toEqual({
            type: "NodePort",
            externalTrafficPolicy: "Local",
            selector: {
                "app.kubernetes.io/name": "traefik",
                "app.kubernetes.io/instance": "gateway-gateway",
            },
            ports: [
                { name: "http", protocol: "TCP", port: 80, targetPort: 8000, nodePort: 30080 },
                { name: "https", protocol: "TCP", port: 443, targetPort: 8443, nodePort: 30443 },
                { name: "health", protocol: "TCP", port: 8080, targetPort: 8080, nodePort: 30081 },
            ],
        });
    });

    it("lets the gateway reach proxies and proofs, and nobody else reach them from outside", () => {
        const rules = (what: string) => find(built, `security-abuse-${what}`)["spec"];
        const from = [
            {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "gateway" } },
                podSelector: {
                    matchLabels: {
                        "app.kubernetes.io/name": "traefik",
                        "app.kubernetes.io/instance": "gateway-gateway",
                    },
                },
            },
        ];
        const admits = (matchLabels: object, port: number) => ({
            podSelector: { matchLabels },
            policyTypes: ["Ingress"],
            ingress: [{ from, ports: [{ port, protocol: "TCP" }] }],
        });

        expect(rules("prod-gateway")).toEqual(
            admits({ app: "jupyterhub", component: "proxy" }, 8000),
        );
        expect(rules("prod-solver")).toEqual(
            admits({ "acme.cert-manager.io/http01-solver": "true" }, 8089),
        );
        const shut = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
        expect([rules("gateway-default"), rules("certificates-default")]).toEqual([shut, shut]);
    });

    it("shuts both namespaces but for the scheduler and the nodes that mount homes", () => {
        const policy = (what: string) => {
            const { metadata, spec: rules } = find(built, `security-abuse-prod-${what}`) as {
                metadata: { name: string; namespace: string };
                spec: object;
            };
            return [`${metadata.namespace}/${metadata.name}`, rules];
        };
        const everyPod = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
        const ranges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((cidr) => ({
            ipBlock: { cidr },
        }));

        expect(policy("default")).toEqual(["prod/default-deny", everyPod]);
        expect(policy("homes-default")).toEqual(["prod-homes/default-deny", everyPod]);
        expect(policy("scheduler")).toEqual([
            "prod/user-scheduler",
            {
                podSelector: { matchLabels: { app: "jupyterhub", component: "user-scheduler" } },
                policyTypes: ["Egress"],
                egress: [{ to: ranges, ports: [{ port: 443, protocol: "TCP" }] }],
            },
        ]);
        expect(policy("homes-server")).toEqual([
            "prod-homes/nfs-server",
            {
                podSelector: { matchLabels: { app: "nfs-server" } },
                policyTypes: ["Ingress"],
                ingress: [{ from: ranges, ports: [{ port: 2049, protocol: "TCP" }] }],
            },
        ]);
    });
});

describe("the monitoring of JupyterHub", () => {
    let built: Built;
    beforeAll(async () => {
        built = await build();
    });

    const policyOf = (name: string) => find(built, `security-abuse-${name}`)["spec"];
    const namespaceOf = (name: string) =>
        (find(built, name)["metadata"] as { namespace: string }).namespace;
    const ofPrometheus = {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } },
        podSelector: {
            matchLabels: {
                "app.kubernetes.io/name": "prometheus",
                "app.kubernetes.io/component": "server",
            },
        },
    };

    it("is restricted, but for what looks into the nodes, which stands apart", () => {
        const enforced = (name: string) =>
            (find(built, name)["metadata"] as { labels: Record<string, string> }).labels[
                "pod-security.kubernetes.io/enforce"
            ];
        expect(enforced("monitoring-alerts-namespace")).toBe("restricted");
        expect(enforced("monitoring-alerts-agents")).toBe("privileged");
        const everyPod = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
        expect(policyOf("monitoring-default")).toEqual(everyPod);
        expect(policyOf("agents-default")).toEqual(everyPod);
    });

    it.each([
        ["prod-metrics", "prod", { app: "jupyterhub", component: "hub" }, 8081],
        ["prod-homes-metrics", "prod-homes", { app: "nfs-server" }, 9100],
        [
            "certificates-metrics",
            "cert-manager",
            { "app.kubernetes.io/name": "cert-manager" },
            9402,
        ],
    ])("lets Prometheus and nobody else in by %s", (name, namespace, matchLabels, port) => {
        expect(namespaceOf(`security-abuse-${name}`)).toBe(namespace);
        expect(policyOf(name)).toEqual({
            podSelector: { matchLabels },
            policyTypes: ["Ingress"],
            ingress: [{ from: [ofPrometheus], ports: [{ port, protocol: "TCP" }] }],
        });
    });

    it("lets nobody come to Grafana, and Grafana go to Prometheus only", () => {
        const { ingress, egress } = policyOf("grafana") as {
            ingress?: unknown;
            egress: { ports: { port: number }[] }[];
        };
        expect(ingress).toBeUndefined();
        expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([
            53, 53, 9090,
        ]);
    });

    it("gives Prometheus the nodes to see, and nothing else of Kubernetes", () => {
        expect(find(built, "monitoring-alerts-role")).toMatchObject({
            rules: [
                { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
                { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
            ],
        });
        expect(find(built, "monitoring-alerts-prometheus")).toMatchObject({
            values: { rbac: { create: false } },
        });
    });

    it("asks each hub with the key that the hub was given, and shows it to nobody", () => {
        const { stringData } = find(built, "monitoring-alerts-hub-keys");
        expect(unseal(stringData)).toEqual({ prod: "hex of hub-prod-metrics-key" });
        expect(unseal(find(built, "hub-prod-chart")["values"])).toMatchObject({
            hub: { services: { metrics: { apiToken: "hex of hub-prod-metrics-key" } } },
        });
        const holding = built.resources.filter(({ inputs }) =>
            JSON.stringify(inputs).includes("hex of hub-prod-metrics-key"),
        );
        expect(holding.map(({ name }) => name).sort()).toEqual([
            "hub-prod-chart",
            "monitoring-alerts-hub-keys",
        ]);
        expect(unseal(find(built, "monitoring-alerts-grafana-admin")["stringData"])).toEqual({
            "admin-user": "admin",
            "admin-password": "hex of monitoring-alerts-grafana-password",
        });
    });

    it("tells Alertmanager the platform's ways to owners", () => {
        const { data } = find(built, "monitoring-alerts-alertmanager-config") as {
            data: Record<string, string>;
        };
        const { receivers } = JSON.parse(data["alertmanager.yml"] ?? "") as {
            receivers: unknown[];
        };
        expect(receivers).toEqual([
            { name: "LifeSign", sns_configs: [{ topic_arn: "nobody's topic" }] },
            { name: "site-reliability-engineer 2i2c", sns_configs: [{ topic_arn: "the topic" }] },
        ]);
    });

    it("keeps what it measures by days and by the size of a disk that it claims itself", () => {
        const { data } = find(built, "monitoring-alerts-prometheus-config") as {
            data: Record<string, string>;
        };
        expect(JSON.parse(data["prometheus.yml"] ?? "")).toMatchObject({
            storage: { tsdb: { retention: { time: "30d", size: "16384MB" } } },
        });
        const claims = built.resources.filter(
            ({ type, name }) =>
                type.endsWith(":PersistentVolumeClaim") && name.startsWith("monitoring-"),
        );
        expect(claims.map(({ inputs }) => inputs["spec"])).toEqual(
            ["20Gi", "1Gi"].map((storage) => ({
                accessModes: ["ReadWriteOnce"],
                storageClassName: "steward-monitoring",
                resources: { requests: { storage } },
            })),
        );
    });

    it("gives Alertmanager that claim where its chart has none", async () => {
        const volumes = [{ name: "storage", emptyDir: {} }, { name: "settings" }];
        const done = await claimedStorage({
            type: "kubernetes:apps/v1:StatefulSet",
            props: { spec: { template: { spec: { volumes } } } },
            opts: {},
        } as unknown as pulumi.ResourceTransformArgs);
        expect(done?.props).toEqual({
            spec: {
                template: {
                    spec: {
                        volumes: [
                            {
                                name: "storage",
                                persistentVolumeClaim: { claimName: "alertmanager" },
                            },
                            { name: "settings" },
                        ],
                    },
                },
            },
        });
    });
});

describe("JupyterHub whose domains are in a zone of the platform", () => {
    const route53 = { region: "us-east-2", hostedZoneID: pulumi.output("Z0ZONE") };
    const proof = { solver: { route53 }, ready: [] };

    it("proves them there, by one issuer for all hubs", async () => {
        const built = await build(undefined, { proof });
        const names = built.resources.map(({ name }) => name);

        expect(find(built, "gateway-issuer")).toMatchObject({
            kind: "ClusterIssuer",
            spec: {
                acme: {
                    solvers: [
                        { dns01: { route53: { region: "us-east-2", hostedZoneID: "Z0ZONE" } } },
                    ],
                },
            },
        });
        expect(find(built, "ingress-tls-prod-certificate")["spec"]).toMatchObject({
            issuerRef: { name: "letsencrypt", kind: "ClusterIssuer" },
        });
        expect(names).not.toContain("ingress-tls-prod-issuer");
        expect(names).not.toContain("security-abuse-prod-solver");
    });

    it("asks for no certificate before the world finds the zone", async () => {
        const waiting = await build(undefined, { proof, reachable: false });
        const names = waiting.resources.map(({ name }) => name);

        expect(names).toContain("gateway-issuer");
        expect(names).toContain("ingress-tls-prod-gateway");
        expect(names).not.toContain("ingress-tls-prod-certificate");
    });
});

describe("what the workload needs", () => {
    it("waits for the webhook's authority in place of the chart's hook", async () => {
        const group = "kubernetes:admissionregistration.k8s.io/v1";
        const given = { custom: true, name: "webhook", opts: {} };
        const props = { metadata: { name: "cert-manager-webhook", annotations: { own: "kept" } } };

        const changed = await awaitInjection({
            ...given,
            type: `${group}:ValidatingWebhookConfiguration`,
            props,
        });
        expect(changed?.props["metadata"]).toEqual({
            name: "cert-manager-webhook",
            annotations: {
                own: "kept",
                "pulumi.com/waitFor": "jsonpath={.webhooks[*].clientConfig.caBundle}",
            },
        });
        const type = "kubernetes:core/v1:ConfigMap";
        expect(await awaitInjection({ ...given, type, props })).toBeUndefined();
    });

    it("names the secret that is missing", async () => {
        await expect(build({ prod: {} })).rejects.toThrow(
            "steward:secrets.prod.oauthClientSecret: is missing; run `pulumi config set --secret --path 'steward:secrets.prod.oauthClientSecret'`",
        );
    });

    it("protects the claims and volumes of a chart, and nothing else of it", async () => {
        const given = { custom: true, name: "home-nfs", props: {}, opts: {} };
        const protectedType = async (type: string) => {
            const changed = await protectVolumes({ ...given, type });
            return changed?.opts.protect;
        };

        expect(await protectedType("kubernetes:core/v1:PersistentVolumeClaim")).toBe(true);
        expect(await protectedType("kubernetes:core/v1:PersistentVolume")).toBe(true);
        expect(await protectedType("kubernetes:apps/v1:Deployment")).toBeUndefined();
    });

    it("seals what a chart puts into a Secret, once, and nothing else", async () => {
        const given = { custom: true, name: "hub", opts: {} };
        const type = "kubernetes:core/v1:Secret";
        const props = { type: "Opaque", data: { token: "dG9rZW4=" } };

        const first = await sealSecrets({ ...given, type, props });
        expect(first?.props["type"]).toBe("Opaque");
        expect(Object.keys(first?.props ?? {})).toEqual(["type", "data"]);
        expect(unseal(first?.props["data"])).toEqual({ token: "dG9rZW4=" });

        const again = await sealSecrets({ ...given, type, props: first?.props ?? {} });
        expect(again?.props).toEqual(first?.props);
        expect(
            await sealSecrets({ ...given, type: "kubernetes:core/v1:ConfigMap", props }),
        ).toBeUndefined();
    });
});
