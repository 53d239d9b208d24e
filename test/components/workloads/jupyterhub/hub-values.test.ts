import { ownerOf } from "../../../../components/model/matrix";
import { agentIdentity } from "../../../../components/platforms/aws/agent-identity";
import { isHubs, parseSpec } from "../../../../components/model/spec";
import { seatsOf } from "../../../../components/workloads/jupyterhub/sessions";
import { hubValues } from "../../../../components/workloads/jupyterhub/values";
import type { Keys } from "../../../../rehearsal/kubernetes/charts/keys";
import { unknownKeys } from "../../../../rehearsal/kubernetes/charts/keys";
import chartKeys from "../../../../rehearsal/kubernetes/charts/jupyterhub/keys.json";
import type { Props } from "../../../../rehearsal/provider/values";
import { stackConfig } from "../../../support/stack-file";

type Config = Record<string, unknown>;

/** The chart's values of that hub, with further changes. */
function valuesOf(name: string, over: Config = {}) {
    const config = stackConfig("jupyterhub-aws");
    const jupyterhub = config["jupyterhub"] as { hubs: Config[] };
    const like = jupyterhub.hubs.find((each) => each["name"] === name) ?? jupyterhub.hubs[0];
    jupyterhub.hubs = [{ ...like, name, ...over }];
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || !isHubs(spec)) throw new Error(JSON.stringify(problems));
    const [hub] = spec.workload.jupyterhub.hubs;
    const sessions = ownerOf(spec.matrix, "user-sessions", name);
    if (hub === undefined || sessions === undefined) throw new Error(`no hub ${name}`);
    return hubValues(hub, {
        sessions,
        serviceAccount: "user-sa",
        identity: agentIdentity,
        buckets: hub.scratch === undefined ? {} : { scratch: `s3://${hub.scratch.bucket}` },
        database: { kind: "claim" },
        nodeSelector: { "steward/hub": name },
        proxyToken: "proxy token",
        cookieSecret: "cookie secret",
        authStateKey: "auth state key",
        metricsKey: "metrics key",
        oauthClientDigest: "digest",
    });
}

const shut = { cloudMetadataServer: false, dnsPortsCloudMetadataServer: false };
const podIdentity = {
    to: [{ ipBlock: { cidr: "169.254.170.23/32" } }],
    ports: [{ port: 80, protocol: "TCP" }],
};

const ordinary = { memory: { guarantee: "1G", limit: "1G" }, cpu: { guarantee: 0.05 } };
const hourly = { enabled: true, timeout: 3_600, every: 600, maxAge: 0 };
const homes = {
    type: "static",
    static: { pvcName: "homes", subPath: "{escaped_username}" },
    extraVolumes: [{ name: "temporary", emptyDir: { sizeLimit: "20Gi" } }],
    extraVolumeMounts: [{ name: "temporary", mountPath: "/tmp" }],
};

/** What differs from hub to hub, whole. */
const expected = {
    prod: {
        bucket: "earthscope-scratch",
        cull: hourly,
        server: ordinary,
        storage: homes,
        host: "geolab.earthscope.cloud",
        login: "https://login.earthscope.org",
        audience: "https://api.earthscope.org",
        client: "2PbhUTbRU6e7uIaaEZIShotx15MbvsJJ",
    },
    staging: {
        bucket: "earthscope-scratch-staging",
        cull: hourly,
        server: ordinary,
        storage: homes,
        host: "staging.geolab.earthscope.cloud",
        login: "https://login-dev.earthscope.org",
        audience: "https://api.dev.earthscope.org",
        client: "Kn6kSKtw9TqgrSrEmDS0rlBM7Sc69BkL",
    },
    binder: {
        bucket: "earthscope-scratch-binder",
        cull: { enabled: true, timeout: 3_600, every: 300, maxAge: 43_200, users: true },
        server: {
            memory: { guarantee: "6G", limit: "8G" },
            cpu: { guarantee: 0.05, limit: 1 },
        },
        storage: { type: "none", extraVolumes: [], extraVolumeMounts: [] },
        host: "hub.binder.geolab.earthscope.cloud",
        login: "https://login.earthscope.org",
        client: "2PbhUTbRU6e7uIaaEZIShotx15MbvsJJ",
    },
} as const;

