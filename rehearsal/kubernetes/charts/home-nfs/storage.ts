import type { KubernetesObject } from "../../../helm/object";
import { at, listAt, textAt } from "../../path";
import type { HomeRelease } from "./release";

/** Where the disk comes from, and the driver that attaches it. */
const drivers: Readonly<Record<string, string>> = {
    eks: "ebs.csi.aws.com",
    gke: "pd.csi.storage.gke.io",
    openstack: "cinder.csi.openstack.org",
};

const mountOptions = [
    ...["rw", "relatime", "nouuid", "attr2", "inode64"],
    ...["logbufs=8", "logbsize=32k", "pquota"],
];

/** The disk that the cloud holds, by the platform that the values turn on. */
function disk(
    release: HomeRelease,
): { driver: string; fsType: string; volumeHandle: string } | undefined {
    const platform = Object.keys(drivers).find(
        (each) => at(release.values, `${each}.enabled`) === true,
    );
    if (platform === undefined) return undefined;
    const volumeHandle = textAt(release.values, `${platform}.volumeId`) ?? "";
    return { driver: drivers[platform] ?? "", fsType: "xfs", volumeHandle };
}

/** The claim on the disk, and the volume that leads to it where a platform is turned on. */
export function storageObjects(release: HomeRelease): KubernetesObject[] {
    const { values, name } = release;
    const csi = disk(release);
    const storage = textAt(values, "persistentVolume.size") ?? "1M";
    const asked = listAt(values, "persistentVolume.accessModes");
    const accessModes = asked.length === 0 ? ["ReadWriteOnce"] : asked;
    const labelled = at(values, "persistentVolume.addStandardLabels") === true;
    const volume = {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: {
            name: release.volume,
            ...(labelled ? { labels: release.labels("storage") } : {}),
        },
        spec: {
            capacity: { storage },
            volumeMode: "Filesystem",
            accessModes,
            persistentVolumeReclaimPolicy: "Retain",
            storageClassName: "",
            csi,
            mountOptions,
        },
    };
    const claim = {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        metadata: { name, labels: release.labels("storage") },
        spec: {
            accessModes,
            volumeMode: "Filesystem",
            resources: { requests: { storage } },
            storageClassName: "",
            ...(csi === undefined ? {} : { volumeName: release.volume }),
        },
    };
    return csi === undefined ? [claim] : [volume, claim];
}
