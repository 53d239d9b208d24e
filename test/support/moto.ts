import { spawn } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { cacheFolder } from "../../rehearsal/engine/cache-folder";
import { executablesOnPath, isExecutable } from "../../rehearsal/engine/executable";

/** A server of moto: the calls of the AWS APIs, answered from memory on this machine. */
export interface Moto {
    readonly url: string;
    /** Forgets all that was created. */
    reset(): Promise<void>;
    stop(): Promise<void>;
}

/** Milliseconds. */
const startsWithin = 30_000;

/**
 * `moto_server` on PATH, else in the folder `moto` of Steward's cache, which is a virtual environment:
 * `python3 -m venv "$STEWARD_CACHE/moto" && "$STEWARD_CACHE/moto/bin/pip" install 'moto[server]'`.
 *
 * @returns undefined when it is in neither.
 * @see https://docs.getmoto.org/en/latest/docs/server_mode.html
 */
export function findMoto(env: NodeJS.ProcessEnv = process.env): string | undefined {
    const cached = join(cacheFolder(env), "moto", "bin", "moto_server");
    return executablesOnPath("moto_server", env)[0] ?? (isExecutable(cached) ? cached : undefined);
}

/** Tests that need moto: left out where it is not here, and said so. */
export function describeWithMoto(name: string, body: (path: string) => void): void {
    const path = findMoto();
    if (path !== undefined) {
        describe(name, () => {
            body(path);
        });
        return;
    }
    process.stderr.write(`moto_server is not here, left out: ${name} (see test/support/moto.ts)\n`);
    describe.skip(name, () => {
        it("needs moto_server", () => undefined);
    });
}

/** Starts a server on a free port and waits until it answers. */
export async function startMoto(path: string): Promise<Moto> {
    const port = await freePort();
    const server = spawn(path, ["-H", "127.0.0.1", "-p", String(port)], {
        stdio: "ignore",
        // Its own process group: the program on PATH may be a script that starts another one.
        detached: true,
    });
    const ended = new Promise<void>((resolve) =>
        server.once("exit", () => {
            resolve();
        }),
    );
    const stopped = async (): Promise<void> => {
        if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
        await ended;
    };
    const url = `http://127.0.0.1:${String(port)}`;
    const reset = async (): Promise<void> => {
        await fetch(`${url}/moto-api/reset`, { method: "POST" });
    };
    const until = Date.now() + startsWithin;
    for (;;) {
        try {
            await reset();
            return { url, reset, stop: stopped };
        } catch (error) {
            if (server.exitCode !== null)
                throw new Error(`${path} ended by itself`, { cause: error });
            if (Date.now() > until) {
                await stopped();
                throw new Error(`${path} does not answer`, { cause: error });
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    }
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
}
