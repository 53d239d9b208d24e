import { buildPaths } from "./build-pod";

/** The file that repo2docker is given by `--config`. */
export const recipeFile = "repo2docker_config.py";

/**
 * Python that repo2docker runs in each build pod before it builds: BuildKit beside it is asked instead of a Docker
 * daemon. repo2docker writes the Dockerfile and calls `docker buildx build` as ever; the image is pushed from there,
 * since no daemon could take it up.
 *
 * @see https://github.com/jupyterhub/repo2docker/blob/2026.04.0/repo2docker/docker.py
 * @see https://docs.docker.com/build/builders/drivers/remote/
 * @see https://github.com/moby/buildkit/blob/v0.32.2/session/auth/authprovider/authprovider.go for `registrytoken`
 */
export const recipe = `import base64
import contextlib
import json
import os
import subprocess

import repo2docker.docker


class StewardBuildKit(repo2docker.docker.DockerEngine):
    # Asks a daemon for its version, and there is none.
    container_cli = "docker"

    def build(self, *, push=False, load=False, **asked):
        subprocess.run(
            [
                self.container_cli,
                "buildx",
                "create",
                "--use",
                "--driver=remote",
                "unix://${buildPaths.socket}",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        if push:
            self.extra_buildx_build_args = [*self.extra_buildx_build_args, "--push"]
        yield from super().build(**asked)

    @contextlib.contextmanager
    def docker_login(self, username, password, registry):
        # \`docker login\` asks a daemon, and moves away from where the builder is written down.
        folder = os.path.join(os.environ["HOME"], ".docker")
        os.makedirs(folder, exist_ok=True)
        auth = base64.b64encode(f"{username}:{password}".encode()).decode()
        # What has no name is a token that the registry takes as it is: BuildKit asks for no other.
        entry = {"auth": auth} if username else {"registrytoken": password}
        with open(os.path.join(folder, "config.json"), "w") as file:
            json.dump({"auths": {registry: entry}}, file)
        yield

    def inspect_image(self, image):
        # BinderHub has asked the registry before.
        return None


# repo2docker looks its engine up by this name.
repo2docker.docker.DockerEngine = StewardBuildKit
`;
