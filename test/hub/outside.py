"""What stands around a hub: its identity provider and the API of its Kubernetes, on this machine."""

import asyncio
import json

from tornado.web import Application, RequestHandler


class Provider(RequestHandler):
    """Takes a person's name for the code and the token: whoever comes with it is that person."""

    def initialize(self, people):
        self.people = people

    def person(self):
        name = self.request.headers.get("Authorization", "").split(" ")[-1]
        return self.people[name]


class Token(Provider):
    def post(self):
        name = self.get_argument("code")
        self.write({"access_token": name, "token_type": "Bearer", **self.people[name]["token"]})


class UserInfo(Provider):
    def get(self):
        self.write(self.person()["userinfo"])


class Membership(Provider):
    """https://docs.github.com/en/rest/orgs/members#check-organization-membership-for-a-user"""

    def get(self, organisation, login):
        member = organisation in self.person().get("organisations", [])
        self.set_status(204 if member else 404)


class Teams(Provider):
    """https://docs.github.com/en/rest/teams/teams#list-teams-for-the-authenticated-user"""

    def get(self):
        self.write(json.dumps(self.person().get("teams", [])))


class Pods(RequestHandler):
    """Keeps what it is asked to make, and makes nothing."""

    def initialize(self, pods):
        self.pods = pods

    async def get(self):
        if self.get_argument("watch", None) is not None:
            await self.flush()
            await asyncio.sleep(3600)
        self.write({"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": []})

    def post(self):
        self.pods.append(json.loads(self.request.body))
        self.set_status(422)
        self.write({"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 422})


class ServiceAccount(RequestHandler):
    def get(self, namespace, name):
        metadata = {"name": name, "namespace": namespace, "uid": f"uid of {namespace}/{name}"}
        self.write({"kind": "ServiceAccount", "apiVersion": "v1", "metadata": metadata})


def outside(people, pods):
    """The two as one server; `people` by name, `pods` fills with the pods that the hub asked for."""
    given = {"people": people}
    return Application(
        [
            (r"/provider/token", Token, given),
            (r"/provider/user", UserInfo, given),
            (r"/provider/orgs/([^/]+)/members/([^/]+)", Membership, given),
            (r"/provider/user/teams", Teams, given),
            (r"/api/v1/namespaces/[^/]+/(?:pods|events)", Pods, {"pods": pods}),
            (r"/api/v1/namespaces/([^/]+)/serviceaccounts/([^/]+)", ServiceAccount),
        ]
    )
