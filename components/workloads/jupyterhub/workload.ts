import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import type { Cluster } from "../../cluster";
import { layerArgs } from "../../layer-args";
import type { ClusterSpec } from "../../model/spec";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { Foundation, HubFoundation } from "../../platforms/foundation";
import type { Secrets } from "../../secrets";
import type { BuildWorkload } from "../index";
import { AccessPolicy } from "./access-policy";
import { AuthConfig } from "./auth-config";
import { CertificateAgent } from "./certificate-agent";
import { openBuilds } from "./builds/builds";
import { openDaskGateways } from "./dask";
import { Gateway } from "./gateway";
import { GatewaySecurity } from "./gateway-security";
import { HomeExport } from "./home-export";
import { HomeVolume } from "./home-volume";
import { Hub } from "./hub";
import { HubDatabase } from "./hub-database";
import { HubNamespace } from "./hub-namespace";
import { Ingress } from "./ingress";
import { watch } from "./monitoring/watch";
import { SecurityAbuse } from "./security-abuse";
import { UserIdentity } from "./user-identity";
import { UserSessions } from "./user-sessions";

/** Everything that the parts of one hub are made from. */
interface Site {
    readonly spec: ClusterSpec;
    readonly foundation: Foundation;
    readonly hub: HubSpec;
    readonly below: HubFoundation;
    readonly oauthClientSecret: pulumi.Output<string>;
    readonly opts: pulumi.ComponentResourceOptions;
}

/**
 * JupyterHub on its foundation: for each hub a namespace, what its pods need, the chart, and the way in.
 *
 * @throws RunError when the secret of a hub's OAuth client is missing.
 */
export const jupyterhubWorkload: BuildWorkload = (spec, cluster, foundation, secrets) => {
    const { hubs } = spec.workload.jupyterhub;
    const given = hubs.map((hub) => oauthClientSecret(hub, secrets));
    const opts = optionsFor(cluster, foundation);

    const grounds = hubs.map((hub, at) => {
        const below = foundation.hubs[hub.name];
        const secret = given[at];
        if (below === undefined || secret === undefined) {
            throw new Error(`the platform keeps nothing for the hub ${hub.name}`);
        }
        return groundOf({ spec, foundation, hub, below, oauthClientSecret: secret, opts });
    });
    const guard = new SecurityAbuse(
        "security-abuse",
        {
            ...layerArgs(spec, "security-abuse"),
            inside: foundation.inside,
            hubs: grounds.map(({ site, namespace, homes }) => ({
                hub: site.hub.name,
                namespace,
                homes: homes.namespace,
            })),
        },
        opts,
    );
    const { gateway, certificates, ready } = openGateway(spec, foundation, grounds, opts);
    const opened = grounds.map((ground) => ({ ...ground, built: openHub(ground, guard, ready) }));
    openDaskGateways(
        spec,
        opened.map(({ site: { hub, below }, namespace, built }) => ({
            hub,
            namespace,
            serviceAccount: below.serviceAccount,
            identity: below.identity,
            spotTolerations: below.spotTolerations,
            ready: [...foundation.ready, built],
        })),
        foundation.inside,
        opts,
    );
    openBuilds(
        spec,
        opened.map(({ site: { hub, below }, namespace, built }) => ({
            hub,
            namespace,
            registry: below.builds,
            ready: [...foundation.ready, built],
        })),
        opts,
    );
    const watched = opened.map(({ site, namespace, homes, built }) => ({
        hub: site.hub.name,
        namespace,
        homes: homes.namespace,
        key: built.metricsKey,
    }));
    watch(spec, foundation, { gateway, certificates, hubs: watched }, opts);
    const entries = hubs.map(({ name, domain }) => [
        name,
        { url: `https://${domain}/`, loadBalancer: foundation.entrance.address },
    ]);
    return { hubs: Object.fromEntries(entries) as Record<string, pulumi.Input<unknown>> };
};

function oauthClientSecret(hub: HubSpec, secrets: Secrets): pulumi.Output<string> {
    const secret = secrets[hub.name]?.["oauthClientSecret"];
    if (secret !== undefined) return secret;
    const key = `steward:secrets.${hub.name}.oauthClientSecret`;
    throw new pulumi.RunError(
        `${key}: is missing; run \`pulumi config set --secret --path '${key}'\``,
    );
}

function optionsFor(cluster: Cluster, foundation: Foundation): pulumi.ComponentResourceOptions {
    const provider = new random.Provider("jupyterhub-random", {}, { parent: cluster });
    return { parent: cluster, providers: [foundation.kubernetes, provider] };
}

