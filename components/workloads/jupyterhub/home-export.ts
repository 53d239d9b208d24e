import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../in-turn";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { NfsHomes } from "../../model/spec/jupyterhub-homes";
import type { CsiVolume, LocalVolume } from "../../platforms/foundation";
import { onNode } from "../../platforms/local-volume";
import { passedOn } from "../../passed-on";
import { sealSecrets } from "../../seal-secrets";
import { homesNamespace, names, sharedPath } from "./names";

export interface HomeExportArgs extends LayerArgs {
    readonly hub: string;
    /** The hub's namespace, where users' pods claim their homes. */
    readonly namespace: pulumi.Input<string>;
    readonly homes: NfsHomes;
    /** What the chart is told of the platform's disk. */
    readonly disk: Readonly<Record<string, unknown>>;
    /** How the nodes find it, where the chart knows no disks of the platform. */
    readonly csi: CsiVolume | undefined;
    /** The same of a disk that one node has. */
    readonly local: LocalVolume | undefined;
    /** Release of https://github.com/2i2c-org/jupyterhub-home-nfs */
    readonly chartVersion: string;
    /** What must stand before a pod can run. */
    readonly ready: readonly pulumi.Resource[];
}

/**
 * The size that Kubernetes is told. The disk behind decides what fits; a claim on a volume made by hand could
 * not be changed when that disk grows.
 */
const nominalSize = "1Mi";

/** Claims and volumes of the chart are protected as ours are: without them nobody finds the disk again. */
export const protectVolumes: pulumi.ResourceTransform = ({ type, props, opts }) =>
    /^kubernetes:core\/v1:PersistentVolume(Claim)?$/.test(type)
        ? { props, opts: passedOn({ ...opts, protect: true }) }
        : undefined;

/** The volume of the chart on a disk that its templates have no driver for. */
export function liesOn(place: CsiVolume | LocalVolume | undefined): pulumi.ResourceTransform {
    return ({ type, props, opts }) => {
        if (place === undefined || type !== "kubernetes:core/v1:PersistentVolume") return undefined;
        const { csi, ...spec } = (props as { spec: { csi?: object } }).spec;
        const moved =
            "driver" in place
                ? { csi: { ...csi, driver: place.driver, volumeHandle: place.volumeHandle } }
                : onNode(place);
        return { props: { ...props, spec: { ...spec, ...moved } }, opts: passedOn(opts) };
    };
}

/** A quota for every directory of a user; what all share is bounded by the disk alone. */
const quotas = ({ quotaGiB, shared }: NfsHomes) => ({
    hard_quota: quotaGiB,
    ...(shared ? { exclude: [sharedPath] } : {}),
});

/**
 * The home storage layer of one hub, inside Kubernetes: the server that exports the platform's disk, with a
 * quota per user, and the claim that users' pods mount.
 */
export class HomeExport extends Layer {
    /** The namespace of the server; apart, because the server is privileged and users' pods must not be. */
    readonly namespace: pulumi.Output<string>;
    /** What users' pods wait for. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: HomeExportArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:HomeExport", name, args, opts);

        this.namespace = this.#namespace(name, args);
        const chart = this.#server(name, args);
        const service = this.#service(name);
        const claim = this.#claim(name, args, service);

        this.ready = [chart, claim];
        this.registerOutputs({ namespace: this.namespace });
    }

    #namespace(name: string, { hub }: HomeExportArgs): pulumi.Output<string> {
        const metadata = this.metadata(homesNamespace(hub));
        const namespace = new core.Namespace(
            `${name}-namespace`,
            {
                metadata: {
                    ...metadata,
                    labels: {
                        ...metadata.labels,
                        "pod-security.kubernetes.io/enforce": "privileged",
                    },
                },
            },
            { parent: this },
        );
        return namespace.metadata.name;
    }

    #server(name: string, args: HomeExportArgs): helm.Chart {
        const requests = (cpu: string, memory: string) => ({ requests: { cpu, memory } });
        return new helm.Chart(
            `${name}-chart`,
            {
                name: homesNamespace(args.hub),
                chart: "oci://ghcr.io/2i2c-org/jupyterhub-home-nfs/jupyterhub-home-nfs",
                version: args.chartVersion,
                namespace: this.namespace,
                values: {
                    fullnameOverride: "",
                    ...args.disk,
                    // The core nodes stand in the zone of the disk.
                    nodeSelector: { "hub.jupyter.org/node-purpose": "core" },
                    nfsServer: { resources: requests("200m", "512Mi") },
                    quotaEnforcer: {
                        resources: requests("20m", "64Mi"),
                        config: { QuotaManager: quotas(args.homes) },
                    },
                },
            },
            {
                parent: this,
                transforms: [
                    inTurn(
                        labelChildren(this.owner),
                        sealSecrets,
                        liesOn(args.csi ?? args.local),
                        protectVolumes,
                    ),
                ],
                dependsOn: [...args.ready],
            },
        );
    }

    /** Nodes mount by address, since they do not resolve names of the cluster: the address must not change. */
    #service(name: string): core.Service {
        return new core.Service(
            `${name}-service`,
            {
                metadata: this.metadata(names.homes, this.namespace),
                spec: {
                    type: "ClusterIP",
                    selector: { app: "nfs-server" },
                    ports: [{ name: "nfs", port: 2049, protocol: "TCP" }],
                },
            },
            { parent: this, protect: true },
        );
    }

    #claim(name: string, args: HomeExportArgs, service: core.Service): core.PersistentVolumeClaim {
        const shared = { accessModes: ["ReadWriteMany"], storageClassName: "" };
        const volume = new core.PersistentVolume(
            `${name}-volume`,
            {
                metadata: this.metadata(`${homesNamespace(args.hub)}-${names.homes}`),
                spec: {
                    ...shared,
                    capacity: { storage: nominalSize },
                    persistentVolumeReclaimPolicy: "Retain",
                    claimRef: { namespace: args.namespace, name: names.homes },
                    // Not soft: a server that restarts makes users wait, and loses nothing they wrote.
                    mountOptions: ["nfsvers=4.1", "hard"],
                    nfs: { server: service.spec.clusterIP, path: "/" },
                },
            },
            {
                parent: this,
                protect: true,
                // The address of a protected Service stays; while that is being relabelled a preview takes it
                // for unknown, and would replace the volume.
                ignoreChanges: ["spec.nfs.server"],
            },
        );
        return new core.PersistentVolumeClaim(
            `${name}-claim`,
            {
                metadata: this.metadata(names.homes, args.namespace),
                spec: {
                    ...shared,
                    volumeName: volume.metadata.name,
                    resources: { requests: { storage: nominalSize } },
                },
            },
            { parent: this, protect: true },
        );
    }
}
