"""Writes rehearsal/aws/grammar.generated.json: what AWS publishes about the arguments of the types we create.

    python3 scripts/scan-aws-models.py [--packages FOLDER] [--check] [--report]

Lengths, ranges, patterns and enumerations come from botocore's service models, then from the CloudFormation
schemas that cfn-lint carries; argument names, kinds, required ones and the provider's own words from the
@pulumi/aws SDK in node_modules. Both packages are installed into a temporary folder unless FOLDER has them.
--check writes nothing and exits 1 when the file differs; --report prints what was matched to nothing and
where CloudFormation and the provider disagree on what forces a replacement.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the modules beside this file leave no cache in the tree

from aws_models import Botocore, CloudFormation, compact, constraints_of, endpoints
from aws_patterns import Patterns
from aws_types import CORRECTIONS, IMMUTABLE, TYPES
from pulumi_sdk import PulumiSdk

BOTOCORE, CFN_LINT = "1.44.5", "1.58.0"
ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = ROOT / "rehearsal/aws/grammar.generated.json"
DEPTH = 3  # nested blocks deeper than this are the provider's to judge
SHALLOW = {"wafv2/webAcl:WebAcl": 1}  # its statements nest without end
REGIONAL = ["backup", "budgets", "dlm", "ec2", "ecr", "efs", "eks", "elasticache", "fsx", "guardduty", "kms",
            "rds", "s3", "sns", "sqs", "ssm", "wafv2"]


def install():
    folder = tempfile.mkdtemp(prefix="steward-aws-models-")
    packages = [f"botocore=={BOTOCORE}", f"cfn-lint=={CFN_LINT}"]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, *packages], check=True)
    return folder


def same(name):
    """Names of one thing in two models differ in case, separators and plural only."""
    flat = re.sub(r"[^a-z0-9]", "", name.lower())
    return re.sub(r"ies$", "y", flat).rstrip("s") if len(flat) > 3 else flat


def nouns_of(token, operation):
    """What a model may put before a plain "name": CreateNodegroup has nodegroupName for NodeGroup's name."""
    noun = token.split(":")[-1]
    verbless = re.sub(r"^(Create|Put|Associate|Allocate|Request|Attach)(DB)?", "", operation)
    return {same(noun), same(verbless), same("db" + noun), same("cache" + noun)}


class Matcher:
    """Finds, for one Pulumi type, the published shape behind each of its arguments."""

    def __init__(self, token, row, botocore, cloudformation):
        self.service, self.operation, cfn_type, self.renames = row
        self.nouns = nouns_of(token, self.operation)
        self.botocore, self.cloudformation, self.cfn_type = botocore, cloudformation, cfn_type
        self.unmatched = []

    def member(self, shape, name):
        members = self.botocore.members(self.service, shape)
        wanted = {same(name)} | {noun + same(name) for noun in self.nouns}
        return next((members[m] for m in members if same(m) in wanted), None)

    def walk(self, shape, path):
        for step in path.split("."):
            shape = self.botocore.members(self.service, shape).get(step) if shape else None
            if shape is None:
                raise SystemExit(f"{self.service} {self.operation}: no member {path}: mend aws_types.py")
        return shape

    def shape_of(self, dotted, parent):
        name = dotted.split(".")[-1]
        top = self.botocore.input(self.service, self.operation)
        if dotted in self.renames:
            path = self.renames[dotted]
            if path is None:
                return None
            if path.startswith("="):
                operation, path = path[1:].split(".", 1)
                return self.walk(self.botocore.input(self.service, operation), path)
            return self.walk(top if "." not in dotted else parent, path)
        if "." in dotted:
            return self.member(parent, name) if parent else None
        found = self.member(top, name)
        if found is None and "*" in self.renames:
            found = self.member(self.walk(top, self.renames["*"]), name)
        return found

    def property_of(self, dotted, parent):
        if self.cfn_type is None:
            return None
        name = self.renames.get(dotted, dotted.split(".")[-1]) or dotted.split(".")[-1]
        names = {same(dotted.split(".")[-1]), same(name.split(".")[-1])}
        names |= {noun + n for noun in self.nouns for n in list(names)}
        found = self.cloudformation.member(self.cfn_type, parent, names)
        if found is None and "*" in self.renames and "." not in dotted:
            inner = self.cloudformation.member(self.cfn_type, None, {same(self.renames["*"].split(".")[-1])})
            found = self.cloudformation.member(self.cfn_type, inner, names) if inner else None
        return found


