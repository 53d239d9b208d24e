"""Reads botocore's service models and the CloudFormation schemas that cfn-lint carries."""

import gzip
import json
import pathlib


class Botocore:
    def __init__(self, folder):
        self.data = pathlib.Path(folder) / "botocore/data"
        self.models = {}

    def model(self, service):
        if service not in self.models:
            newest = sorted((self.data / service).iterdir())[-1]
            self.models[service] = json.loads(gzip.decompress((newest / "service-2.json.gz").read_bytes()))
        return self.models[service]

    def input(self, service, operation):
        return self.model(service)["operations"][operation]["input"]["shape"]

    def shape(self, service, name):
        return self.model(service)["shapes"][name]

    def members(self, service, name):
        """Member name -> shape name; a list stands for its elements."""
        shape = self.shape(service, name)
        while shape["type"] == "list":
            shape = self.shape(service, shape["member"]["shape"])
        return {n: m["shape"] for n, m in shape.get("members", {}).items()}


class CloudFormation:
    def __init__(self, folder, same):
        schemas = pathlib.Path(folder) / "cfnlint/data/schemas"
        self.resources, self.same = schemas / "resources", same
        self.index = json.loads((schemas / "providers/us-east-1.json").read_text())
        self.date = json.loads((schemas / "version.json").read_text())["schema_date"][:10]
        self.loaded = {}

    def schema(self, name):
        if name not in self.loaded:
            self.loaded[name] = json.loads((self.resources / f"{self.index[name]}.json").read_text())
        return self.loaded[name]

    def resolve(self, schema, node):
        while "$ref" in node:
            inner = schema
            for step in node["$ref"].removeprefix("#/").split("/"):
                inner = inner[step]
            node = inner
        return node

    def member(self, type_name, parent, names):
        """A property by its loose names: its schema, its pointer and whether it can only be set on creation."""
        schema = self.schema(type_name)
        node, pointer = (parent["node"], parent["pointer"]) if parent else (schema, "/properties")
        while "items" in node:
            node, pointer = self.resolve(schema, node["items"]), f"{pointer}/*"
        properties = node.get("properties", {})
        readable = {p.removeprefix("/properties/") for p in schema.get("readOnlyProperties", [])}
        found = next((n for n in properties if self.same(n) in names and n not in readable), None)
        if found is None:
            return None
        pointer = f"{pointer}/{found}"
        fixed = pointer in schema.get("createOnlyProperties", [])
        return {"node": self.resolve(schema, properties[found]), "pointer": pointer, "createOnly": fixed, "schema": schema}


def compact(entry):
    return {key: value for key, value in entry.items() if value is not None}


def merged(first, second):
    """What botocore says, completed by CloudFormation where botocore says nothing of that kind."""
    return {**{k: v for k, v in second.items() if k not in first}, **first}


def from_botocore(models, service, name, patterns, depth=0):
    shape = models.shape(service, name)
    kind, found = shape["type"], {}
    low, high = shape.get("min"), shape.get("max")
    if kind == "string":
        found = {"minLength": low or None, "maxLength": high, "enum": shape.get("enum")}
        if len(shape.get("enum", [])) > 500:
            # Written down once; no other list of that length is worth its bytes.
            found["enum"] = "instanceTypes" if (service, name) == ("ec2", "InstanceType") else None
        if "pattern" in shape:
            found["pattern"] = patterns.take(shape["pattern"])
    elif kind in ("integer", "long", "float", "double"):
        found = {"minimum": low, "maximum": high}
    elif kind == "list":
        found = {"minItems": low or None, "maxItems": high}
        inner = from_botocore(models, service, shape["member"]["shape"], patterns, depth + 1) if depth == 0 else {}
        found["items"] = inner or None
    elif kind == "map":
        found = {"maxItems": high}
        if depth == 0:
            found["keys"] = from_botocore(models, service, shape["key"]["shape"], patterns, 1) or None
            found["items"] = from_botocore(models, service, shape["value"]["shape"], patterns, 1) or None
    return compact(found)


def kind_of(node):
    """A node of several types is held to none."""
    return node.get("type") if isinstance(node.get("type"), str) else None


def from_cloudformation(models, node, schema, patterns, depth=0):
    kind = kind_of(node)
    if kind == "string":
        found = {k: node.get(k) for k in ("minLength", "maxLength", "enum")}
        found["minLength"] = found["minLength"] or None
        if "pattern" in node:
            found["pattern"] = patterns.take(node["pattern"])
    elif kind in ("integer", "number"):
        found = {k: node.get(k) for k in ("minimum", "maximum")}
        found["enum"] = node.get("enum")
    elif kind == "array":
        found = {k: node.get(k) or None for k in ("minItems", "maxItems")}
        if depth == 0 and "items" in node:
            found["items"] = from_cloudformation(models, models.resolve(schema, node["items"]), schema, patterns, 1) or None
    else:
        found = {}
    return compact(found)


SHAPES = {"string": {"string"}, "string|object": {"string"}, "number": {"integer", "long", "float", "double"}, "list": {"list"}, "map": {"map"}}
NODES = {"string": {"string"}, "string|object": {"string"}, "number": {"integer", "number"}, "list": {"array"}}


def constraints_of(shape, published, matcher, patterns, kind):
    """Only of models that have the argument in the same kind: a string there may be a list here."""
    service, first, second = matcher.service, {}, {}
    if shape is not None and matcher.botocore.shape(service, shape)["type"] in SHAPES.get(kind, ()):
        first = from_botocore(matcher.botocore, service, shape, patterns)
    if published is not None and kind_of(published["node"]) in NODES.get(kind, ()):
        second = from_cloudformation(matcher.cloudformation, published["node"], published["schema"], patterns)
    return merged(first, second)


def endpoints(folder, wanted):
    """Regions of the commercial partition, and for each wanted service those it has an endpoint in."""
    names = {"efs": "elasticfilesystem", "ecr": "api.ecr"}
    data = json.loads((pathlib.Path(folder) / "botocore/data/endpoints.json").read_text())
    partition = next(p for p in data["partitions"] if p["partition"] == "aws")
    regions = sorted(partition["regions"])
    services = {}
    for service in wanted:
        listed = partition["services"].get(names.get(service, service), {})
        found = [r for r in regions if r in listed.get("endpoints", {})]
        if found:
            services[service] = found
    return regions, services
