import { join } from "node:path";
import type { FindOptions, Missing } from "../engine/find-or-build";
import { findOrBuild } from "../engine/find-or-build";
import type { FoundTool, Tool } from "../engine/tool";
import { projectRoot } from "../project-root";

export type { Missing } from "../engine/find-or-build";

/** The helm that was found or made. */
export type Helm = FoundTool<"path" | "cache" | "built">;

/** The helm that is built: the newest 3.x of https://github.com/helm/helm/releases. */
export const helmVersion = "3.22.0";

/** The minor version of Kubernetes 1.x that this helm was made with: its client-go is v0.37. */
const kubernetesMinor = "37";

/** How helm is had. Major version 3 only: the Kubernetes provider renders charts with it too. */
export function helmTool(): Tool {
    const helm = "helm.sh/helm/v3";
    return {
        command: "helm",
        folder: "helm",
        version: helmVersion,
        // From here on `template` has --kube-version, and charts in use today render.
        minimum: [3, 8, 0],
        versionArgs: ["version", "--short"],
        program: {
            title: `helm ${helmVersion}`,
            moduleFolder: join(projectRoot(), "rehearsal", "helm", "module"),
            package: `${helm}/cmd/helm`,
            // What helm's own Makefile stamps. Without the last two it takes itself for Kubernetes
            // 1.20, and most charts refuse that.
            stamps: {
                [`${helm}/internal/version.version`]: `v${helmVersion}`,
                [`${helm}/internal/version.gitTreeState`]: "clean",
                [`${helm}/pkg/lint/rules.k8sVersionMajor`]: "1",
                [`${helm}/pkg/lint/rules.k8sVersionMinor`]: kubernetesMinor,
                [`${helm}/pkg/chartutil.k8sVersionMajor`]: "1",
                [`${helm}/pkg/chartutil.k8sVersionMinor`]: kubernetesMinor,
            },
        },
    };
}

/**
 * helm: on PATH (3.8 or newer 3.x), else in the cache, else built with Go, once for a machine.
 *
 * @returns why there is none instead of throwing: a rehearsal goes on without rendering charts.
 */
export function findHelm(options: FindOptions): Promise<Helm | Missing> {
    return findOrBuild(helmTool(), options);
}
