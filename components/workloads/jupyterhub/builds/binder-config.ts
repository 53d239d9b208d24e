import type { Owner } from "../../../model/matrix";
import type { HubSpec } from "../../../model/spec/jupyterhub";
import type { buildSources, BuildsSpec } from "../../../model/spec/jupyterhub-builds";
import { contactAnnotation, ownerLabels } from "../../../model/tags";
import type { BuildsFoundation } from "../../../platforms/foundation";
import { buildPaths, buildPod } from "./build-pod";
import { buildImages, buildNames, buildsNamespace } from "./names";
import { recipeFile } from "./recipe";

/** BinderHub's classes of where a repository may be, by the names in its links. */
const providers = {
    gh: "GitHubRepoProvider",
    gist: "GistRepoProvider",
    gl: "GitLabRepoProvider",
    zenodo: "ZenodoProvider",
    figshare: "FigshareProvider",
    dataverse: "DataverseProvider",
} as const satisfies Record<(typeof buildSources)[number], string>;

/**
 * The files beside BinderHub's settings: Python that reads them, and never a setting read as Python.
 *
 * @param images Who owns the build pods, which the engine never sees.
 * @param client Of the foundation.
 */
export function binderFiles(images: Owner, client: BuildsFoundation["client"]) {
    return {
        "binderhub_config.py": binderConfig,
        "steward_registry.py": client,
        "steward_builds.py": binderBuilds,
        "owner.json": JSON.stringify(
            {
                labels: ownerLabels(images),
                annotations: { [contactAnnotation]: images.contact },
            },
            undefined,
            4,
        ),
    };
}

/** What those files read, as JSON. */
export function binderSettings(
    hub: HubSpec,
    builds: BuildsSpec,
    {
        imagePrefix,
        settings,
    }: Pick<BuildsFoundation, "imagePrefix"> & { readonly settings: object },
): string {
    const address = `https://${hub.domain}`;
    const read = {
        config: {
            BinderHub: {
                base_url: `${buildNames.prefix}/`,
                badge_base_url: `${address}${buildNames.prefix}/`,
                port: buildNames.port,
                auth_enabled: true,
                hub_url: `${address}/`,
                hub_url_local: `http://hub.${hub.name}:8081/`,
                use_registry: true,
                image_prefix: imagePrefix,
                concurrent_build_limit: builds.atOnce,
            },
            KubernetesBuildExecutor: {
                namespace: buildsNamespace(hub.name),
                build_image: buildImages.repo2docker,
                docker_host: null,
                // repo2docker pushes where one is named; the credentials come with each build instead.
                push_secret: "none",
                repo2docker_extra_args: [`--config=${buildPaths.recipe}/${recipeFile}`],
            },
            // What the deadline of a pod left over, such as one that no machine ever came for.
            KubernetesCleaner: { max_age: (builds.timeoutMinutes + 15) * 60 },
            Registry: settings,
        },
        sources: Object.fromEntries(builds.from.map((name) => [name, providers[name]])),
        account: buildNames.buildAccount,
        pod: buildPod(hub.name, builds),
    };
    return JSON.stringify(read, undefined, 4);
}

/** Python that BinderHub reads as its configuration. */
const binderConfig = `import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import steward_builds
import steward_registry
from binderhub import repoproviders as steward_providers

for steward_section, steward_values in steward_builds.SETTINGS["config"].items():
    c[steward_section].update(steward_values)
c.BinderHub.build_class = steward_builds.Build
c.BinderHub.registry_class = steward_registry.Registry
c.BinderHub.repo_providers = {
    steward_name: getattr(steward_providers, steward_class)
    for steward_name, steward_class in steward_builds.SETTINGS["sources"].items()
}
`;

/**
 * Python of BinderHub's pod: what it asks Kubernetes for. `KubernetesBuildExecutor` has no setting for an owner, a
 * toleration, a service account or a sidecar; they are laid over each pod as it is made. The account owns the pod: the
 * network policies of the VPC CNI are for pods that have an owner.
 *
 * @see https://github.com/jupyterhub/binderhub/blob/main/binderhub/build.py
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
const binderBuilds = `import json
import os

import kubernetes.client
from binderhub.build import KubernetesBuildExecutor
from traitlets import default

FOLDER = os.path.dirname(os.path.abspath(__file__))


def read(name):
    with open(os.path.join(FOLDER, name)) as file:
        return json.load(file)


SETTINGS = read("settings.json")
OWNER = read("owner.json")


def furnish(pod, account):
    """A pod of BinderHub's, as JSON, with all that a build pod has to have."""
    metadata, spec = pod["metadata"], pod["spec"]
    metadata["labels"].update(OWNER["labels"])
    metadata["annotations"].update(OWNER["annotations"])
    metadata["ownerReferences"] = [
        {
            "apiVersion": "v1",
            "kind": "ServiceAccount",
            "name": account.metadata.name,
            "uid": account.metadata.uid,
        }
    ]
    spec.update(SETTINGS["pod"]["spec"])
    [builder] = spec["containers"]
    builder.update(SETTINGS["pod"]["builder"])
    builder["env"] = [
        *builder.get("env", []),
        *({"name": name, "value": value} for name, value in SETTINGS["pod"]["env"].items()),
    ]
    return pod


class Pods(kubernetes.client.CoreV1Api):
    def create_namespaced_pod(self, namespace, body, **options):
        account = self.read_namespaced_service_account(SETTINGS["account"], namespace)
        pod = furnish(self.api_client.sanitize_for_serialization(body), account)
        return super().create_namespaced_pod(namespace, pod, **options)


class Build(KubernetesBuildExecutor):
    @default("api")
    def _default_api(self):
        super()._default_api()  # learns where Kubernetes is
        return Pods()
`;
