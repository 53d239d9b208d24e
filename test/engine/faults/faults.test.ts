import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../../rehearsal/project-root";

jest.setTimeout(600_000);

// Every type, every resource and ten kills: `npm run test:faults`. It finds processes in /proc.
const onLinux = process.platform === "linux" ? it : it.skip;

onLinux("converges after a sample of faults and kills", async () => {
    const run = promisify(execFile)(
        process.execPath,
        [join("test", "engine", "faults", "faults.mjs"), "--sample", "--kills", "2", "--seed", "5"],
        { cwd: projectRoot(), maxBuffer: 64 * 1024 * 1024 },
    );
    const { stdout, stderr } = await run.catch(
        (failed: unknown) => failed as { stdout: string; stderr: string },
    );
    expect(stderr).toBe("");
    expect(stdout.split("\n").filter((line) => /^(FAILED| {4})/.test(line))).toEqual([]);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("10 faults, 2 kills: all converged");
});