def describe(matcher, sdk, patterns, token, fields, depth, prefix="", shape=None, schema=None):
    """The published grammar of a block's fields, and which of them CloudFormation calls create-only."""
    described, fixed = {}, []
    for name, (kind, of, optional) in fields.items():
        dotted = f"{prefix}{name}"
        found = matcher.shape_of(dotted, shape) if not prefix or shape else None
        published = matcher.property_of(dotted, schema) if not prefix or schema else None
        entry = {"kind": kind}
        if prefix and not optional:
            entry["required"] = True
        if name not in ("tags", "tagsAll"):
            entry |= constraints_of(found, published, matcher, patterns, kind)
            entry |= CORRECTIONS.get((token, dotted), {})
        if published is not None and published["createOnly"]:
            fixed.append(dotted)
        if of and depth > 1:
            inner, more = describe(matcher, sdk, patterns, token, sdk.block(of), depth - 1, f"{dotted}.", found, published)
            entry["fields"] = inner
            fixed += more
        if found is None and published is None:
            matcher.unmatched.append(dotted)
        described[name] = compact(entry)
    return described, fixed


def scan(folder, report):
    botocore, cloudformation = Botocore(folder), CloudFormation(folder, same)
    sdk, patterns = PulumiSdk(ROOT / "node_modules/@pulumi/aws"), Patterns()
    types = {}
    for token, row in TYPES.items():
        matcher = Matcher(token, row, botocore, cloudformation)
        required, fields, outputs, forced, secret = sdk.resource(token)
        properties, fixed = describe(matcher, sdk, patterns, token, fields, SHALLOW.get(token, DEPTH))
        more, fewer, removed = IMMUTABLE.get(token, ((), (), ()))
        # The provider makes a name of a prefix once, and binds every regional resource to its region.
        once = {n for n in fields if n == "region" or n.endswith("amePrefix")}
        immutable = sorted((set(fixed) | set(forced) | set(more) | once) - set(fewer))
        immutable = [path for path in immutable if not any(path.startswith(f"{outer}.") for outer in immutable)]
        unknown = [path for path in (*more, *fewer, *removed) if path.split(".")[0] not in fields]
        if unknown:
            raise SystemExit(f"{token} has no {unknown}: mend IMMUTABLE in aws_types.py")
        types[f"aws:{token}"] = {"required": required, "immutable": immutable, "outputs": outputs, "properties": properties}
        for name in secret:
            properties[name]["secret"] = True
        if removed:
            types[f"aws:{token}"]["replacedWhenRemoved"] = list(removed)
        if report:
            print(f"{token}\n  unmatched: {[n for n in matcher.unmatched if '.' not in n]}"
                  f"\n  CloudFormation alone: {sorted(set(fixed) & set(fewer))}"
                  f"\n  provider alone: {sorted((set(more) | set(forced)) - set(fixed))}\n  immutable: {immutable}")
    instance_types = botocore.shape("ec2", "InstanceType")["enum"]
    regions, services = endpoints(folder, REGIONAL)
    patterns.compile()
    if report:
        print("patterns dropped:", patterns.dropped)
    return {
        "generatedBy": "scripts/scan-aws-models.py",
        "sources": {"botocore": BOTOCORE, "cfnLint": CFN_LINT, "pulumiAws": sdk.version,
                    "cloudFormationSchemas": cloudformation.date},
        "patterns": patterns.counts,
        "regions": regions, "services": services, "instanceTypes": sorted(instance_types),
        "types": patterns.finish(types),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", help="folder that has botocore and cfn-lint (pip install --target)")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--report", action="store_true")
    args = parser.parse_args()
    found = scan(args.packages or install(), args.report)
    text = json.dumps(found, separators=(",", ":"), ensure_ascii=True) + "\n"
    if args.check:
        if not TARGET.exists() or TARGET.read_text() != text:
            raise SystemExit(f"{TARGET.relative_to(ROOT)} is not what the packages say: run {pathlib.Path(__file__).name}")
        return
    TARGET.write_text(text)
    print(f"{TARGET.relative_to(ROOT)}: {len(found['types'])} types, {len(text)} bytes, patterns {found['patterns']}")


if __name__ == "__main__":
    main()
