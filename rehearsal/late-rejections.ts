let runs = 0;
let listening = false;

/**
 * Keeps the process alive through promises of the program that are rejected once the engine has ended, which the
 * SDK listens for only while a run is under way: the engine has said by then what went wrong. They are told in a
 * line each, without a stack: Node never comes back from colouring a stack with a frame in `node_modules/@…/<file>`,
 * which the SDK's source maps produce. https://github.com/nodejs/node/issues/64011
 */
export async function withLateRejectionsTold<T>(run: () => Promise<T>): Promise<T> {
    if (!listening) process.on("unhandledRejection", tell);
    listening = true;
    runs += 1;
    try {
        return await run();
    } finally {
        runs -= 1;
    }
}

function tell(reason: unknown): void {
    if (runs > 0) return; // the SDK's to report
    const message = reason instanceof Error ? reason.message : String(reason);
    process.stderr.write(`after the engine had ended: ${message}\n`);
}
