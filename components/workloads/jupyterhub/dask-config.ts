import { imagesOf } from "../../model/hub-images";
import type { DaskGatewaySpec } from "../../model/spec/jupyterhub-dask";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { daskNames } from "./dask-names";

/** A text as Python writes it; what is in it is never read as Python. */
const quoted = (value: unknown): string => JSON.stringify(JSON.stringify(value));

/**
 * Python that the gateway runs after its chart's configuration (`gateway.extraConfig`): what users may choose for a
 * cluster, and what no cluster exceeds. Images are those that the hub offers its users, since a cluster's pods have the
 * users' cloud identity. Whose a pod is stands in an annotation: names are no labels.
 *
 * @see https://gateway.dask.org/cluster-options.html
 */
export function daskConfig(hub: HubSpec, dask: DaskGatewaySpec): Readonly<Record<string, string>> {
    const { scheduler, worker, cluster, idleTimeoutSeconds } = dask;
    const limits = {
        idle_timeout: idleTimeoutSeconds,
        scheduler_cores: scheduler.cores,
        scheduler_memory: bytes(scheduler.memoryGiB),
        cluster_max_cores: cluster.maxCores,
        cluster_max_memory: bytes(cluster.maxMemoryGiB),
    };
    const most = {
        workers: cluster.maxWorkers,
        cores: cluster.maxCores - scheduler.cores,
        memory: cluster.maxMemoryGiB - scheduler.memoryGiB,
    };
    return {
        "10-limits": `import json as steward_json

for steward_key, steward_value in steward_json.loads(${quoted(limits)}).items():
    c.KubeClusterConfig[steward_key] = steward_value
`,
        "20-options": `import re as steward_re

from dask_gateway_server.options import Float as StewardFloat
from dask_gateway_server.options import Mapping as StewardMapping
from dask_gateway_server.options import Options as StewardOptions
from dask_gateway_server.options import String as StewardString

steward_images = steward_json.loads(${quoted(imagesOf(hub))})
steward_worker = steward_json.loads(${quoted(worker)})
steward_most = steward_json.loads(${quoted(most)})


def steward_offered(image):
    if image in steward_images["names"]:
        return True
    for rule in steward_images["rules"]:
        before, after = rule["before"], rule["after"]
        middle = image[len(before) : len(image) - len(after)]
        if image == before + middle + after and steward_re.match(rule["matches"], middle):
            return True
    return False


def steward_cluster(options, user):
    if options.image and not steward_offered(options.image):
        raise ValueError(f"{options.image} is not an image of this hub")
    # The gateway reckons with the usual size of a worker, whatever the user chooses.
    workers = min(
        steward_most["workers"],
        int(steward_most["cores"] / options.worker_cores),
        int(steward_most["memory"] / options.worker_memory),
    )
    if workers < 1:
        raise ValueError("A cluster of this hub has no room for a worker of that size")
    whose = {"hub.jupyter.org/username": user.name}
    return {
        "worker_cores": options.worker_cores,
        "worker_memory": int(options.worker_memory * 2**30),
        "environment": options.environment,
        "scheduler_extra_pod_annotations": whose,
        "worker_extra_pod_annotations": whose,
        "cluster_max_workers": workers,
        **({"image": options.image} if options.image else {}),
    }


c.Backend.cluster_options = StewardOptions(
    StewardFloat(
        "worker_cores",
        default=steward_worker["cores"],
        min=0.1,
        max=steward_worker["maxCores"],
        label="Cores of a worker",
    ),
    StewardFloat(
        "worker_memory",
        default=steward_worker["memoryGiB"],
        min=0.5,
        max=steward_worker["maxMemoryGiB"],
        label="Memory of a worker, GiB",
    ),
    StewardString("image", default="", label="Image"),
    StewardMapping("environment", default={}, label="Environment variables"),
    handler=steward_cluster,
)
`,
    };
}

const bytes = (gibibytes: number): number => Math.round(gibibytes * 2 ** 30);

/**
 * Python at the end of both configurations, of the gateway and of its controller, which has no place for more in the
 * chart's values: everything that either of them makes carries the owner of the users' sessions.
 *
 * @see https://github.com/dask/dask-gateway/blob/2026.3.0/dask-gateway-server/dask_gateway_server/backends/kubernetes/backend.py
 * `common_labels`
 */
export const daskOwnerConfig = `
import json as steward_owner_json
import os as steward_os

with open(
    steward_os.path.join(steward_os.path.dirname(steward_os.path.abspath(__file__)), "${daskNames.owner}")
) as steward_file:
    steward_owner = steward_owner_json.load(steward_file)
for steward_section in (c.KubeBackend, c.KubeController):
    steward_section.common_labels.update(steward_owner["labels"])
    steward_section.common_annotations.update(steward_owner["annotations"])
`;
