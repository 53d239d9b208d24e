"""The few lines of the dask-gateway chart's configuration that matter to who may ask and what is made."""

from values import at

#: Of the chart's table of traits, those that Steward sets.
TRAITS = {
    "scheduler_extra_container_config": "scheduler.extraContainerConfig",
    "scheduler_extra_pod_config": "scheduler.extraPodConfig",
    "worker_extra_container_config": "worker.extraContainerConfig",
    "worker_extra_pod_config": "worker.extraPodConfig",
    "namespace": "namespace",
}


def gateway(values, c):
    given = values["gateway"]
    c.DaskGateway.backend_class = "dask_gateway_server.backends.kubernetes.KubeBackend"
    c.KubeBackend.gateway_instance = values["release"]
    c.KubeClusterConfig.image = "ghcr.io/dask/dask-gateway:2026.3.0"
    for trait, path in TRAITS.items():
        value = at(given, f"backend.{path}")
        if value is not None:
            setattr(c.KubeClusterConfig, trait, value)
    c.DaskGateway.authenticator_class = "dask_gateway_server.auth.JupyterHubAuthenticator"
    c.JupyterHubAuthenticator.jupyterhub_service_name = at(
        given, "auth.jupyterhub.jupyterhubServiceName"
    )


def controller(values, c):
    release = values["release"]
    c.KubeController.api_url = f"http://api-{release}.prod:8000/api"
    c.KubeController.gateway_instance = release
    c.KubeController.proxy_prefix = values["gateway"]["prefix"]
    c.KubeController.proxy_tcp_entrypoint = "web"
