import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../../rehearsal/project-root";

const script = join("test", "engine", "faults", "faults.mjs");

function asked(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd: projectRoot(),
        encoding: "utf8",
    });
    return { status, stdout, stderr };
}

it("tells what it takes", () => {
    const { status, stdout, stderr } = asked("--help");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^node test\/engine\/faults\/faults.mjs \[--all\]/);
});

it.each([
    [["--nope"], "Unknown option '--nope'\n"],
    [["--kills", "many"], "--kills: takes a whole number from 0 on\n"],
    [["--together", "0"], "--together: takes a whole number from 1 on\n"],
    [["--only", "sleep"], "--only: sleep is none of create, update, delete, kills\n"],
    [["--only", "kills"], "--only kills: say how often with --kills\n"],
])("refuses %j in one line, before anything is run", (args, word) => {
    expect(asked(...args)).toEqual({ status: 2, stdout: "", stderr: word });
});
