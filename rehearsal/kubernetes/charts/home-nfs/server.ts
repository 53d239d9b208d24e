import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../../helm/object";
import type { Props } from "../../../provider/values";
import { isProps } from "../../../provider/values";
import { entriesAt } from "../../path";
import type { HomeRelease } from "./release";

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
        .map(([path, container]): Props => ({ ...container, resources: release.resources(path) }));
    return [server, ...others];
}

/** The server; its pods start anew when what they mount changes. */
export function deployment(
    release: HomeRelease,
    mounted: readonly KubernetesObject[],
): KubernetesObject {
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
