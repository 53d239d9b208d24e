import * as core from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubHomes } from "../../platforms/foundation";
import { onNode } from "../../platforms/local-volume";
import { names } from "./names";

export interface HomeVolumeArgs extends LayerArgs {
    readonly hub: string;
    /** The hub's namespace, where users' pods claim their homes. */
    readonly namespace: pulumi.Input<string>;
    readonly homes: MountedHomes;
    /** What must stand before the volume can be mounted. */
    readonly ready: readonly pulumi.Resource[];
}

type MountedHomes = Extract<HubHomes, { driver: "file-system" | "directory" }>;

/** A size that Kubernetes asks for; what fits, the file system decides. */
const nominalSize = "1Gi";

/**
 * The home storage layer of one hub whose homes are in a file system that nodes mount or in a directory of one node,
 * inside Kubernetes: the volume, and the claim that users' pods mount.
 *
 * A volume made here and no storage class: with a class anybody who may make a claim has the driver make access
 * points or accounts, which no owner would be written on.
 */
export class HomeVolume extends Layer {
    /** What users' pods wait for. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: HomeVolumeArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:HomeVolume", name, args, opts);

        const { hub, namespace } = args;
        const { suffix } = args.homes;
        const shared = { accessModes: ["ReadWriteMany"], storageClassName: "" };
        const volume = new core.PersistentVolume(
            `${name}-volume`,
            {
                metadata: this.metadata(`${hub}-homes-${suffix}`),
                spec: {
                    ...shared,
                    capacity: { storage: nominalSize },
                    persistentVolumeReclaimPolicy: "Retain",
                    claimRef: { namespace, name: names.homes },
                    ...placeOf(args.homes),
                },
            },
            { parent: this, protect: true, dependsOn: [...args.ready] },
        );
        const claim = new core.PersistentVolumeClaim(
            `${name}-claim`,
            {
                metadata: this.metadata(names.homes, namespace),
                spec: {
                    ...shared,
                    volumeName: volume.metadata.name,
                    resources: { requests: { storage: nominalSize } },
                },
            },
            { parent: this, protect: true },
        );
        this.ready = [claim];
        this.registerOutputs();
    }
}

function placeOf(homes: MountedHomes) {
    if (homes.driver === "directory") return onNode(homes.local);
    const { mountOptions, csi } = homes;
    return {
        mountOptions: [...mountOptions],
        csi: {
            driver: csi.driver,
            volumeHandle: csi.volumeHandle,
            volumeAttributes: csi.volumeAttributes ?? {},
        },
    };
}
