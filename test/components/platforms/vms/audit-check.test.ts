import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditCheck } from "../../../../components/platforms/vms/detection/audit-check";
import { auditRules } from "../../../../components/platforms/vms/detection/audit-rules";
import { textfiles } from "../../../../components/platforms/vms/monitoring/names";

// What the check says of rules, with another auditctl that lists them as the real one would. That a kernel takes the
// rules, and lists them so, test/vm/ shows.

let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-audit-"));
    for (const folder of ["bin", textfiles]) mkdirSync(join(root, folder), { recursive: true });
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

const rules = auditRules.split("\n").filter((line) => line.startsWith("-"));

/** As auditctl lists it: keys of calls stand otherwise than they were written. */
const listed = (rule: string) =>
    rule.startsWith("-w") ? rule : rule.replace(/auid!=unset -k (.*)$/, "auid!=-1 -F key=$1");

/** How many rules the check finds lacking. */
function lacking(enabled: string, list: readonly string[]): number {
    writeFileSync(
        join(root, "bin/auditctl"),
        `#!/bin/sh\ncase $1 in -s) echo '${enabled}' ;; -l) cat <<'END'\n${list.join("\n")}\nEND\nesac\n`,
        { mode: 0o755 },
    );
    const script = auditCheck
        .replaceAll(textfiles, join(root, textfiles))
        .replace("PATH=", `PATH=${join(root, "bin")}:`);
    const { status, stderr } = spawnSync("sh", ["-s"], { input: script, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    const text = readFileSync(join(root, textfiles, "steward-audit.prom"), "utf8");
    const looked = Number(/^steward_audit_check_timestamp_seconds (\d+)$/m.exec(text)?.[1]);
    expect(Math.abs(looked - Date.now() / 1_000)).toBeLessThan(60);
    return Number(/^steward_audit_rules_lacking (-?\d+)$/m.exec(text)?.[1]);
}

it("finds every rule of ours, and takes nobody else's for one", () => {
    const others = ["-w /etc/nginx -p wa -k proxy", "-w /etc/hosts -p wa"];
    expect(lacking("enabled 1", [...others, ...rules.map(listed)])).toBe(0);
    expect(lacking("enabled 2", rules.map(listed))).toBe(0);
    expect(lacking("enabled 1", [...others, ...rules.slice(2).map(listed)])).toBe(2);
});

it("finds none where there are none, and none where auditing is off or cannot be asked", () => {
    expect(lacking("enabled 1", ["No rules"])).toBe(rules.length);
    expect(lacking("enabled 0", rules.map(listed))).toBe(rules.length);
    expect(lacking("", [])).toBe(rules.length);
});
