"""Writes rehearsal/kubernetes/schemas.generated.json: the published schemas of the kinds we register.

    python3 scripts/scan-kubernetes-schemas.py [--packages FOLDER] [--check]

kubernetes-validate carries, for each Kubernetes version, JSON schemas made of its OpenAPI document; the strict
ones refuse unknown fields. Taken are the oldest and the newest version we support, with every definition that a
kind refers to; what is the same in both stands once. Descriptions and the x-kubernetes-* hints for merging are
left out: they decide nothing here.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

PACKAGE = "1.37.0"
# Amazon EKS creates clusters of 1.32 (extended support to March 2027) up to 1.36.
# https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
VERSIONS = {"oldest": "1.32", "newest": "1.36"}
KINDS = """
    APIService CSIDriver ClusterRole ClusterRoleBinding ConfigMap CronJob CustomResourceDefinition DaemonSet
    Deployment EndpointSlice Endpoints HorizontalPodAutoscaler Ingress IngressClass Job Lease LimitRange
    MutatingWebhookConfiguration Namespace NetworkPolicy PersistentVolume PersistentVolumeClaim Pod
    PodDisruptionBudget PodTemplate PriorityClass ReplicaSet ResourceQuota Role RoleBinding Secret Service
    ServiceAccount StatefulSet StorageClass ValidatingWebhookConfiguration
""".split()
ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "rehearsal/kubernetes/schemas.generated.json"
# Keywords that decide whether a value is valid. Under these, a name is a property's, not a keyword.
KEYWORDS = {"$ref", "additionalProperties", "allOf", "anyOf", "enum", "format", "items", "maxItems", "maximum",
            "minItems", "minimum", "oneOf", "pattern", "properties", "required", "type"}


def install():
    folder = tempfile.mkdtemp(prefix="steward-kubernetes-schemas-")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder]
    subprocess.run([*command, f"kubernetes-validate=={PACKAGE}"], check=True)
    return folder


def bare(node):
    if isinstance(node, list):
        return [bare(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if key == "properties":
            kept[key] = {name: bare(each) for name, each in value.items()}
        elif key in ("enum", "required", "type"):
            kept[key] = value
        elif key == "$ref":
            kept[key] = "#/$defs/" + value.rsplit("/", 1)[1]
        elif key in KEYWORDS:
            kept[key] = bare(value)
    return kept


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rsplit("/", 1)[1]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def extract(folder, version):
    schemas = pathlib.Path(folder) / "kubernetes_validate/kubernetes-json-schema"
    path = schemas / f"v{version}.0-local-strict" / "_definitions.json"
    published = json.loads(path.read_text())["$defs"]
    kinds, wanted = {}, []
    for name, definition in published.items():
        for each in definition.get("x-kubernetes-group-version-kind", []):
            if each["kind"] in KINDS:
                group = f"{each['group']}/" if each["group"] else ""
                kinds[f"{group}{each['version']}/{each['kind']}"] = name
                wanted.append(name)
    missing = set(KINDS) - {key.rsplit("/", 1)[1] for key in kinds}
    if missing:
        raise SystemExit(f"Kubernetes {version} has no {sorted(missing)}: mend KINDS")
    definitions = {}
    while wanted:
        name = wanted.pop()
        if name not in definitions:
            definitions[name] = bare(published[name])
            wanted.extend(references(definitions[name]))
    return dict(sorted(kinds.items())), dict(sorted(definitions.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", help="folder that has kubernetes-validate (pip install --target)")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    folder = args.packages or install()
    (old_kinds, old), (new_kinds, new) = (extract(folder, version) for version in VERSIONS.values())
    shared = {name: schema for name, schema in old.items() if new.get(name) == schema}
    found = {
        "generatedBy": "scripts/scan-kubernetes-schemas.py",
        "sources": {"kubernetesValidate": PACKAGE},
        "shared": shared,
        "oldest": {"version": VERSIONS["oldest"], "kinds": old_kinds,
                   "definitions": {n: s for n, s in old.items() if n not in shared}},
        "newest": {"version": VERSIONS["newest"], "kinds": new_kinds,
                   "definitions": {n: s for n, s in new.items() if n not in shared}},
    }
    text = json.dumps(found, separators=(",", ":")) + "\n"
    if args.check:
        if not TARGET.exists() or TARGET.read_text() != text:
            raise SystemExit(f"{TARGET.relative_to(ROOT)} is not what the package says: run {pathlib.Path(__file__).name}")
        return
    TARGET.write_text(text)
    print(f"{TARGET.relative_to(ROOT)}: {len(old_kinds)} and {len(new_kinds)} kinds, {len(old)} and {len(new)} "
          f"definitions, {len(shared)} in both, {len(text)} bytes")


if __name__ == "__main__":
    main()
