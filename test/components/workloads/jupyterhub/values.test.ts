import { ownerOf } from "../../../../components/model/matrix";
import { agentIdentity } from "../../../../components/platforms/aws/agent-identity";
import type { HubSpec } from "../../../../components/model/spec/jupyterhub";
import { accessPolicy, signIn } from "../../../../components/workloads/jupyterhub/sign-in";
import type { HubContext } from "../../../../components/workloads/jupyterhub/values";
import { digest } from "../../../../components/workloads/jupyterhub/digest";
import { hubValues } from "../../../../components/workloads/jupyterhub/values";
import type { Keys } from "../../../../rehearsal/kubernetes/charts/keys";
import { unknownKeys } from "../../../../rehearsal/kubernetes/charts/keys";
import chartKeys from "../../../../rehearsal/kubernetes/charts/jupyterhub/keys.json";
import type { Props } from "../../../../rehearsal/provider/values";
import { geolabSpec } from "../../../support/stack-file";

const spec = geolabSpec();
const sessions = ownerOf(spec.matrix, "user-sessions", "prod");
const [prod] = spec.workload.jupyterhub.hubs;
if (prod === undefined || sessions === undefined) throw new Error("the stack file lost its hub");

const context: HubContext<string> = {
    sessions,
    serviceAccount: "user-sa",
    identity: agentIdentity,
    buckets: { scratch: "s3://earthscope-scratch" },
    nodeSelector: { "steward/hub": "prod" },
    proxyToken: "proxy token",
    cookieSecret: "cookie secret",
    authStateKey: "auth state key",
    metricsKey: "metrics key",
    oauthClientDigest: "digest of the client's secret",
    database: { kind: "claim" },
};

/** With the buckets where a platform says they are. */
const valuesOf = (change: Partial<HubSpec> = {}) => {
    const hub = { ...prod, ...change };
    const buckets = {
        ...(hub.scratch && { scratch: `s3://${hub.scratch.bucket}` }),
        ...(hub.persistent && { persistent: `s3://${hub.persistent.bucket}` }),
    };
    return hubValues(hub, { ...context, buckets });
};

