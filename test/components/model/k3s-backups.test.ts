import { k3sBackups } from "../../../components/model/k3s-backups";
import { campus, specOf } from "../platforms/vms/k3s/cluster";

it("copies from each host what Kubernetes knows there, and what hubs keep there and nowhere else", () => {
    const { platform, workload } = specOf(campus());
    const of = (name: string) =>
        k3sBackups(name, platform.vms, workload.jupyterhub.hubs).map(
            ({ service, kind, paths, mounts }) =>
                `${service}: ${kind} in ${paths.join()}${mounts.length === 0 ? "" : ", mounted"}`,
        );
    const kubernetes = "kubernetes: files in /var/lib/rancher/k3s/server/db/snapshots";
    expect(of("node-1")).toEqual([kubernetes]);
    expect(of("node-2")).toEqual([
        kubernetes,
        "hub-database-hub: files in /var/lib/steward/hubs/hub/database",
        "home-storage-hub: files in /var/lib/kubelet/plugins/kubernetes.io/local-volume/mounts/hub-homes-home-nfs, mounted",
    ]);
    expect(of("node-3")).toEqual([
        kubernetes,
        "hub-database-staging: files in /var/lib/steward/hubs/staging/database",
        "home-storage-staging: files in /var/lib/steward/hubs/staging/homes",
    ]);
});

it("looks for the file of a hub on the first server where the stack file says nothing", () => {
    const volumes = { hub: { homes: { host: "node-2", device: "/dev/vg/hub" } } };
    const staging = { homes: { host: "node-1" } };
    const { platform, workload } = specOf(campus({}, { volumes: { ...volumes, staging } }));
    expect(
        k3sBackups("node-1", platform.vms, workload.jupyterhub.hubs).map(({ service }) => service),
    ).toEqual(["kubernetes", "hub-database-hub", "hub-database-staging", "home-storage-staging"]);
});
