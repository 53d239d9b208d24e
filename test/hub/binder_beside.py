"""
BinderHub with the configuration that Steward writes, from its own source: somebody asks for an environment, it is
built, and a server starts in it. Around it, on this machine: the hub's API, GitHub's, Kubernetes, AWS, and Entra with a
registry of Azure, each as far as BinderHub asks it.

Input (JSON on standard input): `source`, the folder of BinderHub's source; `folder` to work in; `files` of the
ConfigMap; `environment` of the pod; `asks`, ways below the address of BinderHub; `built`, images that are there.
Output: what each was answered, and all that was asked for on the way, as JSON.
"""

import asyncio
import base64
import json
import os
import re
import sys
import threading
import types
from urllib.parse import parse_qs, urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

GIVEN = json.load(sys.stdin)
sys.path.insert(0, GIVEN["source"])

KUBECONFIG = """
apiVersion: v1
kind: Config
current-context: here
contexts: [{{name: here, context: {{cluster: here, user: here}}}}]
clusters: [{{name: here, cluster: {{server: "{server}"}}}}]
users: [{{name: here, user: {{}}}}]
"""

#: The commit that a branch of every repository is at.
COMMIT = "0123456789abcdef0123456789abcdef01234567"
MADE = {"pods": [], "deleted": [], "servers": [], "aws": [], "azure": [], "listed": []}

#: Tags of the registry of Azure, by repository, and whether each may still be written.
TAGS = {}
for built in GIVEN["built"]:
    TAGS.setdefault(built.rsplit(":", 1)[0], {})[built.rsplit(":", 1)[1]] = True


class Said(RequestHandler):
    """Answers with what it was given."""

    def initialize(self, answer):
        self.answer = answer

    def get(self, *_):
        self.write(self.answer)


class Servers(RequestHandler):
    def post(self, name):
        MADE["servers"].append({"user": name, "options": json.loads(self.request.body)})
        self.set_status(201)


class Progress(RequestHandler):
    def get(self, name):
        self.write(f"data: {json.dumps({'progress': 100, 'ready': True, 'message': 'ready'})}\n\n")


class Pods(RequestHandler):
    """Makes each pod and has it done at once."""

    def post(self, namespace):
        pod = json.loads(self.request.body)
        MADE["pods"].append({"namespace": namespace, **pod})
        self.set_status(201)
        self.write(pod)

    async def get(self, namespace):
        MADE["listed"].append(namespace)
        pods = [dict(pod, status={"phase": "Succeeded"}) for pod in MADE["pods"]]
        if self.get_argument("watch", None) is None:
            self.write({"kind": "PodList", "apiVersion": "v1", "items": []})
            return
        for pod in pods:
            for phase, kind in (("Running", "ADDED"), ("Succeeded", "MODIFIED"), ("Succeeded", "DELETED")):
                event = {"type": kind, "object": dict(pod, status={"phase": phase})}
                self.write(json.dumps(event) + "\n")
                await self.flush()
                await asyncio.sleep(0.2)


class Pod(RequestHandler):
    def delete(self, namespace, name):
        MADE["deleted"].append(f"{namespace}/{name}")
        self.write({})


