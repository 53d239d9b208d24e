"""
The hub's configuration out of the chart's values: by the chart's own Python where its source is here, else by the
few lines of it that matter to who enters and what is spawned.
"""

import os
import re

#: Where the hub's pod has its configuration; on this machine another folder stands for it.
MOUNT = "/usr/local/etc/jupyterhub"


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def merged(below, above):
    """As Helm lays values over a chart's own."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{key: merged(below.get(key), value) for key, value in above.items()}}


def named(entries):
    """Services and roles as the chart passes them on: a list, of those that have a token by its other name."""
    tokens = {"apiToken": "api_token"}
    return [
        {"name": name, **{tokens.get(key, key): value for key, value in entry.items()}}
        for name, entry in entries.items()
    ]


def by_chart(source, values, folder):
    """Python that runs the chart's own configuration with these values, its mounts in `folder`."""
    import yaml

    with open(os.path.join(source, "values.yaml")) as file:
        everything = merged(yaml.safe_load(file), values)
    everything["Chart"] = {"Name": "jupyterhub", "Version": "4.4.0"}
    everything["Release"] = {"Name": "prod"}
    hub = values["hub"]
    write(folder, "secret/values.yaml", yaml.safe_dump(everything))
    write(folder, "secret/hub.config.JupyterHub.cookie_secret", hub["cookieSecret"])
    write(folder, "secret/hub.config.CryptKeeper.keys", hub["config"]["CryptKeeper"]["keys"][0])
    for name, service in hub.get("services", {}).items():
        write(folder, f"secret/hub.services.{name}.apiToken", service["apiToken"])
    for name in ["hub", "proxy-api", "user-scheduler"]:
        write(folder, f"config/{name}", name)
        os.environ[f"{name.upper().replace('-', '_')}_SERVICE_PORT"] = "8081"
    os.environ["POD_NAMESPACE"] = "prod"
    for name in ["z2jh.py", "jupyterhub_config.py"]:
        with open(os.path.join(source, "files", "hub", name)) as file:
            write(folder, name, file.read().replace(MOUNT, folder))
    return f"load_subconfig({os.path.join(folder, 'jupyterhub_config.py')!r})\n"


#: Of the chart's table of traits, those that Steward sets.
TRAITS = {
    "extra_labels": "extraLabels",
    "extra_annotations": "extraAnnotations",
    "uid": "uid",
    "fs_gid": "fsGid",
    "allow_privilege_escalation": "allowPrivilegeEscalation",
    "service_account": "serviceAccountName",
    "mem_limit": "memory.limit",
    "mem_guarantee": "memory.guarantee",
    "cpu_limit": "cpu.limit",
    "cpu_guarantee": "cpu.guarantee",
    "environment": "extraEnv",
    "profile_list": "profileList",
    "image_pull_policy": "image.pullPolicy",
}


def at(values, path):
    for key in path.split("."):
        values = values.get(key) if isinstance(values, dict) else None
    return values


def by_hand(values, c):
    """Sets what the chart would set, in its order, and runs `hub.extraConfig` as it does."""
    c.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
    c.KubeSpawner.namespace = "prod"
    for trait, path in TRAITS.items():
        value = at(values, f"singleuser.{path}")
        if value is not None:
            setattr(c.KubeSpawner, trait, value)
    image = at(values, "singleuser.image.name")
    if image is not None:
        c.KubeSpawner.image = f"{image}:{at(values, 'singleuser.image.tag')}"
    for section, settings in values["hub"]["config"].items():
        c[section].update(settings)
    space = {"c": c}
    for _, text in sorted(values["hub"]["extraConfig"].items()):
        exec(text, space)


def relocated(values, folder):
    """The values with every path of the pod's configuration moved into `folder`."""
    config = {
        name: re.sub(MOUNT, folder, text) for name, text in values["hub"]["extraConfig"].items()
    }
    return {**values, "hub": {**values["hub"], "extraConfig": config}}