describe("values of the hub's chart", () => {
    it("hold no key that the chart refuses", () => {
        const known = chartKeys as unknown as Keys;

        expect(unknownKeys(valuesOf() as unknown as Props, known)).toEqual([]);
        expect(unknownKeys({ hub: { serviceAccount: { labels: {} } } }, known)).toEqual([
            "hub.serviceAccount.labels: additional property not allowed",
        ]);
    });

    it("pin the three secrets that the chart would make anew each time", () => {
        const { hub, proxy } = valuesOf();

        expect(proxy.secretToken).toBe("proxy token");
        expect(hub.cookieSecret).toBe("cookie secret");
        expect(hub.config.CryptKeeper.keys).toEqual(["auth state key"]);
    });

    it("show measurements to the key of the monitoring, which may do nothing else", () => {
        const { hub } = valuesOf();

        expect(hub.services).toEqual({ metrics: { apiToken: "metrics key" } });
        expect(hub.loadRoles).toEqual({
            metrics: { scopes: ["read:metrics"], services: ["metrics"] },
        });
        expect(JSON.stringify(hub)).not.toContain("authenticate_prometheus");
    });

    it("sign in by the transcribed client, whose secret comes from the sign-in layer", () => {
        const { hub } = valuesOf();

        expect(signIn(prod)).toEqual({
            JupyterHub: { authenticator_class: "generic-oauth" },
            GenericOAuthenticator: {
                authorize_url: "https://login.earthscope.org/authorize",
                token_url: "https://login.earthscope.org/oauth/token",
                userdata_url: "https://login.earthscope.org/userinfo",
                logout_redirect_url:
                    "https://login.earthscope.org/v2/logout?client_id=2PbhUTbRU6e7uIaaEZIShotx15MbvsJJ",
                extra_authorize_params: { audience: "https://api.earthscope.org" },
                scope: ["openid", "offline_access", "geolab", "geolab:dev", "geolab:power"],
                auth_state_groups_key: "scope",
                username_claim: "sub",
                manage_groups: true,
                enable_auth_state: true,
                auth_refresh_age: 0,
                client_id: "2PbhUTbRU6e7uIaaEZIShotx15MbvsJJ",
                oauth_callback_url: "https://geolab.earthscope.cloud/hub/oauth_callback",
            },
        });
        expect(hub.config).toMatchObject(signIn(prod));
        expect(hub.extraEnv).toEqual({
            OAUTH_CLIENT_SECRET: {
                valueFrom: { secretKeyRef: { name: "oauth-client", key: "client-secret" } },
            },
        });
    });

    it.each([
        ["generic-oauth", "GenericOAuthenticator"],
        ["github", "GitHubOAuthenticator"],
        ["cilogon", "CILogonOAuthenticator"],
    ] as const)("write the settings of %s under %s", (name, section) => {
        const authenticator = {
            class: name,
            clientId: "client",
            settings: { allow_all: true, blocked_users: ["mallory"], scope: ["read"] },
        };

        expect(Object.keys(signIn({ ...prod, authenticator }))).toEqual(["JupyterHub", section]);
        expect(JSON.parse(accessPolicy({ ...prod, authenticator, admins: ["maria"] }))).toEqual({
            Authenticator: { admin_users: ["maria"] },
            [section]: { allow_all: true, blocked_users: ["mallory"] },
        });
    });

    it("restart the hub when the access policy or the client's secret changes", () => {
        const before = valuesOf().hub.annotations;

        expect(before).toEqual({
            "steward/access-policy": digest(accessPolicy(prod)),
            "steward/oauth-client": "digest of the client's secret",
        });
        expect(valuesOf({ admins: ["maria"] }).hub.annotations["steward/access-policy"]).not.toBe(
            before["steward/access-policy"],
        );
        expect(valuesOf({ domain: "hub.example.org" }).hub.annotations).toEqual(before);
    });

    it("hand the owner of the sessions on to users' pods", () => {
        const { singleuser } = valuesOf();

        expect(singleuser.extraLabels).toEqual({
            "owner-role": "hub-administrator",
            "owner-party": "earthscope",
            "owner-layer": "user-sessions",
            hub: "prod",
            cluster: "geolab",
            environment: "production",
            "managed-by": "steward",
        });
        expect(singleuser.extraAnnotations).toEqual({
            "steward/owner-contact": "geolab@example.org",
        });
    });

    it("give users' pods no privilege, no Kubernetes token and no way to private addresses", () => {
        const { singleuser, hub } = valuesOf();

        expect(singleuser).toMatchObject({
            serviceAccountName: "user-sa",
            nodeSelector: { "steward/hub": "prod" },
            uid: 1000,
            fsGid: 100,
            allowPrivilegeEscalation: false,
            cloudMetadata: { blockWithIptables: false },
            networkPolicy: {
                egressAllowRules: {
                    cloudMetadataServer: false,
                    dnsPortsCloudMetadataServer: false,
                    privateIPs: false,
                },
                egress: [
                    {
                        to: [{ ipBlock: { cidr: "169.254.170.23/32" } }],
                        ports: [{ port: 80, protocol: "TCP" }],
                    },
                ],
            },
        });
        expect(hub.config.KubeSpawner).toEqual({
            automount_service_account_token: false,
            pod_security_context: {
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
            },
            container_security_context: { capabilities: { drop: ["ALL"] } },
        });
    });

    it("mount homes, temporary space and the scratch bucket's name", () => {
        const { singleuser } = valuesOf({ environment: { EDITOR: "vi" } });

        expect(singleuser.storage).toEqual({
            type: "static",
            static: { pvcName: "homes", subPath: "{escaped_username}" },
            extraVolumes: [{ name: "temporary", emptyDir: { sizeLimit: "20Gi" } }],
            extraVolumeMounts: [{ name: "temporary", mountPath: "/tmp" }],
        });
        expect(singleuser.extraEnv).toEqual({
            EDITOR: "vi",
            SCRATCH_BUCKET: "s3://earthscope-scratch/$(JUPYTERHUB_USER)",
        });
    });

    it("leave out what the hub does not have, and name the image where it names one", () => {
        const { singleuser } = valuesOf({ temporary: undefined, scratch: undefined });

        expect(singleuser.storage.extraVolumes).toEqual([]);
        expect(singleuser.storage.extraVolumeMounts).toEqual([]);
        expect(singleuser.extraEnv).toEqual({});
        expect(singleuser).not.toHaveProperty("image");

        const image = { name: "quay.io/example/image", tag: "1" };
        expect(valuesOf({ image }).singleuser).toMatchObject({ image });
    });

    it("keep the database on the claim of its own layer, upgraded as the chart would", () => {
        const { hub } = valuesOf();

        expect(hub.db).toEqual({
            type: "other",
            url: "sqlite:////srv/jupyterhub/jupyterhub.sqlite",
            upgrade: true,
        });
        expect(hub.extraVolumes).toContainEqual({
            name: "database",
            persistentVolumeClaim: { claimName: "hub-database" },
        });
        expect(hub.extraVolumeMounts).toContainEqual({
            name: "database",
            mountPath: "/srv/jupyterhub",
        });
    });

    it("reach a database server by a URL without its password, which comes from the layer's Secret", () => {
        const url = "postgresql+psycopg2://jupyterhub@db.test:5432/jupyterhub?sslmode=require";
        const database = { kind: "postgres", url, passwordDigest: "digest" } as const;
        const { hub } = hubValues(prod, { ...context, database });

        expect(hub.db).toEqual({ type: "postgres", url, upgrade: true });
        expect(hub.extraEnv).toMatchObject({
            PGPASSWORD: {
                valueFrom: { secretKeyRef: { name: "hub-database", key: "password" } },
            },
        });
        expect(hub.annotations).toMatchObject({ "steward/database": "digest" });
        expect(hub.extraVolumes.map(({ name }) => name)).toEqual(["access-policy"]);
        expect(hub.extraVolumeMounts.map(({ name }) => name)).toEqual(["access-policy"]);
    });

    it("show all the shared directory, and let only administrators write", () => {
        const homes = { storage: "efs", coldAfterDays: 90, shared: true } as const;
        const { singleuser, hub } = valuesOf({ homes, temporary: undefined });

        expect(singleuser.storage.extraVolumeMounts).toEqual([
            { name: "home", mountPath: "/home/jovyan/shared", subPath: "_shared", readOnly: true },
        ]);
        expect(Object.keys(hub.extraConfig)).toContain("40-shared-directory");
        expect(Object.keys(valuesOf().hub.extraConfig)).not.toContain("40-shared-directory");
    });

    it("mount nothing where no homes are kept, and name the bucket for what is", () => {
        const persistent = { bucket: "reef-kept", keepVersionsDays: 30 };
        const { singleuser } = valuesOf({ homes: { storage: "none" }, persistent });

        expect(singleuser.storage).toMatchObject({ type: "none" });
        expect(singleuser.storage).not.toHaveProperty("static");
        expect(singleuser.extraEnv).toMatchObject({
            PERSISTENT_BUCKET: "s3://reef-kept/$(JUPYTERHUB_USER)",
        });
    });

    it("leave TLS to the gateway, and the proxy open to nobody the security layer does not name", () => {
        const { proxy } = valuesOf();

        expect(proxy).toMatchObject({ service: { type: "ClusterIP" }, https: { enabled: false } });
        expect(proxy.chp.networkPolicy.allowedIngressPorts).toEqual([]);
    });

    it("make no object of a Helm hook, and keep every pod on the nodes meant for it", () => {
        const { prePuller, scheduling } = valuesOf();

        expect(prePuller).toEqual({ hook: { enabled: false }, continuous: { enabled: false } });
        expect(scheduling).toMatchObject({
            userScheduler: { enabled: true },
            podPriority: { enabled: false },
            userPlaceholder: { enabled: false },
            corePods: { nodeAffinity: { matchNodePurpose: "require" } },
            userPods: { nodeAffinity: { matchNodePurpose: "require" } },
        });
    });

    it("look for idle servers at least as often as their time is long", () => {
        const cull = (timeoutSeconds: number) =>
            valuesOf({ idle: { timeoutSeconds, maxAgeSeconds: 86_400, removeUsers: false } }).cull;

        expect(cull(3_600)).toEqual({ enabled: true, timeout: 3_600, every: 600, maxAge: 86_400 });
        expect(cull(60).every).toBe(60);
    });
});