class Clouds:
    """In the place of the client that asks for tokens: addresses of AWS and Azure are answered here, and no others."""

    async def fetch(self, url, method="GET", headers=None, body=None, **more):
        host = urlsplit(url).netloc
        if host.endswith((".microsoftonline.com", ".azurecr.io")):
            return self.azure(urlsplit(url), method, dict(headers), body)
        if host == "169.254.170.23":
            MADE["aws"].append({"url": url, "headers": dict(headers)})
            return self.said(url, json.dumps(KEYS))
        if not host.endswith(".amazonaws.com"):
            raise RuntimeError(f"nobody is at {url}")
        MADE["aws"].append({"url": url, "headers": dict(headers), "body": body, "signature": self.signed(url, headers, body)})
        if host.startswith("sts."):
            return self.said(url, STS)
        operation = headers["x-amz-target"].split(".")[-1]
        if operation == "GetAuthorizationToken":
            token = base64.b64encode(b"AWS:a token of an hour").decode()
            return self.said(url, json.dumps({"authorizationData": [{"authorizationToken": token}]}))
        asked = json.loads(body)
        image = f"{asked['repositoryName']}:{asked['imageIds'][0]['imageTag']}"
        if image in GIVEN["built"]:
            return self.said(url, json.dumps({"imageDetails": [{"imageTags": [COMMIT]}]}))
        raise self.refused(url, {"__type": "RepositoryNotFoundException"})

    def azure(self, url, method, headers, body):
        MADE["azure"].append({"method": method, "url": url.geturl(), "headers": headers, "body": body})
        form = {name: text for name, [text] in parse_qs(body or "").items()}
        if url.path.endswith("/oauth2/v2.0/token"):
            return self.said(url, json.dumps({"access_token": f"entra of {form['client_assertion']}"}))
        if url.path == "/oauth2/exchange":
            return self.said(url, json.dumps({"refresh_token": f"refresh of {form['access_token']}"}))
        if url.path == "/oauth2/token":
            return self.said(url, json.dumps({"access_token": f"for {form['scope']}"}))
        return self.tags(url, method, headers, body)

    def tags(self, url, method, headers, body):
        """The registry's own API: https://learn.microsoft.com/rest/api/containerregistry/tag"""
        name, _, tag = url.path.removeprefix("/acr/v1/").partition("/_tags")
        needs = {"GET": "metadata_read", "PATCH": "metadata_write"}[method]
        scope = headers["authorization"].removeprefix("Bearer for ")
        kind, repository, actions = scope.split(":")
        if (kind, repository) != ("repository", name) or needs not in actions.split(","):
            raise HTTPClientError(401)
        there, tag = TAGS.get(name, {}), tag.removeprefix("/")
        if not there or (tag and tag not in there):
            raise HTTPClientError(404)
        if method == "PATCH":
            there[tag] = json.loads(body)["writeEnabled"]
        told = [{"name": each, "changeableAttributes": {"writeEnabled": there[each]}} for each in sorted(there)]
        if tag:
            return self.said(url, json.dumps({"tag": next(each for each in told if each["name"] == tag)}))
        query = parse_qs(url.query)
        [last], [count] = query.get("last", [""]), query["n"]
        page = [each for each in told if each["name"] > last][: int(count)]
        return self.said(url, json.dumps({"tags": page or None}))

    def said(self, url, text):
        return types.SimpleNamespace(body=text.encode())

    def refused(self, url, said):
        response = types.SimpleNamespace(body=json.dumps(said).encode())
        return HTTPClientError(400, response=response)

    def signed(self, url, headers, body):
        """The signature that AWS's own library makes of the same request at the same time."""
        import datetime
        from unittest import mock

        import botocore.auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        sent = {name: text for name, text in headers.items() if name in ("content-type", "x-amz-target")}
        keys = KEYS if headers["x-amz-security-token"] == KEYS["Token"] else PUSH
        credentials = Credentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["Token"])
        request = AWSRequest(method="POST", url=url, headers=sent, data=body)
        now = datetime.datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ")
        service = "sts" if "//sts." in url else "ecr"
        with mock.patch("botocore.auth.get_current_datetime", return_value=now):
            botocore.auth.SigV4Auth(credentials, service, "us-east-2").add_auth(request)
        return request.headers["Authorization"]


KEYS = {"AccessKeyId": "ASIABINDER", "SecretAccessKey": "of binder", "Token": "token/of+binder=="}
PUSH = {"AccessKeyId": "ASIAPUSH", "SecretAccessKey": "of push", "Token": "token/of+push=="}
STS = f"""<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/push/binder</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>{PUSH["AccessKeyId"]}</AccessKeyId>
<SecretAccessKey>{PUSH["SecretAccessKey"]}</SecretAccessKey>
<SessionToken>{PUSH["Token"]}</SessionToken><Expiration>2026-01-01T00:00:00Z</Expiration></Credentials>
</AssumeRoleResult></AssumeRoleResponse>"""

USER = {"kind": "user", "name": "alice", "servers": {}, "scopes": ["access:services!service=binder"]}


def listen(handlers):
    """In a thread of its own: BinderHub asks the hub who somebody is, and does nothing until it knows."""
    [found] = bind_sockets(0, "127.0.0.1")

    def serve():
        asyncio.set_event_loop(asyncio.new_event_loop())
        HTTPServer(Application(handlers)).add_sockets([found])
        asyncio.get_event_loop().run_forever()

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{found.getsockname()[1]}"


