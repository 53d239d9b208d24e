import { execFileSync } from "node:child_process";
import type { Check } from "../../../stacks/commands/audit/check";
import { checks } from "../../../stacks/commands/audit/checks";
import { answersIn, momentOf, scriptOf } from "../../../stacks/commands/audit/script";
import { wantedOn } from "./hosts";

// The script runs in this machine's own shell, with questions that any machine can answer.

const mark = "0123456789abcdef01234567";
const check = (id: string, script: string): Check => {
    return { id, layer: "hosting", ask: () => script, judge: () => [] };
};

function run(all: readonly Check[]) {
    const script = scriptOf(all, wantedOn("web-a1"), mark);
    const printed = execFileSync("sh", { input: script, encoding: "utf8" });
    return answersIn(printed.replace(/\n$/, ""), mark);
}

it("brings back each answer as it was said, and knows which question failed", () => {
    const { byCheck } = run([
        check("lines", "printf 'a\\n\\nb\\n'"),
        check("open", "printf 'no end of line'"),
        check("nothing", "true"),
        check("fails", "echo before; false; echo after"),
        check("unset", 'echo "$nobody_set_this"'),
        check("reads", "cat; echo read"),
        check("errors", "ls /nowhere/at/all"),
        check("last", "echo $((1 + 1))"),
    ]);
    const said = (id: string) => byCheck.get(id)?.said;
    expect(said("lines")).toBe("a\n\nb\n");
    expect(said("open")).toBe("no end of line");
    expect(said("nothing")).toBe("");
    expect(said("fails")).toBe("before\n");
    expect(said("reads")).toBe("read\n"); // and not the rest of the script
    expect(said("errors")).toContain("/nowhere/at/all");
    expect(said("last")).toBe("2\n");
    expect([...byCheck].flatMap(([id, { failed }]) => (failed ? [id] : []))).toEqual([
        ...["fails", "unset", "errors"],
    ]);
});

it("takes nothing that a host prints for the end of its answer", () => {
    const forged = check("forged", "printf '\\n%s\\n' 'ffff 0 other'; echo more");
    expect(run([forged]).byCheck).toEqual(
        new Map([["forged", { said: "\nffff 0 other\nmore\n", failed: false }]]),
    );
});

it("knows how far a clock is off by what was said before and after", () => {
    const answers = { byCheck: new Map(), began: 10_100, ended: 10_400 };
    expect(momentOf(answers, 10_000, 10_500)).toEqual({
        now: 10_500,
        ahead: { least: -0.1, most: 0.1 },
    });
    expect(momentOf(answers, 4_000, 4_500).ahead).toEqual({ least: 5.9, most: 6.1 });
    const { began, ended } = run([check("waits", "sleep 0.2")]);
    expect(ended - began).toBeGreaterThanOrEqual(190);
    expect(Math.abs(Date.now() - ended)).toBeLessThan(2_000);
});

it("asks only what a shell can read, each by another name", () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    const script = scriptOf(checks, wantedOn("sql-a1"), mark);
    execFileSync("sh", ["-n"], { input: script });
});
