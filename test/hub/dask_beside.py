"""
A Dask gateway beside a hub: the real server and the real controller with the configuration that Steward writes. Each
server that the hub starts runs the real client with the environment of its pod, before the hub is told that no pod
came. Kubernetes is a list of the clusters that were asked for.

Given: `settings`, the data of the two ConfigMaps (`gateway`, `controller`), `values` of the chart where the chart's
own lines are not in them, `asks`, keyword arguments of `Gateway().submit` to try from each server, and `roles` in the
place of the hub's own.
"""

import asyncio
import json
import os
import re
import socket
import sys

import outside
from tornado.web import RequestHandler

#: What a server's notebook does: `Gateway()` without an argument, then each thing asked for.
CLIENT = """
import asyncio, json, os, sys
from dask_gateway import Gateway

async def main():
    results = []
    async with Gateway(asynchronous=True) as gateway:
        for ask in json.loads(sys.argv[1]):
            try:
                results.append({"cluster": await gateway.submit(**ask)})
            except Exception as error:
                results.append({"refused": f"{type(error).__name__}: {error}"})
    print(json.dumps(results))

asyncio.run(main())
"""


class Clusters(RequestHandler):
    """DaskCluster objects: kept, and never answered by a controller."""

    def initialize(self, clusters):
        self.clusters = clusters

    async def get(self):
        if self.get_argument("watch", None) is not None:
            await self.flush()
            await asyncio.sleep(3600)
        self.write({"kind": "DaskClusterList", "metadata": {"resourceVersion": "1"}, "items": []})

    def post(self, namespace):
        cluster = json.loads(self.request.body)
        cluster["metadata"]["namespace"] = namespace
        self.clusters.append(cluster)
        self.set_status(201)
        self.write(cluster)


class Pods(outside.Pods):
    """Lets a server's notebook work while its token is good, then says that there is no room for the pod."""

    def initialize(self, pods, gateway):
        super().initialize(pods)
        self.gateway = gateway

    async def post(self):
        await self.gateway.notebook(json.loads(self.request.body))
        super().post()


class Gateway:
    def __init__(self, given, folder, pods):
        self.given, self.folder, self.pods = given, folder, pods
        self.clusters, self.answers = [], []

    def handlers(self):
        clusters = {"clusters": self.clusters}
        kind = r"/apis/gateway\.dask\.org/v1alpha1"
        return [
            (rf"{kind}/daskclusters", Clusters, clusters),
            (rf"{kind}/namespaces/([^/]+)/daskclusters", Clusters, clusters),
            (r"/api/v1/namespaces/[^/]+/pods", Pods, {"pods": self.pods, "gateway": self}),
        ]

    def config(self, which, more=""):
        """One ConfigMap as its pod mounts it; what is about addresses of the cluster comes last, from here."""
        folder = os.path.join(self.folder, f"dask-{which}")
        os.makedirs(folder)
        for name, text in self.given["settings"][which].items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)
        with open(os.path.join(folder, "values.json"), "w") as file:
            json.dump(self.given["values"], file)
        path = os.path.join(folder, "dask_gateway_config.py")
        with open(path, "a") as file:
            file.write(more)
        return path

    async def start(self, hub):
        from dask_gateway_server.app import DaskGateway

        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{found.getsockname()[1]}"
        app = DaskGateway()
        app.config_file = self.config(
            "gateway",
            f"""
c.DaskGateway.address = {self.address!r}
c.JupyterHubAuthenticator.jupyterhub_api_url = {hub + "/hub/api"!r}
""",
        )
        app.initialize([])
        self.app = app
        await app.setup()

    async def notebook(self, pod):
        [container] = pod["spec"]["containers"]
        env = {each["name"]: each.get("value", "") for each in container["env"]}
        # As the kubelet does, https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
        expanded = {
            name: re.sub(r"\$\((\w+)\)", lambda found: env[found[1]], value)
            for name, value in env.items()
        }
        client = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            CLIENT,
            json.dumps(self.given["asks"]),
            stdout=asyncio.subprocess.PIPE,
            env={
                **{name: value for name, value in expanded.items() if name.startswith(("DASK", "JUPYTER"))},
                # Of the proxy, which takes the prefix away.
                "DASK_GATEWAY__ADDRESS": f"http://{self.address}",
                "HOME": self.folder,
            },
        )
        output, _ = await client.communicate()
        if client.returncode != 0:
            raise RuntimeError("the notebook came to no end")
        self.answers.append(json.loads(output))

    def seen(self):
        """What the controller makes of each cluster, and what the servers were answered."""
        from dask_gateway_server.backends.kubernetes.controller import KubeController
        from dask_gateway_server.utils import FrozenAttrDict

        controller = KubeController()
        controller.load_config_file(self.config("controller"))
        made = []
        for cluster in self.clusters:
            name, namespace = cluster["metadata"]["name"], cluster["metadata"]["namespace"]
            config = FrozenAttrDict(cluster["spec"]["config"])
            made.append(
                {
                    "cluster": cluster,
                    "scheduler": controller.make_pod(namespace, name, config),
                    "worker": controller.make_pod(namespace, name, config, is_worker=True),
                    "secret": {**controller.make_secret(name), "data": {}},
                    "service": controller.make_service(name),
                    "route": controller.make_ingressroute(name, namespace),
                    "tcpRoute": controller.make_ingressroutetcp(name, namespace),
                }
            )
        return {"answers": self.answers, "made": made}
