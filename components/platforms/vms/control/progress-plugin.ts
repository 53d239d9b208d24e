import type { KeptFile } from "../remote-file";

/** Where Ansible looks for it, once it is told. */
export const pluginFolder = "/usr/local/lib/steward/ansible";

/** The variable that names the file it writes to. */
export const progressVariable = "STEWARD_PROGRESS";

const plugin = String.raw`# Kept by Steward: changes by hand are undone.
"""How far a playbook is, for whoever follows an install from elsewhere.

Names and states alone, never a value, a difference or a message: those are in Ansible's own output, which stays here.
"""

import os
import re

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: steward_progress
type: notification
short_description: how far a playbook is, by names and states alone
description: Adds lines to the file that ${progressVariable} names, and without it does nothing.
"""


def place(thing):
    """File and line, of a role or a playbook."""
    path = thing.get_path() or "somewhere"
    return path.rsplit("/roles/", 1)[1] if "/roles/" in path else os.path.basename(path)


def name(thing):
    """As its author wrote it. Ansible hands names over filled in: where a value would stand, its place says it."""
    written = (thing.get_ds() or {}).get("name")
    plain = isinstance(written, str) and "{" not in written
    role = getattr(thing, "_role", None)
    return (role.get_name() + " : " if plain and role else "") + (written if plain else place(thing))


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "steward_progress"

    def __init__(self):
        super().__init__()
        self.path = os.environ.get("${progressVariable}")
        self.disabled = not self.path
        self.task = ""
        self.counts = {}

    def say(self, line):
        with open(self.path, "a", encoding="utf-8") as progress:
            progress.write(re.sub(r"[^ -~]", "?", line) + "\n")

    def begin(self, task):
        self.end()
        self.task = name(task)

    def end(self):
        if self.counts:
            self.say("  %s: %s" % (self.task, ", ".join("%d %s" % (n, state) for state, n in self.counts.items())))
        self.counts = {}

    def count(self, state):
        self.counts[state] = self.counts.get(state, 0) + 1

    def fail(self, result, state):
        self.count(state)
        task = result._task
        where = "" if name(task).endswith(place(task)) else " (%s)" % place(task)
        self.say("  %s on %s: %s%s" % (state.upper(), result._host.get_name(), name(task), where))

    def v2_playbook_on_start(self, playbook):
        self.say("playbook %s" % os.path.basename(playbook._file_name))

    def v2_playbook_on_play_start(self, play):
        self.end()
        self.say("play %s" % name(play))

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.begin(task)

    def v2_playbook_on_handler_task_start(self, task):
        self.begin(task)

    def v2_runner_on_ok(self, result):
        self.count("changed" if result._result.get("changed") is True else "ok")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if ignore_errors:
            self.count("ignored")
        else:
            self.fail(result, "failed")

    def v2_runner_on_unreachable(self, result):
        self.fail(result, "unreachable")

    def v2_playbook_on_stats(self, stats):
        self.end()
        for host in sorted(stats.processed):
            sums = stats.summarize(host)
            named = (("ok", "ok"), ("changed", "changed"), ("failures", "failed"), ("unreachable", "unreachable"))
            self.say("  %s: %s" % (host, ", ".join("%d %s" % (sums[key], word) for key, word in named)))
`;

/**
 * A callback of Ansible beside the one that prints: with every playbook of commcare-cloud run by `--diff`, what Ansible
 * prints holds the secrets of the site.
 *
 * @see https://docs.ansible.com/ansible/latest/dev_guide/developing_plugins.html#callback-plugins
 */
export const progressPlugin: KeptFile = {
    path: `${pluginFolder}/steward_progress.py`,
    content: plugin,
};
