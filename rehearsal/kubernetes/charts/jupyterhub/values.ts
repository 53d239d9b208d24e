import type { Props, Value } from "../../../provider/values";
import { isProps } from "../../../provider/values";
import { at, entriesAt, listAt, textAt } from "../../path";

/**
 * What the chart does where its values say nothing, as far as our objects depend on it. Facts of version 4.4.0.
 *
 * @see https://z2jh.jupyter.org/en/stable/resources/reference.html
 */
const defaults: Props = {
    fullnameOverride: "",
    nameOverride: null,
    rbac: { create: true },
    hub: {
        baseUrl: "/",
        db: { type: "sqlite-pvc", pvc: { accessModes: ["ReadWriteOnce"], storage: "1Gi" } },
        deploymentStrategy: { type: "Recreate" },
        image: { name: "quay.io/jupyterhub/k8s-hub", tag: "4.4.0" },
        networkPolicy: { enabled: true, allowedIngressPorts: [] },
        pdb: { enabled: false, minAvailable: 1 },
        service: { type: "ClusterIP" },
        serviceAccount: { create: true },
    },
    proxy: {
        deploymentStrategy: { type: "Recreate" },
        service: { type: "LoadBalancer" },
        chp: {
            image: { name: "quay.io/jupyterhub/configurable-http-proxy", tag: "5.2.0" },
            networkPolicy: { enabled: true, allowedIngressPorts: ["http", "https"] },
            pdb: { enabled: false, minAvailable: 1 },
        },
        traefik: {
            image: { name: "traefik", tag: "v3.6.12" },
            networkPolicy: { enabled: true, allowedIngressPorts: ["http", "https"] },
            pdb: { enabled: false, minAvailable: 1 },
            serviceAccount: { create: true },
        },
        secretSync: { image: { name: "quay.io/jupyterhub/k8s-secret-sync", tag: "4.4.0" } },
        https: { enabled: false, type: "letsencrypt", hosts: [] },
    },
    singleuser: {
        networkTools: { image: { name: "quay.io/jupyterhub/k8s-network-tools", tag: "4.4.0" } },
        cloudMetadata: { blockWithIptables: true, ip: "169.254.169.254" },
        image: { name: "quay.io/jupyterhub/k8s-singleuser-sample", tag: "4.4.0" },
        memory: { guarantee: "1G" },
        extraLabels: { "hub.jupyter.org/network-access-hub": "true" },
        networkPolicy: {
            enabled: true,
            allowedIngressPorts: [],
            egressAllowRules: { cloudMetadataServer: false, privateIPs: false },
        },
    },
    scheduling: {
        userScheduler: {
            enabled: true,
            replicas: 2,
            image: { name: "registry.k8s.io/kube-scheduler", tag: "v1.30.14" },
            pdb: { enabled: true, maxUnavailable: 1 },
            serviceAccount: { create: true },
        },
        podPriority: {
            enabled: false,
            globalDefault: false,
            defaultPriority: 0,
            imagePullerPriority: -5,
            userPlaceholderPriority: -10,
        },
        userPlaceholder: {
            enabled: true,
            replicas: 0,
            image: { name: "registry.k8s.io/pause", tag: "3.10.1" },
        },
        corePods: { nodeAffinity: { matchNodePurpose: "prefer" } },
        userPods: { nodeAffinity: { matchNodePurpose: "prefer" } },
    },
    prePuller: {
        hook: { enabled: true },
        continuous: { enabled: true, serviceAccount: { create: true } },
        pullProfileListImages: true,
        pause: { image: { name: "registry.k8s.io/pause", tag: "3.10.1" } },
    },
    ingress: { enabled: false, hosts: [], pathType: "Prefix" },
    httpRoute: { enabled: false },
};

/** As helm merges values: maps into maps, null takes a default away, anything else takes its place. */
function merged(base: Value | undefined, over: Value): Value {
    if (!isProps(base) || !isProps(over)) return over;
    const all: Props = { ...base };
    for (const [key, value] of Object.entries(over)) {
        if (value === null) Reflect.deleteProperty(all, key);
        else all[key] = merged(base[key], value);
    }
    return all;
}

/** The values of an installation, over the chart's own. */
export class HubValues {
    readonly #values: Value;

    constructor(given: Props) {
        this.#values = merged(defaults, given);
    }

    at(path: string): Value | undefined {
        return at(this.#values, path);
    }

    text(path: string, otherwise = ""): string {
        return textAt(this.#values, path) ?? otherwise;
    }

    isOn(path: string): boolean {
        return at(this.#values, path) === true;
    }

    list(path: string): readonly Value[] {
        return listAt(this.#values, path);
    }

    map(path: string): Props {
        return Object.fromEntries(entriesAt(this.#values, path));
    }

    /** `name:tag` of an image. */
    image(path: string): string {
        return `${this.text(`${path}.name`)}:${this.text(`${path}.tag`)}`;
    }

    /** `{ key: value }` when the values have it and it is not empty, else nothing. */
    optional(key: string, path: string): Props {
        const value = this.at(path) ?? null;
        const empty = value === null || value === "" || sizeOf(value) === 0;
        return empty ? {} : { [key]: value };
    }

    /** Traefik with a certificate of Let's Encrypt in front of the proxy. */
    get hasTraefik(): boolean {
        return this.#isHttps("letsencrypt") && this.list("proxy.https.hosts").length > 0;
    }

    get hasManualCertificate(): boolean {
        return this.#isHttps("manual");
    }

    get hasSecretCertificate(): boolean {
        return this.#isHttps("secret");
    }

    get isOffloaded(): boolean {
        return this.#isHttps("offload");
    }

    get hasHttps(): boolean {
        const own = this.hasTraefik || this.hasManualCertificate || this.hasSecretCertificate;
        return own || this.isOffloaded;
    }

    #isHttps(type: string): boolean {
        return this.isOn("proxy.https.enabled") && this.at("proxy.https.type") === type;
    }
}

function sizeOf(value: Value): number {
    if (Array.isArray(value)) return value.length;
    return isProps(value) ? Object.keys(value).length : 1;
}
