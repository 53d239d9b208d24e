import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { names } from "./names";

export interface HomeVolumeArgs extends LayerArgs {
    readonly hub: string;
    /** The hub's namespace, where users' pods claim their homes. */
    readonly namespace: pulumi.Input<string>;
    readonly fileSystemId: pulumi.Output<string>;
    readonly accessPointId: pulumi.Output<string>;
    /** What must stand before the volume can be mounted. */
    readonly ready: readonly pulumi.Resource[];
}

/** A size that Kubernetes asks for and EFS does not have. */
const nominalSize = "1Gi";

/**
 * The home storage layer of one hub whose homes are in a file system of EFS, inside Kubernetes: the volume, and
 * the claim that users' pods mount.
 *
 * A volume made here and no storage class: with a class anybody who may make a claim has the driver make access
 * points, which no owner would be written on.
 */
export class HomeVolume extends Layer {
    /** What users' pods wait for. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: HomeVolumeArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:HomeVolume", name, args, opts);

        const { hub, namespace, fileSystemId, accessPointId } = args;
        const shared = { accessModes: ["ReadWriteMany"], storageClassName: "" };
        const volume = new core.PersistentVolume(
            `${name}-volume`,
            {
                metadata: this.metadata(`${hub}-homes-efs`),
                spec: {
                    ...shared,
                    capacity: { storage: nominalSize },
                    persistentVolumeReclaimPolicy: "Retain",
                    claimRef: { namespace, name: names.homes },
                    // By TLS, and by the identity of the driver on the node: the file system lets in no other.
                    mountOptions: ["tls", "iam"],
                    csi: {
                        driver: "efs.csi.aws.com",
                        volumeHandle: pulumi.interpolate`${fileSystemId}::${accessPointId}`,
                        volumeAttributes: { encryptInTransit: "true" },
                    },
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
