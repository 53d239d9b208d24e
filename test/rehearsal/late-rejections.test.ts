import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../rehearsal/project-root";

const file = join(projectRoot(), "dist", "rehearsal", "late-rejections.js");

/** A process in which a promise is rejected after the run, with a frame as the SDK's source maps have it. */
const script = `
    const { withLateRejectionsTold } = require(${JSON.stringify(file)});
    const late = new Error("failed to register new resource");
    late.stack = "Error: x\\n    at a (/a/node_modules/@pulumi/resource.ts:1:2)";
    withLateRejectionsTold(() => Promise.resolve())
        .then(() => { setImmediate(() => { Promise.reject(late); }); });
`;

it("tells what is rejected late in one line, and ends", async () => {
    const { stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
        timeout: 20_000,
    });
    expect(stderr).toBe("after the engine had ended: failed to register new resource\n");
}, 30_000);
