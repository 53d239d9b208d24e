"""Brings the patterns of published models, written for Java, Python and Smithy, to what JavaScript compiles."""

import json
import re
import subprocess

COMPILE = """
const patterns = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const compiles = (p, flags) => { try { new RegExp(p, flags); return true; } catch { return false; } };
console.log(JSON.stringify(patterns.map((p) => (compiles(p, "u") ? "u" : compiles(p, "") ? "" : null))));
"""
TRANSLATIONS = [
    (r"\\p\{Is(\w+)\}", r"\\p{\1}"), (r"\\p\{Alnum\}", "A-Za-z0-9"), (r"\\p\{Letter\}", r"\\p{L}"),
    (r"\\A", "^"), (r"\\[Zz]", "$"), (r"([+*}])\+", r"\1"), (r"\(\?>", "(?:"),
    (r"\[:alnum:\]", "A-Za-z0-9"), (r"\[:alpha:\]", "A-Za-z"), (r"\[:digit:\]", "0-9"), (r"\\\\([pPwWdDsS.])", r"\\\1"),
    (r"\\([_:;,@#=!%&'\"<>~` ])", r"\1"),
]
# A pattern that ends in a group, or in any number of characters of a class, describes the value to its end.
OPEN_END = re.compile(r"(\)|(\]|\\[wdsSWD]|\.)([*+?]|\{\d+(,\d*)?\}))$")


def anchored(pattern):
    """A service matches the whole value. Models leave anchors out on either side; a pattern that is a single
    class or escape without a count says "contains", and one with a literal end means a beginning."""
    inner = pattern.removeprefix("^").removesuffix("$") if not pattern.endswith("\\$") else pattern.removeprefix("^")
    if re.fullmatch(r"\\[A-Za-z]|\\[pP]\{\w+\}|\[\^?(\\.|[^\]\\])+\]", inner):
        return pattern
    if pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith("\\$"):
        return pattern
    if pattern.startswith("^") and not OPEN_END.search(pattern):
        return pattern
    if "|" not in pattern:
        return f"^{pattern.removeprefix('^')}" if pattern.endswith("$") else f"^{pattern.removeprefix('^')}$"
    return f"^(?:{pattern})$"


class Patterns:
    """Collects patterns, compiles all of them in one run of node, and drops those that do not compile."""

    def __init__(self):
        self.seen = {}
        self.flags = {}
        self.counts = {"taken": 0, "translated": 0, "dropped": 0}

    def take(self, original):
        pattern = original
        for found, instead in TRANSLATIONS:
            pattern = re.sub(found, instead, pattern)
        pattern = anchored(pattern)
        self.seen[original] = pattern
        return {"published": original}

    def compile(self):
        originals = list(self.seen)
        source = json.dumps([self.seen[o] for o in originals])
        ran = subprocess.run(["node", "-e", COMPILE], input=source, capture_output=True, text=True, check=True)
        self.flags = dict(zip(originals, json.loads(ran.stdout)))
        for original in originals:
            if self.flags[original] is None:
                self.counts["dropped"] += 1
            else:
                self.counts["taken"] += 1
                self.counts["translated"] += self.seen[original] != anchored(original)
        self.dropped = [o for o in originals if self.flags[o] is None]

    def finish(self, value):
        """Puts the compiled patterns in their places."""
        if isinstance(value, list):
            return [self.finish(v) for v in value]
        if not isinstance(value, dict):
            return value
        found = {}
        for key, inner in value.items():
            if key == "pattern" and isinstance(inner, dict) and "published" in inner:
                if self.flags[inner["published"]] is not None:
                    found[key] = self.seen[inner["published"]]
            else:
                found[key] = self.finish(inner)
        return found
