// From the start of Node to a program that has loaded all that its stack is built from, before anything is registered.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./paths.mjs";

const script = join(root, "test", "bench", "load-program.cjs");

/** The two sides: the stack on Azure in the place of ours, that on AWS in the place of bare. */
export const coldStartSides = (workload) => ({
    ours: () => timed(`${workload}-azure`),
    bare: () => timed(`${workload}-aws`),
});

async function timed(stack) {
    const began = performance.now();
    const child = spawn(process.execPath, [script, stack], {
        cwd: root,
        stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`the program of ${stack} could not be loaded`);
    return performance.now() - began;
}