describe.each(Object.entries(expected))("the values of EarthScope's %s", (name, facts) => {
    const { hub, proxy, singleuser, scheduling, prePuller, cull } = valuesOf(name);

    it("hold no key that the chart refuses", () => {
        const known = chartKeys as unknown as Keys;

        expect(unknownKeys(valuesOf(name) as unknown as Props, known)).toEqual([]);
    });

    it("say when servers end", () => {
        expect(cull).toEqual(facts.cull);
    });

    it("say how users sign in", () => {
        expect(hub.config).toEqual({
            JupyterHub: { authenticator_class: "generic-oauth" },
            GenericOAuthenticator: {
                authorize_url: `${facts.login}/authorize`,
                token_url: `${facts.login}/oauth/token`,
                userdata_url: `${facts.login}/userinfo`,
                logout_redirect_url: `${facts.login}/v2/logout?client_id=${facts.client}`,
                ...("audience" in facts
                    ? { extra_authorize_params: { audience: facts.audience } }
                    : {}),
                scope: ["openid", "offline_access", "geolab", "geolab:dev", "geolab:power"],
                auth_state_groups_key: "scope",
                username_claim: "sub",
                manage_groups: true,
                enable_auth_state: true,
                auth_refresh_age: 0,
                client_id: facts.client,
                oauth_callback_url: `https://${facts.host}/hub/oauth_callback`,
            },
            CryptKeeper: { keys: ["auth state key"] },
            KubeSpawner: {
                automount_service_account_token: false,
                pod_security_context: {
                    runAsNonRoot: true,
                    seccompProfile: { type: "RuntimeDefault" },
                },
                container_security_context: { capabilities: { drop: ["ALL"] } },
            },
        });
    });

    it("say how the hub is reached", () => {
        // Certificates are the gateway's.
        expect(proxy.https).toEqual({ enabled: false });
        expect(proxy.service).toEqual({ type: "ClusterIP" });
    });

    it("say what a user's server is", () => {
        const { profileList: profiles, ...server } = singleuser;

        expect(server).toEqual({
            extraLabels: {
                "owner-role": "hub-administrator",
                "owner-party": "earthscope",
                "owner-layer": "user-sessions",
                hub: name,
                cluster: "geolab",
                environment: "production",
                "managed-by": "steward",
            },
            extraAnnotations: { "steward/owner-contact": "geolab@example.org" },
            serviceAccountName: "user-sa",
            nodeSelector: { "steward/hub": name },
            uid: 1000,
            fsGid: 100,
            allowPrivilegeEscalation: false,
            cloudMetadata: { blockWithIptables: false },
            networkPolicy: {
                egressAllowRules: { ...shut, privateIPs: false },
                egress: [podIdentity],
            },
            ...facts.server,
            extraEnv: { SCRATCH_BUCKET: `s3://${facts.bucket}/$(JUPYTERHUB_USER)` },
            storage: facts.storage,
        });
        expect(profiles).toHaveLength(name === "binder" ? 0 : 2);
    });

    it("keep no seat free and pull no image ahead", () => {
        expect(scheduling).toEqual({
            userScheduler: {
                enabled: true,
                resources: {
                    requests: { cpu: "30m", memory: "256Mi" },
                    limits: { memory: "512Mi" },
                },
            },
            podPriority: { enabled: false },
            userPlaceholder: { enabled: false },
            corePods: { nodeAffinity: { matchNodePurpose: "require" } },
            userPods: { nodeAffinity: { matchNodePurpose: "require" } },
        });
        expect(prePuller).toEqual({ hook: { enabled: false }, continuous: { enabled: false } });
    });
});

describe("seats kept free", () => {
    const arrivals = { users: 60, withinMinutes: 3 };

    it("are as many as come while a machine starts", () => {
        const seats = (placeholders: unknown) =>
            seatsOf({ placeholders } as Parameters<typeof seatsOf>[0]);

        expect(seats(undefined)).toBe(0);
        expect(seats({ seats: 7 })).toBe(7);
        expect(seats({ arrivals: { ...arrivals, nodeStartMinutes: 10 } })).toBe(200);
        expect(seats({ arrivals: { users: 10, withinMinutes: 3, nodeStartMinutes: 4 } })).toBe(14);
    });

    it("take the room of the smallest choice, and make way by priority", () => {
        const { scheduling } = valuesOf("prod", { placeholders: { arrivals } });

        expect(scheduling.podPriority).toEqual({ enabled: true });
        expect(scheduling.userPlaceholder).toEqual({
            enabled: true,
            replicas: 200,
            resources: { requests: { memory: 3_902_839_759, cpu: 0.4563125 } },
        });
    });

    it("take the room of an ordinary server where nothing is chosen", () => {
        const { scheduling } = valuesOf("binder", { placeholders: { seats: 2 } });

        expect(scheduling.userPlaceholder).toEqual({ enabled: true, replicas: 2 });
    });
});

describe("what a hub asks for besides", () => {
    it("is passed on: images, addresses, environment", () => {
        const { singleuser, prePuller } = valuesOf("prod", {
            imagePullPolicy: "Always",
            prePull: true,
            image: { name: "quay.io/example/image", tag: "1" },
            environment: { EDITOR: "vi" },
            reaches: [{ cidr: "10.8.0.0/16", ports: [5432, 443] }],
        });

        expect(singleuser).toMatchObject({
            image: { name: "quay.io/example/image", tag: "1", pullPolicy: "Always" },
            extraEnv: {
                EDITOR: "vi",
                SCRATCH_BUCKET: "s3://earthscope-scratch/$(JUPYTERHUB_USER)",
            },
        });
        expect(singleuser.networkPolicy.egress).toEqual([
            podIdentity,
            {
                to: [{ ipBlock: { cidr: "10.8.0.0/16" } }],
                ports: [
                    { port: 5432, protocol: "TCP" },
                    { port: 443, protocol: "TCP" },
                ],
            },
        ]);
        expect(prePuller).toEqual({ hook: { enabled: false }, continuous: { enabled: true } });
    });

    it("holds no key that the chart refuses", () => {
        const everything = valuesOf("prod", {
            imagePullPolicy: "Always",
            prePull: true,
            placeholders: { seats: 3 },
            reaches: [{ cidr: "10.8.0.0/16", ports: [5432] }],
        });

        expect(unknownKeys(everything as unknown as Props, chartKeys as unknown as Keys)).toEqual(
            [],
        );
    });
});
