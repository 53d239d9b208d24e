"""
Runs the command of a build pod on the real repo2docker, with the file that Steward gives it. In the place of the
`docker` command stands one that writes down what it was asked.

Input (JSON on standard input): `folder` to work in, `recipe`, `command` of the pod, `credentials`.
Output: `asked`, every call of `docker`, `login`, what its folder of settings held at the build, and `dockerfile`.
"""

import json
import os
import subprocess
import sys

GIVEN = json.load(sys.stdin)
FOLDER = GIVEN["folder"]

DOCKER = f"""#!{sys.executable}
import json, os, sys
with open({os.path.join(FOLDER, "asked")!r}, "a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1:3] == ["buildx", "build"]:
    with open(os.path.join(os.environ["HOME"], ".docker", "config.json")) as settings:
        login = json.load(settings)
    with open(os.path.join(sys.argv[-1], "Dockerfile")) as file:
        dockerfile = file.read()
    with open({os.path.join(FOLDER, "build.json")!r}, "w") as file:
        json.dump({{"login": login, "dockerfile": dockerfile}}, file)
sys.exit(0 if sys.argv[1] == "buildx" else 1)
"""


def write(name, text):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    return path


os.chmod(write("bin/docker", DOCKER), 0o755)
write("repository/requirements.txt", "numpy\n")
recipe = write("repo2docker_config.py", GIVEN["recipe"])
# The file and the repository of the pod, on this machine.
[program, *options, _] = GIVEN["command"]
options = [f"--config={recipe}" if each.startswith("--config=") else each for each in options]
result = subprocess.run(
    [os.path.join(os.path.dirname(sys.executable), program), *options, os.path.join(FOLDER, "repository")],
    env={
        "PATH": f"{FOLDER}/bin:{os.environ['PATH']}",
        "HOME": FOLDER,
        "TMPDIR": FOLDER,
        "CONTAINER_ENGINE_REGISTRY_CREDENTIALS": json.dumps(GIVEN["credentials"]),
    },
    capture_output=True,
    text=True,
)
if result.returncode != 0:
    sys.exit(result.stdout + result.stderr)
with open(os.path.join(FOLDER, "asked")) as file:
    asked = [json.loads(line) for line in file]
with open(os.path.join(FOLDER, "build.json")) as file:
    print(json.dumps({"asked": asked, **json.load(file)}))
