/**
 * Python of BinderHub's pod: what it asks of a registry of Azure, by the identity of the pod. Entra's token becomes the
 * registry's, and that one becomes an access token for one repository, worth nothing after 75 minutes: only this is
 * handed to a build. None stands in a Secret or a state. The image of BinderHub has no SDK of Azure.
 *
 * A tag is there to stay: the registry has no rule for that, so every tag of a repository is locked before anybody is
 * given a token that pushes to it, and when a server starts in it. That token cannot unlock.
 *
 * @see https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential
 * @see https://learn.microsoft.com/azure/container-registry/container-registry-image-lock
 * @see https://learn.microsoft.com/rest/api/containerregistry/tag
 */
export const registryClient = `import json
import os
from urllib.parse import urlencode, urlparse

from binderhub.registry import DockerRegistry
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

#: As many tags as the registry tells at once.
PAGE = 100


class Registry(DockerRegistry):
    """The registry of what a hub builds."""

    async def post(self, url, form):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = await AsyncHTTPClient().fetch(url, method="POST", headers=headers, body=urlencode(form))
        return json.loads(answer.body)

    async def own_token(self):
        authority = os.environ["AZURE_AUTHORITY_HOST"].rstrip("/")
        with open(os.environ["AZURE_FEDERATED_TOKEN_FILE"]) as file:
            assertion = file.read().strip()
        asked = {
            "grant_type": "client_credentials",
            "client_id": os.environ["AZURE_CLIENT_ID"],
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
            "scope": "https://containerregistry.azure.net/.default",
        }
        url = f"{authority}/{os.environ['AZURE_TENANT_ID']}/oauth2/v2.0/token"
        return (await self.post(url, asked))["access_token"]

    async def token_for(self, image, actions):
        service = urlparse(self.url).netloc
        asked = {
            "grant_type": "access_token",
            "service": service,
            "tenant": os.environ["AZURE_TENANT_ID"],
            "access_token": await self.own_token(),
        }
        own = await self.post(f"{self.url}/oauth2/exchange", asked)
        asked = {
            "grant_type": "refresh_token",
            "service": service,
            "scope": f"repository:{image}:{actions}",
            "refresh_token": own["refresh_token"],
        }
        return (await self.post(f"{self.url}/oauth2/token", asked))["access_token"]

    async def ask(self, token, path, method="GET", body=None):
        """None for what is not there."""
        headers = {"authorization": f"Bearer {token}"}
        if body is not None:
            headers["content-type"] = "application/json"
            body = json.dumps(body)
        url = f"{self.url}/acr/v1/{path}"
        try:
            answer = await AsyncHTTPClient().fetch(url, method=method, headers=headers, body=body)
        except HTTPClientError as error:
            if error.code == 404:
                return None
            raise
        return json.loads(answer.body or b"{}")

    async def lock(self, token, image, tag):
        if tag["changeableAttributes"]["writeEnabled"]:
            path = f"{image}/_tags/{tag['name']}"
            await self.ask(token, path, method="PATCH", body={"writeEnabled": False})

    async def lock_all(self, image):
        token = await self.token_for(image, "metadata_read,metadata_write")
        last = ""
        while True:
            query = urlencode({"n": PAGE, **({"last": last} if last else {})})
            found = await self.ask(token, f"{image}/_tags?{query}")
            tags = (found or {}).get("tags") or []
            for tag in tags:
                await self.lock(token, image, tag)
            if len(tags) < PAGE:
                return
            last = tags[-1]["name"]

    async def get_image_manifest(self, image, tag):
        token = await self.token_for(image, "metadata_read,metadata_write")
        found = await self.ask(token, f"{image}/_tags/{tag}")
        if found is None:
            return None
        await self.lock(token, image, found["tag"])
        return found["tag"]

    async def get_credentials(self, image, tag):
        await self.lock_all(image)
        token = await self.token_for(image, "pull,push")
        return {"registry": urlparse(self.url).netloc, "username": "", "password": token}
`;
