import { at, listAt, textAt } from "../path";
import { HomeRelease } from "./home-nfs/release";
import { deployment } from "./home-nfs/server";
import { storageObjects } from "./home-nfs/storage";
import type { Keys } from "./keys";
import { unknownKeys } from "./keys";
import type { ObjectList } from "./object";

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
