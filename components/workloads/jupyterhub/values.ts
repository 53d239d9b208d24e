import type { Owner } from "../../model/matrix";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { contactAnnotation, ownerLabels } from "../../model/tags";
import type { PodIdentity } from "../../platforms/foundation";
import type { BinderAccess } from "./builds/hub-access";
import { buildsOfHub } from "./builds/hub-access";
import type { DaskAccess } from "./dask-access";
import { daskOfHub } from "./dask-access";
import { digest } from "./digest";
import { hubConfig, sharedDirectory } from "./hub-config";
import { names } from "./names";
import { profileList } from "./profile-list";
import { culling, freeSeats, ordinaryImage, ordinaryServer, privateReach } from "./sessions";
import { userStorage } from "./user-storage";
import { accessPolicy, signIn } from "./sign-in";

/** What the chart needs besides the hub itself; `S` is a secret text, known only while deploying. */
export interface HubContext<S> {
    /** Who owns the users' pods, which the engine never sees. */
    readonly sessions: Owner;
    /** The service account of users' pods. */
    readonly serviceAccount: string;
    /** What its pods need besides, to be given the hub's identity in the cloud. */
    readonly identity: Omit<PodIdentity, "accountAnnotations">;
    /** Where the hub's buckets are, as the tools of its users write it. */
    readonly buckets: { readonly scratch?: string; readonly persistent?: string };
    /** Labels of the nodes that users' pods run on; what a profile selects comes on top. */
    readonly nodeSelector: Readonly<Record<string, string>>;
    /** Set where users' pods run on the nodes that all hubs share. */
    readonly sharesNodes?: boolean | undefined;
    /** 32 bytes in hexadecimal each; pinned, since the chart would make new ones at every rendering. */
    readonly proxyToken: S;
    readonly cookieSecret: S;
    readonly authStateKey: S;
    /** What the monitoring shows to be told of requests and servers: nobody else may read that. */
    readonly metricsKey: S;
    /** Changes with the OAuth client's secret, so that the hub restarts and reads the new one. */
    readonly oauthClientDigest: S;
    /** How the hub reaches its database. */
    readonly database: DatabaseAccess<S>;
    /** Of a hub that has a Dask gateway. */
    readonly dask?: DaskAccess<S> | undefined;
    /** Of a hub whose users have environments built. */
    readonly binder?: BinderAccess<S> | undefined;
}

/** The hub's own database: a file on its claim, or a server whose password is in a Secret. */
export type DatabaseAccess<S> =
    | { readonly kind: "claim" }
    | {
          readonly kind: "postgres";
          /** Without the password. */
          readonly url: S;
          /** Changes with the password, so that the hub restarts and reads the new one. */
          readonly passwordDigest: S;
      };

/** Requests and limits as in the chart's guide, limits at most twice the request for memory. */
const resources = (cpu: string, memory: string, limit: string) => ({
    requests: { cpu, memory },
    limits: { memory: limit },
});

/** Nobody but a pod's own node has business with the node's metadata. */
const noMetadata = { cloudMetadataServer: false, dnsPortsCloudMetadataServer: false };

/**
 * Values for the official chart, version 4.4.0: https://z2jh.jupyter.org/en/stable/resources/reference.html
 *
 * Labels of its objects are not among them: the chart has no key for most, the layer's transform writes them.
 */
export function hubValues<S>(hub: HubSpec, context: HubContext<S>) {
    return {
        hub: hubPod(hub, context),
        proxy: proxy(hub, context),
        singleuser: singleuser(hub, context),
        scheduling: {
            // Packs users onto the fullest node, so that empty ones can go.
            userScheduler: { enabled: true, resources: resources("30m", "256Mi", "512Mi") },
            ...freeSeats(hub),
            corePods: { nodeAffinity: { matchNodePurpose: "require" } },
            userPods: {
                nodeAffinity: {
                    matchNodePurpose: context.sharesNodes === true ? "ignore" : "require",
                },
            },
        },
        prePuller: {
            // A Helm hook, which Pulumi's chart does not run.
            hook: { enabled: false },
            // A node comes because a user is waiting for it: pulling the other profiles' images is in the way.
            continuous: { enabled: hub.prePull },
        },
        cull: culling(hub),
    };
}

