import { hqMachines } from "./app-services";
import type { Service } from "./service";
import { support } from "./support";

/**
 * The store that speaks S3, for clouds that have none: what is asked of it, and its sum in Go's database of sums, so
 * that a machine builds what was tried here or nothing.
 *
 * @see https://github.com/versity/versitygw/releases
 */
export const objectStore = {
    module: "github.com/versity/versitygw",
    version: "v1.8.0",
    sum: "h1:au+wI+aybno/STsQiSm35Uu6Q6iK5MWReQxgO6SEMFc=",
    port: 7_070,
    directory: "/opt/data/objects",
    bucket: "blobs",
    /** Who HQ says it is; its secret half the platform makes. */
    accessKey: "commcare-hq",
} as const;

export const objectStoreService = {
    title: "Object store of the cluster's own (versitygw)",
    groups: [],
    homes: ["machine"],
    version: objectStore.version,
    ports: [
        {
            port: objectStore.port,
            protocol: "tcp",
            from: hqMachines,
            carries: "attachments of forms, exports (S3)",
        },
    ],
    data: {
        path: objectStore.directory,
        what: "Attachments and form sources, a file each: cannot be had again",
        backup: "snapshots of the disk",
    },
    layer: "data-services",
    support: support.versitygw,
} as const satisfies Service;
