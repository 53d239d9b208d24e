import { imageBuilder } from "../../../platforms/foundation";

/** What the parts of a hub's builds call one another. */
export const buildNames = {
    /** BinderHub in the hub's namespace: its service of the hub, its pod, its account and its settings. */
    service: "binder",
    account: imageBuilder.serviceAccount,
    /** Below the hub's address. */
    prefix: "/services/binder",
    port: 8585,
    client: "service-binder",
    /** Where the chart's Secret of the hub has the token of the service. */
    hubSecret: "hub",
    tokenKey: "hub.services.binder.apiToken",
    /** In the namespace of the builds: the account of their pods, what they read, and how many there may be. */
    buildAccount: "build",
    recipe: "build",
    quota: "builds",
} as const;

/** The namespace that a hub's builds have for themselves: a build needs what the hub's namespace refuses. */
export function buildsNamespace(hub: string): string {
    return `${hub}-builds`;
}

/** Labels of BinderHub's pod, by which others find it. */
export const binderLabels = { app: "binder" } as const;

/** What BinderHub writes on each build pod. */
export const buildLabels = { component: "binderhub-build" } as const;

/**
 * Images of what builds. BinderHub is released by the commit only; this one is what 2i2c's chart
 * 0.1.0-0.dev.git.336.hca79dc0 runs, https://2i2c.org/binderhub-service/index.yaml
 */
export const buildImages = {
    binderhub: "quay.io/2i2c/binderhub-service:0.1.0-0.dev.git.301.h1f89f00",
    repo2docker: "quay.io/jupyterhub/repo2docker:2026.04.0",
    buildkit: "docker.io/moby/buildkit:v0.32.2-rootless",
} as const;
