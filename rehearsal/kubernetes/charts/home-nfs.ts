import { createHash } from "node:crypto";
import type { Props, Value } from "../../provider/values";
import { isProps } from "../../provider/values";
import { at, entriesAt, listAt, textAt } from "../path";
import type { Keys } from "./keys";
import { unknownKeys } from "./keys";
import type { ChartObject, Installation, ObjectList } from "./object";

/** The chart's schema names these and leaves every level open; anything else it would silently ignore. */
const keys: Keys = {
    affinity: true,
    annotations: true,
    autoResizer: { enabled: true, resources: true },
    eks: { enabled: true, volumeId: true },
    fullnameOverride: true,
    gke: { enabled: true, volumeId: true },
    global: true,
    nameOverride: true,
    nfsServer: {
        allowedClients: true,
        enableClientAllowlist: true,
        image: { repository: true, tag: true },
        resources: true,
    },
    nodeSelector: true,
    openstack: { enabled: true, volumeId: true },
    persistentVolume: {
        accessModes: true,
        addStandardLabels: true,
        annotations: true,
        size: true,
        storageClass: true,
    },
    prometheusExporter: {
        enabled: true,
        image: { repository: true, tag: true },
        resources: true,
    },
    quotaEnforcer: {
        config: true,
        enabled: true,
        extraConfig: true,
        image: { repository: true, tag: true },
        resources: true,
    },
    service: { type: true },
    tolerations: true,
};

/** Where the disk comes from, and the driver that attaches it. */
const drivers: Readonly<Record<string, string>> = {
    eks: "ebs.csi.aws.com",
    gke: "pd.csi.storage.gke.io",
    openstack: "cinder.csi.openstack.org",
};

const mountOptions = [
    ...["rw", "relatime", "nouuid", "attr2", "inode64"],
    ...["logbufs=8", "logbsize=32k", "pquota"],
];

/** The names and labels of one release. */
class HomeRelease {
    readonly name: string;
    readonly values: Props;
    readonly #release: string;
    readonly #version: string;

    constructor({ release, values, version }: Installation) {
        const prefix = textAt(values, "fullnameOverride") ?? "";
        this.name = prefix === "" ? "home-nfs" : `${prefix}-home-nfs`;
        this.values = values;
        this.#release = release;
        this.#version = version;
    }

    /** Outside namespaces, so with the name of the release before it. */
    get volume(): string {
        return `${this.#release}-${this.name}`;
    }

    get #selectorLabels(): Record<string, string> {
        return { "app.kubernetes.io/name": this.name, "app.kubernetes.io/instance": this.#release };
    }

    labels(component?: string): Record<string, string> {
        return {
            ...this.#selectorLabels,
            "app.kubernetes.io/managed-by": "Helm",
            "app.kubernetes.io/version": this.#version,
            "helm.sh/chart": `jupyterhub-home-nfs-${this.#version}`,
            ...(component === undefined ? {} : { "app.kubernetes.io/component": component }),
        };
    }

    podLabels(): Record<string, string> {
        return {
            ...this.#selectorLabels,
            "app.kubernetes.io/component": "nfs-server",
            app: "nfs-server",
            component: "shared-volume-metrics",
        };
    }

    isOn(path: string): boolean {
        return at(this.values, `${path}.enabled`) !== false;
    }

    image(path: string, repository: string, tag: string): string {
        const own = textAt(this.values, `${path}.image.repository`) ?? repository;
        return `${own}:${textAt(this.values, `${path}.image.tag`) ?? tag}`;
    }

    resources(path: string): Value {
        return at(this.values, `${path}.resources`) ?? {};
    }
}

/** The disk that the cloud holds, by the platform that the values turn on. */
function disk(
    release: HomeRelease,
): { driver: string; fsType: string; volumeHandle: string } | undefined {
    const platform = Object.keys(drivers).find(
        (each) => at(release.values, `${each}.enabled`) === true,
    );
    if (platform === undefined) return undefined;
    const volumeHandle = textAt(release.values, `${platform}.volumeId`) ?? "";
    return { driver: drivers[platform] ?? "", fsType: "xfs", volumeHandle };
}

function storageObjects(release: HomeRelease): ChartObject[] {
    const { values, name } = release;
    const csi = disk(release);
    const storage = textAt(values, "persistentVolume.size") ?? "1M";
    const asked = listAt(values, "persistentVolume.accessModes");
    const accessModes = asked.length === 0 ? ["ReadWriteOnce"] : asked;
    const labelled = at(values, "persistentVolume.addStandardLabels") === true;
    const volume = {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: {
            name: release.volume,
            ...(labelled ? { labels: release.labels("storage") } : {}),
        },
        spec: {
            capacity: { storage },
            volumeMode: "Filesystem",
            accessModes,
            persistentVolumeReclaimPolicy: "Retain",
            storageClassName: "",
            csi,
            mountOptions,
        },
    };
    const claim = {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name, labels: release.labels("storage") },
        spec: {
            accessModes,
            volumeMode: "Filesystem",
            resources: { requests: { storage } },
            storageClassName: "",
            ...(csi === undefined ? {} : { volumeName: release.volume }),
        },
    };
    return csi === undefined ? [claim] : [volume, claim];
}

