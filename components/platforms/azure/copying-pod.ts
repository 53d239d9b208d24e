import { hubPurposeLabel } from "../../model/machines";
import { restrictedContainer, restrictedPod } from "../../restrict-pods";

/** The number that users' files belong to, as the hub's chart has it. */
const jovyan = 1_000;

/** https://github.com/rclone/rclone/releases */
const image = "docker.io/rclone/rclone:1.71.0";

/**
 * A pod that makes a container like a share: what is new is written, what is gone is deleted, and the container keeps
 * what was there before. Links are written as files that say where they lead.
 *
 * @see https://rclone.org/azureblob/#authentication by the identity of the pod
 */
export function copyingPod(hub: string, accountName: string) {
    // The container is there, and the identity could make no other.
    const to = `:azureblob,account=${accountName},env_auth=true,no_check_container=true:${hub}`;
    return {
        serviceAccountName: hub,
        automountServiceAccountToken: false,
        restartPolicy: "Never",
        nodeSelector: { [hubPurposeLabel]: "core" },
        securityContext: { ...restrictedPod(jovyan), runAsGroup: 100 },
        containers: [
            {
                name: "copy",
                image,
                args: ["sync", "/homes", to, "--links", "--transfers=8", "--log-level=NOTICE"],
                env: [
                    { name: "RCLONE_CONFIG", value: "/tmp/rclone.conf" },
                    { name: "RCLONE_CACHE_DIR", value: "/tmp" },
                ],
                securityContext: {
                    ...restrictedContainer,
                    capabilities: { drop: ["ALL"] },
                    readOnlyRootFilesystem: true,
                },
                resources: {
                    requests: { cpu: "100m", memory: "256Mi" },
                    limits: { memory: "1Gi" },
                },
                volumeMounts: [
                    { name: "homes", mountPath: "/homes", readOnly: true },
                    { name: "temporary", mountPath: "/tmp" },
                ],
            },
        ],
        volumes: [
            { name: "homes", persistentVolumeClaim: { claimName: hub, readOnly: true } },
            { name: "temporary", emptyDir: { sizeLimit: "1Gi" } },
        ],
    };
}
