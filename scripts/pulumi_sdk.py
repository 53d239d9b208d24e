"""Reads the arguments of a resource from the generated declarations of a Pulumi SDK for Node."""

import json
import re

FIELD = re.compile(
    r"(?P<doc>(?:^ *(?:/\*\*|\*).*\n)*)^ *(?P<name>[A-Za-z0-9_]+)(?P<optional>\??): (?P<type>pulumi\.Input<[^;]*(?:;[^;]*\})?[^;]*>);",
    re.M,
)
BLOCK = re.compile(r"inputs\.([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)")
FORCED = re.compile(r"(?i)(changing (this|`\w+`)[^.]*forces? a new|will force (a new|the (re)?creation)|forces new resource|forces a (new resource|replacement))")
# The sentence is about some changes only: those stay with the table in aws_types.py.
CONDITIONAL = re.compile(r"(?i)\b(if|when|unless|with an)\b[^.]*(forc)")


def kind_of(declared):
    if declared.startswith("{"):
        return "map"
    if re.search(r"\[\]", declared):
        return "list"
    if "inputs." in declared:
        return "object"
    for kind in ("number", "boolean"):
        if re.match(rf"{kind}\b", declared):
            return kind
    return "string"


class PulumiSdk:
    def __init__(self, folder):
        self.folder = folder
        self.version = json.loads((folder / "package.json").read_text())["version"]
        self.blocks = {}
        space = ""
        source = (folder / "types/input.d.ts").read_text()
        for part in re.split(r"^(?=export declare namespace )", source, flags=re.M):
            found = re.match(r"export declare namespace (\w+)", part)
            space = f"{found[1]}." if found else ""
            for name, body in re.findall(r"interface (\w+) \{\n(.*?)^ *\}$", part, re.M | re.S):
                self.blocks[space + name] = body

    def fields(self, body):
        found = {}
        for m in FIELD.finditer(body):
            declared = re.sub(r"\s+", " ", m["type"][len("pulumi.Input<"):-1])
            block = BLOCK.search(declared)
            declared = re.sub(r"pulumi\.Input<", "", declared)
            found[m["name"]] = (kind_of(declared), block[1] if block else None, bool(m["optional"]), m["doc"])
        return found

    def block(self, name):
        return {n: (kind, of, optional) for n, (kind, of, optional, _) in self.fields(self.blocks[name]).items()}

    def resource(self, token):
        """(required arguments, arguments, output-only properties, arguments documented to force a replacement)"""
        path, noun = token.split(":")
        declared = (self.folder / f"{path}.d.ts").read_text()
        args = re.search(rf"^export interface {noun}Args \{{\n(.*?)^\}}", declared, re.M | re.S)[1]
        fields = self.fields(args)
        required = re.findall(r"Missing required property '(\w+)'", (self.folder / f"{path}.js").read_text())
        outputs = [n for n in re.findall(r"^    readonly (\w+): pulumi\.Output", declared, re.M) if n not in fields]
        forced = [n for n, f in fields.items() if FORCED.search(f[3]) and not CONDITIONAL.search(f[3])]
        plain = {n: f[:3] for n, f in fields.items()}
        return required, plain, outputs, forced
