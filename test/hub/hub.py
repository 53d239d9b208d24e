"""
Runs a hub with the configuration that Steward writes, on the real JupyterHub, KubeSpawner and oauthenticator:
people sign in at a provider of this machine, look at what they are offered and ask for servers.

Input (JSON on standard input): `values` of the chart, `policy` (text of the access policy), `section` of the
authenticator, `folder` to work in, `people` by name (`userinfo`, `token`, `organisations`, `teams`, `asks`: forms of the page, options for the API), and `chart`,
the folder of the chart's source, where it is here, and `dask`, a Dask gateway beside the hub: see dask_beside.py.
Output: for each person what happened, as JSON.
"""

import asyncio
import json
import os
import re
import socket
import sys
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import aiohttp
from jupyterhub.app import JupyterHub
from jupyterhub.proxy import Proxy
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from outside import outside  # noqa: E402
from values import by_chart, named, relocated, write  # noqa: E402

CONFIG = """
import json, sys
sys.path.insert(0, {here!r})
{values}
from hub import NoProxy
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.hub_bind_url = {hub!r}
c.JupyterHub.hub_connect_url = {hub!r}
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.services = {services!r}
c.JupyterHub.load_roles = {roles!r}
c.JupyterHub.log_level = "WARN"
# What happens after a server was asked for is to be seen in the answer, not on a page that waits.
c.JupyterHub.tornado_settings = {{"slow_spawn_timeout": 90}}
# A notebook at work holds the answer about its pod back: a hub that lost patience would ask for a second one.
c.KubeSpawner.k8s_api_request_timeout = 90
c.KubeSpawner.start_timeout = 90
c[{section!r}].update({urls})
"""

KUBECONFIG = """
apiVersion: v1
kind: Config
current-context: here
contexts: [{{name: here, context: {{cluster: here, user: here}}}}]
clusters: [{{name: here, cluster: {{server: "{server}"}}}}]
users: [{{name: here, user: {{}}}}]
"""


class NoProxy(Proxy):
    """Routes are nobody's business here: people knock at the hub itself."""

    should_start = False

    async def add_route(self, routespec, target, data):
        pass

    async def delete_route(self, routespec):
        pass

    async def get_all_routes(self):
        return {}


class Page(HTMLParser):
    """The fields of a form with the values that they offer, and the words of a page."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.words, self._select, self._silent = {}, [], None, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("script", "style"):
            self._silent += 1
        if tag == "select":
            self._select = given.get("name")
        if tag == "option" and self._select:
            self.fields.setdefault(self._select, []).append(given.get("value"))
        if tag == "input" and given.get("name") and given["name"] != "_xsrf":
            self.fields.setdefault(given["name"], []).append(given.get("value"))

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._silent -= 1
        if tag == "select":
            self._select = None

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.words.append(" ".join(data.split()))


def listen():
    [found] = bind_sockets(0, "127.0.0.1", family=socket.AF_INET)
    return found, f"http://127.0.0.1:{found.getsockname()[1]}"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


async def seen(response):
    page = Page(await response.text())
    return {"status": response.status, "fields": page.fields, "words": " ".join(page.words)}


async def visit(hub, name, person, pods):
    """Signs in, looks at the form, and posts each thing that the person asks for."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(f"{hub}/hub/oauth_login", allow_redirects=False) as answer:
            asked = parse_qs(urlsplit(answer.headers["Location"]).query)
        callback = {"code": name, "state": asked["state"][0]}
        async with session.get(
            f"{hub}/hub/oauth_callback", params=callback, allow_redirects=False
        ) as answer:
            entered = answer.status == 302
            result = {"scope": asked.get("scope", [""])[0], "entered": entered}
            if not entered:
                return {**result, "refusal": await seen(answer)}
        async with session.get(f"{hub}/hub/api/user", headers={"Referer": hub}) as answer:
            result["name"] = (await answer.json())["name"]
        async with session.get(f"{hub}/hub/spawn") as answer:
            result["form"] = await seen(answer)
        result["asks"] = []
        for ask in person.get("asks", []):
            del pods[:]
            [xsrf] = {cookie.value for cookie in jar if cookie.key == "_xsrf"}
            path, body = (
                ("spawn", {"data": ask["form"]})
                if "form" in ask
                else (f"api/users/{result['name']}/server", {"json": ask["options"]})
            )
            headers = {"Referer": f"{hub}/hub/home"}
            async with session.post(
                f"{hub}/hub/{path}",
                params={"_xsrf": xsrf},
                headers=headers,
                allow_redirects=False,
                **body,
            ) as answer:
                result["asks"].append({**await seen(answer), "pods": list(pods)})
        return result


async def main(given):
    folder = given["folder"]
    os.chdir(folder)
    pods = []
    sockets, server = listen()
    application = outside(given["people"], pods)
    gateway = None
    if given.get("dask"):
        from dask_beside import Gateway

        gateway = Gateway(given["dask"], folder, pods)
        application.add_handlers(".*", gateway.handlers())
    around = HTTPServer(application)
    around.add_socket(sockets)
    write(folder, "kubeconfig", KUBECONFIG.format(server=server))
    write(folder, "access-policy/policy.json", given["policy"])
    os.environ["KUBECONFIG"] = os.path.join(folder, "kubeconfig")
    os.environ["OAUTH_CLIENT_SECRET"] = "the client's secret"

    # Helm sorts the keys of every mapping.
    sorted_values = json.loads(json.dumps(given["values"], sort_keys=True))
    values = relocated(sorted_values, folder)
    write(folder, "values.json", json.dumps(values))
    lines = "from values import by_hand\nby_hand(json.load(open('values.json')), c)\n"
    if given.get("chart"):
        lines = by_chart(given["chart"], values, folder)
    urls = {
        "token_url": f"{server}/provider/token",
        "userdata_url": f"{server}/provider/user",
        **({"github_api": f"{server}/provider"} if given["section"].startswith("GitHub") else {}),
    }
    services = values["hub"].get("services", {})
    roles = (given.get("dask") or {}).get("roles", values["hub"].get("loadRoles", {}))
    hub = f"http://127.0.0.1:{free_port()}"
    here = os.path.dirname(os.path.abspath(__file__))
    section = given["section"]
    write(
        folder,
        "config.py",
        CONFIG.format(
            here=here,
            values=lines,
            hub=hub,
            section=section,
            urls=urls,
            services=named(services),
            roles=named(roles),
        ),
    )

    app = JupyterHub.instance()
    await app.initialize(["--config", os.path.join(folder, "config.py")])
    await app.start()
    if gateway:
        await gateway.start(hub)
    results = {}
    for name, person in given["people"].items():
        results[name] = await visit(hub, name, person, pods)
        await asyncio.sleep(0)
    return {
        "people": results,
        "users": {
            user.name: {"admin": user.admin, "groups": sorted(each.name for each in user.groups)}
            for user in app.users.values()
        },
        "authenticator": type(app.authenticator).__name__,
        "by": "chart" if given.get("chart") else "values",
        **({"dask": gateway.seen()} if gateway else {}),
    }


if __name__ == "__main__":
    sys.modules["hub"] = sys.modules["__main__"]  # so that the configuration finds NoProxy here
    report = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # the hub prints as it likes; standard output is ours
    result = asyncio.run(main(json.load(sys.stdin)))
    report.write(re.sub(r"[\ud800-\udfff]", "?", json.dumps(result)))
    report.flush()
    os._exit(0)  # the hub's own end would wait for servers and proxies that are not there