function hubPod<S>(hub: HubSpec, context: HubContext<S>) {
    const database = databaseOf(context.database);
    const dask = daskOfHub(hub, context.dask);
    const builds = buildsOfHub(hub, context.binder);
    return {
        cookieSecret: context.cookieSecret,
        config: {
            ...signIn(hub),
            CryptKeeper: { keys: [context.authStateKey] },
            KubeSpawner: {
                // Cloud credentials come by a volume of their own; the Kubernetes API is no user's business.
                automount_service_account_token: false,
                pod_security_context: {
                    runAsNonRoot: true,
                    seccompProfile: { type: "RuntimeDefault" },
                },
                container_security_context: { capabilities: { drop: ["ALL"] } },
            },
        },
        services: {
            metrics: { apiToken: context.metricsKey },
            ...dask.services,
            ...builds.services,
        },
        loadRoles: {
            metrics: { scopes: ["read:metrics"], services: ["metrics"] },
            ...dask.roles,
            ...builds.roles,
        },
        extraConfig: { ...configOf(hub), ...builds.config },
        extraEnv: {
            OAUTH_CLIENT_SECRET: {
                valueFrom: {
                    secretKeyRef: { name: names.oauthClient, key: names.oauthClientKey },
                },
            },
            ...database.env,
        },
        annotations: {
            "steward/access-policy": digest(accessPolicy(hub)),
            "steward/oauth-client": context.oauthClientDigest,
            ...database.annotations,
        },
        db: database.db,
        extraVolumes: [
            ...database.volumes,
            { name: "access-policy", configMap: { name: names.accessPolicy } },
        ],
        extraVolumeMounts: [
            ...database.mounts,
            {
                name: "access-policy",
                mountPath: "/usr/local/etc/jupyterhub/access-policy",
                readOnly: true,
            },
        ],
        networkPolicy: { egressAllowRules: noMetadata },
        resources: resources("200m", "1Gi", "2Gi"),
    };
}

function configOf({ homes }: HubSpec) {
    const shared = homes.storage !== "none" && homes.shared;
    return { ...hubConfig, ...(shared ? sharedDirectory : {}) };
}

/** `sqlite-pvc` would have the chart make the claim; the hub database is a layer of its own. */
function databaseOf<S>(database: DatabaseAccess<S>) {
    if (database.kind === "claim") {
        const url = "sqlite:////srv/jupyterhub/jupyterhub.sqlite";
        const claim = { claimName: names.hubDatabase };
        return {
            db: { type: "other", url, upgrade: true },
            env: {},
            annotations: {},
            volumes: [{ name: "database", persistentVolumeClaim: claim }],
            mounts: [{ name: "database", mountPath: "/srv/jupyterhub" }],
        };
    }
    const password = { name: names.hubDatabase, key: names.hubDatabaseKey };
    return {
        db: { type: "postgres", url: database.url, upgrade: true },
        env: { PGPASSWORD: { valueFrom: { secretKeyRef: password } } },
        annotations: { "steward/database": database.passwordDigest },
        volumes: [],
        mounts: [],
    };
}

function proxy<S>(hub: HubSpec, { proxyToken, dask, binder }: HubContext<S>) {
    return {
        secretToken: proxyToken,
        // TLS ends at the gateway, which the ingress layer leads here; this Service stays inside.
        service: { type: "ClusterIP" },
        https: { enabled: false },
        chp: {
            resources: resources("100m", "128Mi", "256Mi"),
            networkPolicy: {
                // Not from everywhere: the security layer lets the gateway in.
                allowedIngressPorts: [],
                // It speaks with the hub and users' servers only, and the chart allows those by name.
                egressAllowRules: { ...noMetadata, nonPrivateIPs: false, privateIPs: false },
                ...daskOfHub(hub, dask).proxyPolicy,
                ...buildsOfHub(hub, binder).proxyPolicy,
            },
        },
    };
}

function singleuser<S>(hub: HubSpec, context: HubContext<S>) {
    const { sessions, serviceAccount, nodeSelector, identity, buckets } = context;
    const dask = daskOfHub(hub, context.dask);
    return {
        extraLabels: { ...ownerLabels(sessions), ...identity.podLabels },
        extraAnnotations: { [contactAnnotation]: sessions.contact, ...identity.podAnnotations },
        serviceAccountName: serviceAccount,
        nodeSelector,
        uid: 1000,
        fsGid: 100,
        allowPrivilegeEscalation: false,
        // The alternative to a privileged container in every pod: nodes answer metadata requests only to
        // themselves (hop limit 1), and the network policy below keeps the address shut as well.
        cloudMetadata: { blockWithIptables: false },
        networkPolicy: {
            egressAllowRules: { ...noMetadata, privateIPs: false },
            egress: [...identity.egress, ...privateReach(hub), ...dask.userEgress],
        },
        ...ordinaryServer(hub),
        ...ordinaryImage(hub),
        profileList: profileList(hub.profiles),
        extraEnv: {
            ...dask.userEnvironment,
            ...hub.environment,
            ...(buckets.scratch === undefined
                ? {}
                : { SCRATCH_BUCKET: `${buckets.scratch}/$(JUPYTERHUB_USER)` }),
            ...(buckets.persistent === undefined
                ? {}
                : { PERSISTENT_BUCKET: `${buckets.persistent}/$(JUPYTERHUB_USER)` }),
        },
        storage: userStorage(hub),
    };
}
