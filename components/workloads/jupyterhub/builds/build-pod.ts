import { beside } from "../../../model/checks/builds";
import { buildTaint, hubLabel } from "../../../model/machines";
import type { BuildsSpec } from "../../../model/spec/jupyterhub-builds";
import { restrictedContainer, restrictedPod } from "../../../restrict-pods";
import { buildImages, buildNames } from "./names";

/** Number of the user that the image of BuildKit without root is made for; repo2docker takes any. */
const user = 1_000;

/** Where the parts of a build pod meet. */
export const buildPaths = {
    recipe: "/etc/steward",
    socket: "/run/buildkit/buildkitd.sock",
    work: "/work",
} as const;

const gib = (amount: number): string => `${String(amount)}Gi`;
const milli = (cores: number): string => `${String(Math.round(cores * 1_000))}m`;

/**
 * What a build pod has that BinderHub has no setting for, laid over the pod that BinderHub makes.
 *
 * BuildKit runs beside repo2docker and without root, so that a build is inside its own pod: its limits, its address
 * and its owner are the pod's. It needs system calls that the usual profile of seccomp refuses, to make a user namespace
 * of its own; it has no privilege, no path of the node and no token. What it runs may end BuildKit, and nothing else.
 *
 * @see https://github.com/moby/buildkit/blob/v0.32.2/docs/rootless.md
 */
export function buildPod(hub: string, builds: BuildsSpec) {
    const mounts = [{ name: "socket", mountPath: "/run/buildkit" }];
    const memory = gib(builds.memoryGiB);
    return {
        spec: {
            serviceAccountName: buildNames.buildAccount,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            activeDeadlineSeconds: builds.timeoutMinutes * 60,
            terminationGracePeriodSeconds: 5,
            nodeSelector: { [hubLabel]: hub, [buildTaint.key]: buildTaint.value },
            tolerations: [{ ...buildTaint, operator: "Equal", effect: "NoSchedule" }],
            // The few machines that there are shall be full, so that others can go.
            affinity: {},
            initContainers: [
                {
                    name: "buildkit",
                    image: buildImages.buildkit,
                    // A sidecar: it starts before the build, and ends after it.
                    restartPolicy: "Always",
                    args: [`--addr=unix://${buildPaths.socket}`, "--oci-worker-no-process-sandbox"],
                    securityContext: {
                        runAsNonRoot: true,
                        runAsUser: user,
                        runAsGroup: user,
                        seccompProfile: { type: "Unconfined" },
                        appArmorProfile: { type: "Unconfined" },
                    },
                    startupProbe: {
                        exec: {
                            command: [
                                "buildctl",
                                `--addr=unix://${buildPaths.socket}`,
                                "debug",
                                "workers",
                            ],
                        },
                        periodSeconds: 2,
                        failureThreshold: 60,
                    },
                    resources: {
                        requests: {
                            cpu: milli(builds.cores),
                            memory,
                            "ephemeral-storage": gib(builds.diskGiB),
                        },
                        limits: {
                            cpu: milli(builds.cores),
                            memory,
                            "ephemeral-storage": gib(builds.diskGiB),
                        },
                    },
                    volumeMounts: [
                        ...mounts,
                        { name: "layers", mountPath: "/home/user/.local/share/buildkit" },
                    ],
                },
            ],
            volumes: [
                { name: "recipe", configMap: { name: buildNames.recipe } },
                { name: "socket", emptyDir: {} },
                { name: "layers", emptyDir: { sizeLimit: gib(builds.diskGiB) } },
                { name: "work", emptyDir: { sizeLimit: gib(beside.diskGiB) } },
            ],
        },
        builder: {
            securityContext: {
                ...restrictedPod(user),
                ...restrictedContainer,
                readOnlyRootFilesystem: true,
            },
            resources: {
                requests: {
                    cpu: `${String(beside.milliCpu)}m`,
                    memory: gib(beside.memoryGiB),
                    "ephemeral-storage": gib(beside.diskGiB),
                },
                limits: {
                    memory: gib(beside.memoryGiB),
                    "ephemeral-storage": gib(beside.diskGiB),
                },
            },
            volumeMounts: [
                ...mounts,
                { name: "recipe", mountPath: buildPaths.recipe, readOnly: true },
                { name: "work", mountPath: buildPaths.work },
            ],
        },
        env: { HOME: buildPaths.work, TMPDIR: buildPaths.work },
    };
}
