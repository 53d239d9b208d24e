"""Reads the arguments of a resource from the generated declarations of a Pulumi SDK for Node."""

import json
import re

FIELD = re.compile(r"^ {4,8}(\w+)(\??): pulumi\.Input<(.*)$")
BLOCK = re.compile(r"inputs\.([A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*)")
FORCED = re.compile(r"(?i)(changing (this|`\w+`)[^.]*forces? a new|will force (a new|the (re)?creation)|forces new resource|forces a (new resource|replacement))")
# The sentence is about some changes only: those stay with the table in aws_types.py.
CONDITIONAL = re.compile(r"(?i)\b(if|when|unless|with an)\b[^.]*(forc)")


def kind_of(declared):
    if re.match(r"string \| (?!undefined)[A-Z]", declared):
        return "string|object"  # a policy document, or another resource
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
        """Argument -> (kind, name of its block, optional, documentation)."""
        found, doc, lines = {}, [], iter(body.splitlines())
        for line in lines:
            field = FIELD.match(line)
            if not field:
                doc.append(line)
                continue
            declared = field[3]
            while not declared.endswith(";"):
                declared += next(lines)
            block = BLOCK.search(declared)
            declared = declared.replace("pulumi.Input<", "")
            found[field[1]] = (kind_of(declared), block[1] if block else None, bool(field[2]), "\n".join(doc))
            doc = []
        return found

    def block(self, name):
        return {n: (kind, of, optional) for n, (kind, of, optional, _) in self.fields(self.blocks[name]).items()}

    def resource(self, token):
        """(required arguments, arguments, output-only properties, arguments documented to force a replacement,
        arguments whose values are secret)"""
        path, noun = token.split(":")
        declared = (self.folder / f"{path}.d.ts").read_text()
        args = re.search(rf"^export interface {noun}Args \{{\n(.*?)^\}}", declared, re.M | re.S)[1]
        fields = self.fields(args)
        script = (self.folder / f"{path}.js").read_text()
        required = re.findall(r"Missing required property '(\w+)'", script)
        secret = re.findall(r"pulumi\.secret\(args\.(\w+)\)", script)
        outputs = [n for n in re.findall(r"^    readonly (\w+): pulumi\.Output", declared, re.M) if n not in fields]
        forced = [n for n, f in fields.items() if FORCED.search(f[3]) and not CONDITIONAL.search(f[3])]
        plain = {n: f[:3] for n, f in fields.items()}
        return required, plain, outputs, forced, secret