/** What a hub's pods stand on: its namespace, its storage, its accounts and its settings. */
function groundOf(site: Site) {
    const { spec, hub, below, foundation, opts } = site;
    const of = (layer: string) => layerArgs(spec, layer, hub.name);
    const named = (layer: string) => `${layer}-${hub.name}`;

    const { namespace } = new HubNamespace(named("hub"), { ...of("hub"), hub: hub.name }, opts);
    const homes = homesOf(site, namespace);
    const database = new HubDatabase(
        named("hub-database"),
        {
            ...of("hub-database"),
            hub: hub.name,
            namespace,
            database: below.database,
            ready: foundation.ready,
        },
        opts,
    );
    const { serviceAccount } = below;
    const { accountAnnotations: annotations } = below.identity;
    const identity = new UserIdentity(
        named("object-storage"),
        { ...of("object-storage"), namespace, serviceAccount, annotations },
        opts,
    );
    const sessions = new UserSessions(
        named("user-sessions"),
        { ...of("user-sessions"), namespace, serviceAccount },
        opts,
    );
    const policy = new AccessPolicy(
        named("access-policy"),
        { ...of("access-policy"), namespace, hub },
        opts,
    );
    const auth = new AuthConfig(
        named("auth-config"),
        { ...of("auth-config"), namespace, oauthClientSecret: site.oauthClientSecret },
        opts,
    );
    const ready = [...homes.ready, database, identity, sessions, policy, auth];
    return { site, namespace, homes, database, auth, ready };
}

interface MountedHomes {
    /** The namespace of the server that exports them, where there is one. */
    readonly namespace: pulumi.Output<string> | undefined;
    /** What users' pods wait for. */
    readonly ready: readonly pulumi.Resource[];
}

/** What a hub's pods mount as homes, if anything. */
function homesOf(
    { spec, hub, below, foundation, opts }: Site,
    namespace: pulumi.Output<string>,
): MountedHomes {
    const name = `home-storage-${hub.name}`;
    const { homes } = below;
    if (homes.driver === "none" || hub.homes.storage === "none") {
        return { namespace: undefined, ready: [] };
    }
    const args = {
        ...layerArgs(spec, "home-storage", hub.name),
        hub: hub.name,
        namespace,
        ready: foundation.ready,
    };
    if (homes.driver === "file-system" || homes.driver === "directory") {
        const { ready } = new HomeVolume(name, { ...args, homes }, opts);
        return { namespace: undefined, ready };
    }
    if (hub.homes.storage !== "nfs") {
        throw new Error(`the platform keeps the homes of ${hub.name} on a disk`);
    }
    const { homesChartVersion: chartVersion } = spec.workload.jupyterhub;
    const { disk, csi, local } = homes;
    return new HomeExport(
        name,
        { ...args, homes: hub.homes, disk, csi, local, chartVersion },
        opts,
    );
}

type Ground = ReturnType<typeof groundOf>;

/** The namespaces of what all hubs' traffic passes, and what must stand before a hub's part of it does. */
function openGateway(
    spec: ClusterSpec,
    { entrance, inside, ready }: Foundation,
    grounds: readonly Ground[],
    opts: pulumi.ComponentResourceOptions,
) {
    const { gatewayChartVersion, certificatesChartVersion, letsEncryptContact } =
        spec.workload.jupyterhub;
    const owned = layerArgs(spec, "gateway");
    const gateway = new Gateway(
        "gateway",
        { ...owned, entrance, chartVersion: gatewayChartVersion, ready },
        opts,
    );
    const agent = new CertificateAgent(
        "gateway",
        {
            ...owned,
            entrance,
            chartVersion: certificatesChartVersion,
            letsEncryptContact,
            ready: [...gateway.ready, ...ready],
        },
        opts,
    );
    const guard = new GatewaySecurity(
        "security-abuse",
        {
            ...layerArgs(spec, "security-abuse"),
            gateway: gateway.namespace,
            certificates: agent.namespace,
            hubs: grounds.map(({ site, namespace }) => ({ hub: site.hub.name, namespace })),
            inside,
            asksOverHttp: entrance.proof === undefined,
            identityEgress: entrance.identity.egress,
        },
        opts,
    );
    return {
        gateway: gateway.namespace,
        certificates: agent.namespace,
        ready: [...gateway.ready, ...agent.ready, guard],
    };
}

/** The hub itself on its ground, and the way in. */
function openHub(ground: Ground, guard: SecurityAbuse, wayIn: readonly pulumi.Resource[]): Hub {
    const { site, namespace, database, auth, ready } = ground;
    const { spec, foundation, hub, below, opts } = site;
    const { chartVersion, letsEncryptContact } = spec.workload.jupyterhub;

    const built = new Hub(
        `hub-${hub.name}`,
        {
            ...layerArgs(spec, "hub", hub.name),
            hub,
            namespace,
            chartVersion,
            context: {
                sessions: layerArgs(spec, "user-sessions", hub.name).owner,
                serviceAccount: below.serviceAccount,
                identity: below.identity,
                buckets: below.buckets,
                nodeSelector: below.nodeSelector,
                sharesNodes: below.sharesNodes,
                authStateKey: auth.authStateKey,
                oauthClientDigest: auth.oauthClientDigest,
                database: database.access,
            },
            builtImages: below.builds?.imagePrefix,
            ready: [...foundation.ready, ...ready, guard],
        },
        opts,
    );
    new Ingress(
        `ingress-tls-${hub.name}`,
        {
            ...layerArgs(spec, "ingress-tls", hub.name),
            domain: hub.domain,
            namespace,
            entrance: foundation.entrance,
            letsEncryptContact,
            ready: wayIn,
        },
        opts,
    );
    return built;
}
