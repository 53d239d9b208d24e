import { autohttpsObjects } from "./jupyterhub/autohttps";
import { frontObjects } from "./jupyterhub/front";
import { hubObjects } from "./jupyterhub/hub";
import { imagePullerObjects } from "./jupyterhub/image-puller";
import knownKeys from "./jupyterhub/keys.json";
import { proxyObjects } from "./jupyterhub/proxy";
import { HubRelease } from "./jupyterhub/release";
import { schedulingObjects } from "./jupyterhub/scheduling";
import type { Keys } from "./keys";
import { unknownKeys } from "./keys";
import type { ObjectList } from "./object";

/**
 * The objects of the JupyterHub chart: kinds, names, labels, selectors, ports and images are the chart's, the rest
 * is the least that an API server takes. Settings that the real chart writes into files for the hub are not there.
 *
 * @see https://hub.jupyter.org/helm-chart/
 * @see https://z2jh.jupyter.org/en/stable/resources/reference.html for the keys in jupyterhub/keys.json
 */
export const jupyterhub: ObjectList = {
    versions: ["4.4.0"],
    problems: (values) => unknownKeys(values, knownKeys as unknown as Keys),
    objects(installation) {
        const release = new HubRelease(installation);
        return [
            ...hubObjects(release),
            ...proxyObjects(release),
            ...autohttpsObjects(release),
            ...schedulingObjects(release),
            ...imagePullerObjects(release),
            ...frontObjects(release),
        ];
    },
};
