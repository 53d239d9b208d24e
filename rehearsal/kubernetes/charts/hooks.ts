/** A Helm hook of a chart. Pulumi's chart makes none: what it is for has to come about in another way. */
export interface DroppedHook {
    /** Its moments, its kind and its name, as `scripts/scan-charts.mjs` finds them in the chart's own defaults. */
    readonly hook: string;
    /** What stands in its place, or why nothing has to. */
    readonly instead: string;
}

const puller =
    "Nothing: images are pulled when a node comes, by its first user. `prePuller.hook.enabled` is false.";
const check =
    "`awaitInjection` (components/workloads/jupyterhub/certificate-agent.ts): the deploy waits until the API server " +
    "has the webhook's authority, and only then makes issuers and certificates. `startupapicheck.enabled` is false.";

const trial = "Nothing: it tries a connection by hand. `testFramework.enabled` is false.";

/** For every chart and release that is deployed: each hook it has by default. A test finds one that is not here. */
export const droppedHooks: Readonly<Record<string, readonly DroppedHook[]>> = {
    "traefik 41.3.0": [],
    "cert-manager v1.20.3": [
        "post-install: Job cert-manager-startupapicheck",
        "post-install: Role cert-manager-startupapicheck:create-cert",
        "post-install: RoleBinding cert-manager-startupapicheck:create-cert",
        "post-install: ServiceAccount cert-manager-startupapicheck",
    ].map((hook) => ({ hook, instead: check })),
    "prometheus 29.27.0": [],
    "grafana 12.11.1": [],
    "fluent-bit 0.58.1": [{ hook: "test: Pod fluent-bit-test-connection", instead: trial }],
    "jupyterhub 4.4.0": [
        "pre-install,pre-upgrade: DaemonSet hook-image-puller",
        "pre-install,pre-upgrade: Job hook-image-awaiter",
        "pre-install,pre-upgrade: Role hook-image-awaiter",
        "pre-install,pre-upgrade: RoleBinding hook-image-awaiter",
        "pre-install,pre-upgrade: ServiceAccount hook-image-awaiter",
        "pre-install,pre-upgrade: ServiceAccount hook-image-puller",
    ].map((hook) => ({ hook, instead: puller })),
    "dask-gateway 2026.3.0": [],
    "jupyterhub-home-nfs 1.2.0": [],
};
