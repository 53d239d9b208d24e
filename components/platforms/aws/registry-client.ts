/**
 * Python of BinderHub's pod: what it asks of AWS, by the identity of the pod. Each build is given a token that pushes
 * to that build's repository and to no other, and is worth nothing after an hour; none stands in a Secret or a state.
 * The image of BinderHub has no SDK of AWS, hence the signature.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export const registryClient = `import base64
import datetime
import hashlib
import hmac
import json
import os
from urllib.parse import urlencode, urlparse
from xml.etree import ElementTree

from binderhub.registry import DockerRegistry
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from traitlets import List, Unicode


def sign(service, region, url, headers, body, keys, now):
    """The headers of a POST to the root of an address, with the signature among them."""

    def digest(text):
        return hashlib.sha256(text.encode()).hexdigest()

    time = now.strftime("%Y%m%dT%H%M%SZ")
    signed = {
        **headers,
        "host": urlparse(url).netloc,
        "x-amz-date": time,
        "x-amz-security-token": keys["Token"],
    }
    names = ";".join(sorted(signed))
    lines = [f"{name}:{signed[name]}" for name in sorted(signed)]
    request = "\\n".join(["POST", "/", "", *lines, "", names, digest(body)])
    scope = f"{time[:8]}/{region}/{service}/aws4_request"
    key = f"AWS4{keys['SecretAccessKey']}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    text = "\\n".join(["AWS4-HMAC-SHA256", time, scope, digest(request)])
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"{keys['AccessKeyId']}/{scope}"
    return {
        **signed,
        "authorization": f"AWS4-HMAC-SHA256 Credential={credential}, "
        f"SignedHeaders={names}, Signature={signature}",
    }


class Registry(DockerRegistry):
    """The registry of the account, below one prefix."""

    region = Unicode(config=True)
    push_role = Unicode(config=True, help="ARN of the role that pushes")
    repositories = Unicode(config=True, help="ARN of all repositories of the account, without a name")
    actions = List(Unicode(), config=True, help="What pushing is made of")

    async def ask(self, service, url, headers, body, keys):
        now = datetime.datetime.now(datetime.timezone.utc)
        headers = sign(service, self.region, url, headers, body, keys, now)
        answer = await AsyncHTTPClient().fetch(url, method="POST", headers=headers, body=body)
        return answer.body.decode()

    async def ask_ecr(self, operation, body, keys):
        headers = {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": f"AmazonEC2ContainerRegistry_V20150921.{operation}",
        }
        url = f"https://api.ecr.{self.region}.amazonaws.com/"
        return json.loads(await self.ask("ecr", url, headers, json.dumps(body), keys))

    async def own_keys(self):
        with open(os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]) as file:
            headers = {"Authorization": file.read().strip()}
        url = os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        return json.loads((await AsyncHTTPClient().fetch(url, headers=headers)).body)

    async def push_keys(self, image):
        policy = {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
                {
                    "Effect": "Allow",
                    "Action": self.actions,
                    "Resource": f"{self.repositories}/{image}",
                },
            ],
        }
        asked = {
            "Action": "AssumeRole",
            "Version": "2011-06-15",
            "RoleArn": self.push_role,
            "RoleSessionName": "binder",
            "DurationSeconds": 3600,
            "Policy": json.dumps(policy, separators=(",", ":")),
        }
        headers = {"content-type": "application/x-www-form-urlencoded"}
        url = f"https://sts.{self.region}.amazonaws.com/"
        answer = await self.ask("sts", url, headers, urlencode(asked), await self.own_keys())
        found = {each.tag.rsplit("}", 1)[-1]: each.text for each in ElementTree.fromstring(answer).iter()}
        return {
            "AccessKeyId": found["AccessKeyId"],
            "SecretAccessKey": found["SecretAccessKey"],
            "Token": found["SessionToken"],
        }

    async def get_image_manifest(self, image, tag):
        asked = {"repositoryName": image, "imageIds": [{"imageTag": tag}]}
        try:
            found = await self.ask_ecr("DescribeImages", asked, await self.own_keys())
        except HTTPClientError as error:
            said = json.loads(error.response.body) if error.response and error.response.body else {}
            kind = said.get("__type", "").rsplit("#", 1)[-1]
            if kind in ("RepositoryNotFoundException", "ImageNotFoundException"):
                return None
            raise
        return found["imageDetails"][0]

    async def get_credentials(self, image, tag):
        answer = await self.ask_ecr("GetAuthorizationToken", {}, await self.push_keys(image))
        token = answer["authorizationData"][0]["authorizationToken"]
        username, password = base64.b64decode(token).decode().split(":", 1)
        return {"registry": urlparse(self.url).netloc, "username": username, "password": password}
`;
