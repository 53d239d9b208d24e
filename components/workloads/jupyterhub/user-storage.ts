import type { HubSpec } from "../../model/spec/jupyterhub";
import { names, sharedPath } from "./names";

/** Where the shared directory is seen, beside what is the user's own. */
export const sharedMounts = {
    read: "/home/jovyan/shared",
    write: "/home/jovyan/shared-readwrite",
} as const;

/**
 * `singleuser.storage` of the chart: the user's own directory on the claim of all homes, the directory that all
 * read, and temporary space. Who administers the hub gets a second way to the shared directory, to write: see
 * `sharedDirectory` of the hub's configuration.
 */
export function userStorage({ homes, temporary }: HubSpec) {
    const kept = homes.storage !== "none";
    const space = { name: "temporary", mountPath: "/tmp" };
    const shared = {
        name: "home", // as the chart names the volume of the claim
        mountPath: sharedMounts.read,
        subPath: sharedPath,
        readOnly: true,
    };
    return {
        ...(kept
            ? {
                  type: "static",
                  static: { pvcName: names.homes, subPath: "{escaped_username}" },
              }
            : { type: "none" }),
        extraVolumes:
            temporary === undefined
                ? []
                : [
                      {
                          name: space.name,
                          emptyDir: { sizeLimit: `${String(temporary.sizeGiB)}Gi` },
                      },
                  ],
        extraVolumeMounts: [
            ...(temporary === undefined ? [] : [space]),
            ...(kept && homes.shared ? [shared] : []),
        ],
    };
}