def around():
    account = {"kind": "ServiceAccount", "apiVersion": "v1", "metadata": {"name": "build", "uid": "uid-of-build"}}
    ways = [
        (r"/hub/api/user", Said, {"answer": USER}),
        (r"/hub/api/users/([^/]+)", Said, {"answer": USER}),
        (r"/hub/api/users/([^/]+)/servers/", Servers),
        (r"/hub/api/users/([^/]+)/server/progress", Progress),
        (r"/repos/.*/commits/.*", Said, {"answer": {"sha": COMMIT}}),
        (r"/repos/[^/]+/[^/]+", Said, {"answer": {"default_branch": "main"}}),
        (r"/api/v1/namespaces/([^/]+)/serviceaccounts/build", Said, {"answer": account}),
        (r"/api/v1/namespaces/([^/]+)/pods", Pods),
        (r"/api/v1/namespaces/([^/]+)/pods/([^/]+)/log", Said, {"answer": '{"phase": "building", "message": "built"}\n'}),
        (r"/api/v1/namespaces/([^/]+)/pods/([^/]+)", Pod),
    ]
    return listen(ways)


def write(name, text):
    path = os.path.join(GIVEN["folder"], name)
    with open(path, "w") as file:
        file.write(text)
    return path


async def main():
    world = around()
    os.environ.update(GIVEN["environment"])
    os.environ["HOME"] = GIVEN["folder"]
    os.environ["JUPYTERHUB_API_URL"] = f"{world}/hub/api"
    os.environ["JUPYTERHUB_API_TOKEN"] = "token of the service"
    os.environ["KUBECONFIG"] = write("kubeconfig", KUBECONFIG.format(server=world))
    os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1/credentials"
    os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = write("token", "token of the pod")
    os.environ["AZURE_AUTHORITY_HOST"] = "https://login.microsoftonline.com/"
    os.environ["AZURE_TENANT_ID"] = "the tenant"
    os.environ["AZURE_CLIENT_ID"] = "the client"
    os.environ["AZURE_FEDERATED_TOKEN_FILE"] = write("federated", "token of the account\n")
    for name, text in GIVEN["files"].items():
        write(name, text)
    config = write(
        "config.py",
        f"load_subconfig({os.path.join(GIVEN['folder'], 'binderhub_config.py')!r})\nc.GitHubRepoProvider.api_base_path = {world!r}\n",
    )

    from binderhub.app import BinderHub

    app = BinderHub()
    app.initialize([f"--config={config}"])
    import steward_registry

    steward_registry.AsyncHTTPClient = Clouds
    [found] = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(app.tornado_app)
    server.add_sockets([found])
    address = f"http://127.0.0.1:{found.getsockname()[1]}"
    answers = [await answered(f"{address}{ask['path']}", ask.get("token")) for ask in GIVEN["asks"]]
    commands = [pod["spec"]["containers"][0]["args"] for pod in MADE["pods"]]
    sources = sorted(app.repo_providers)
    locked = {f"{name}:{tag}": not open for name, tags in TAGS.items() for tag, open in tags.items()}
    said = {**MADE, "answers": answers, "commands": commands, "sources": sources, "locked": locked}
    json.dump(said, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # threads that follow pods would hold it


async def answered(url, token):
    """The events that a way answers with, until the server is there or the answer ends."""
    events, ended = [], asyncio.Event()

    def chunk(text):
        for line in text.decode().splitlines():
            if line.startswith("data:"):
                events.append(json.loads(line[5:]))
        if events and events[-1].get("phase") in ("ready", "failed"):
            ended.set()

    headers = {"Accept": "text/event-stream", **({"Authorization": f"token {token}"} if token else {})}
    asked = HTTPRequest(url, headers=headers, streaming_callback=chunk, follow_redirects=False, request_timeout=90)
    fetch = asyncio.ensure_future(AsyncHTTPClient().fetch(asked, raise_error=False))
    waiting = asyncio.ensure_future(ended.wait())
    await asyncio.wait([fetch, waiting], return_when=asyncio.FIRST_COMPLETED, timeout=60)
    if fetch.done():
        response = fetch.result()
        return {"status": response.code, "to": response.headers.get("Location"), "events": events}
    return {"status": 200, "to": None, "events": events}


asyncio.run(main())
