import type { BackupSource } from "./commcare/host-backups";
import type { HubSpec } from "./spec/jupyterhub";
import type { K3sVmsSpec } from "./spec/vms";

/** Where everything that hubs keep in directories of a host begins. */
export const hubsFolder = "/var/lib/steward/hubs";

/** What Kubernetes knows, as k3s writes it down every few hours; what opens it is in the state of the stack. */
const snapshots = "/var/lib/rancher/k3s/server/db/snapshots";

/** Where the kubelet mounts the disk of a local volume, by the volume's name. */
const kubeletMounts = "/var/lib/kubelet/plugins/kubernetes.io/local-volume/mounts";

/**
 * What of a host has to be copied off it: what Kubernetes knows, of a server, and what hubs keep there. Homes and the
 * file of a hub are copied while they are used: a file that changes meanwhile may be a mixture, and is whole in the
 * copy before it or after it.
 */
export function k3sBackups(
    name: string,
    { k3s }: K3sVmsSpec,
    hubs: readonly HubSpec[],
): BackupSource[] {
    const [first] = k3s.servers;
    const of = (service: string, path: string, mounts: string[] = []): BackupSource => {
        return { service, kind: "files", paths: [path], without: [], mounts };
    };
    const kept = hubs.flatMap((hub) => {
        const { homes, database } = k3s.volumes[hub.name] ?? {};
        const service = `home-storage-${hub.name}`;
        const mount = `${kubeletMounts}/${hub.name}-homes-home-nfs`; // as the chart of homes calls its volume
        const ofHomes =
            homes?.device === undefined
                ? of(service, `${hubsFolder}/${hub.name}/homes`)
                : of(service, mount, [mount]); // the kubelet leaves the folder there, empty, after a power cut
        return [
            ...((database?.host ?? first) === name
                ? [of(`hub-database-${hub.name}`, `${hubsFolder}/${hub.name}/database`)]
                : []),
            ...(homes?.host === name ? [ofHomes] : []),
        ];
    });
    return [...(k3s.servers.includes(name) ? [of("kubernetes", snapshots)] : []), ...kept];
}