function containers(release: HomeRelease): Props[] {
    const home = (mountPath: string): Props => ({ name: "home-directories", mountPath });
    const privileged: Props = { privileged: true };
    const enforcer = "ghcr.io/2i2c-org/jupyterhub-home-nfs";
    const config = "/etc/jupyterhub-home-nfs/mounted-secret";
    const optional: readonly (readonly [string, Props])[] = [
        [
            "quotaEnforcer",
            {
                name: "enforce-xfs-quota",
                image: release.image("quotaEnforcer", enforcer, "0.0.7"),
                securityContext: privileged,
                volumeMounts: [
                    home("/export"),
                    { name: "quota-enforcer-config", mountPath: config },
                ],
            },
        ],
        [
            "autoResizer",
            {
                name: "auto-xfs-resizer",
                image: release.image("quotaEnforcer", enforcer, "0.0.7"),
                securityContext: privileged,
                volumeMounts: [home("/export")],
            },
        ],
        [
            "prometheusExporter",
            {
                name: "metrics-exporter",
                image: release.image(
                    "prometheusExporter",
                    "quay.io/prometheus/node-exporter",
                    "v1.8.2",
                ),
                ports: [{ name: "metrics", containerPort: 9100 }],
                volumeMounts: [{ ...home("/shared-volume"), readOnly: true }],
            },
        ],
    ];
    const server: Props = {
        name: "nfs-server",
        image: release.image("nfsServer", "ghcr.io/2i2c-org/nfs-ganesha", "0.0.7"),
        ports: [
            { name: "nfs", containerPort: 2049 },
            { name: "mountd", containerPort: 20048 },
            { name: "rpcbind", containerPort: 111 },
        ],
        securityContext: privileged,
        volumeMounts: [home("/export"), { name: "ganesha-config", mountPath: "/etc/ganesha" }],
        resources: release.resources("nfsServer"),
    };
    const others = optional
        .filter(([path]) => release.isOn(path))
        .map(([path, container]) => ({ ...container, resources: release.resources(path) }));
    return [server, ...others];
}

function deployment(release: HomeRelease, mounted: readonly ChartObject[]): ChartObject {
    const { name, values } = release;
    const sum = createHash("sha256").update(JSON.stringify(mounted)).digest("hex");
    const annotations = {
        "checksum/mounted": sum,
        ...Object.fromEntries(entriesAt(values, "annotations")),
    };
    const placed = (["nodeSelector", "tolerations", "affinity"] as const).flatMap((key) => {
        const value = values[key];
        return isProps(value) || Array.isArray(value) ? [[key, value] as const] : [];
    });
    const spec = {
        replicas: 1,
        selector: { matchLabels: { app: "nfs-server" } },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
        template: {
            metadata: { labels: release.podLabels(), annotations },
            spec: {
                containers: containers(release),
                volumes: [
                    { name: "home-directories", persistentVolumeClaim: { claimName: name } },
                    { name: "ganesha-config", configMap: { name: `${name}-ganesha-config` } },
                    { name: "quota-enforcer-config", secret: { secretName: name } },
                ],
                ...Object.fromEntries(placed),
            },
        },
    };
    const metadata = { name, labels: release.labels("nfs-server") };
    return { apiVersion: "apps/v1", kind: "Deployment", metadata, spec };
}

/**
 * The objects of the chart that serves home directories over NFS from one disk: kinds, names, labels, selectors,
 * ports, images and the disk are the chart's, the files for its programs are not there.
 *
 * @see https://github.com/2i2c-org/jupyterhub-home-nfs
 */
export const homeNfs: ObjectList = {
    versions: ["1.2.0"],
    problems: (values) => unknownKeys(values, keys),
    objects(installation) {
        const release = new HomeRelease(installation);
        const { name, values } = release;
        const config = JSON.stringify(at(values, "quotaEnforcer.config") ?? {});
        const secret = {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name, labels: release.labels() },
            type: "Opaque",
            stringData: { "chart-config.yaml": config },
        };
        const clients = listAt(values, "nfsServer.allowedClients").map(String).join(",");
        const limited = at(values, "nfsServer.enableClientAllowlist") === true;
        const ganesha = {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: `${name}-ganesha-config` },
            data: { "ganesha.conf": `Clients = ${limited ? clients : "*"};\n` },
        };
        const service = {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name, labels: release.labels("nfs-server") },
            spec: {
                type: textAt(values, "service.type") ?? "ClusterIP",
                ports: [
                    { name: "nfs", port: 2049 },
                    { name: "mountd", port: 20048 },
                    { name: "rpcbind", port: 111 },
                ],
                selector: { app: "nfs-server" },
            },
        };
        return [
            secret,
            ganesha,
            ...storageObjects(release),
            service,
            deployment(release, [secret, ganesha]),
        ];
    },
};
