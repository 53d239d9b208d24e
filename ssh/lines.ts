import type { Client } from "ssh2";
import type { Line } from "./dial";
import { dial } from "./dial";
import type { Login } from "./login";

/**
 * Channels at the same time over one connection: sshd's MaxSessions is 10, and somebody may be signed in.
 *
 * @see https://man.openbsd.org/sshd_config#MaxSessions
 */
const mostChannels = 8;

/** Milliseconds without a command after which a connection is closed. */
const idle = 3_000;

interface Shared {
    readonly line: Promise<Line>;
    running: number;
    readonly waiting: (() => void)[];
    closing?: NodeJS.Timeout;
}

const lines = new Map<string, Shared>();

/** Does something over the one connection to a machine, when there is room on it. */
export async function over<T>(login: Login, work: (client: Client) => Promise<T>): Promise<T> {
    const key = JSON.stringify(login);
    const shared = lines.get(key) ?? open(key, login);
    clearTimeout(shared.closing);
    if (shared.running >= mostChannels) {
        await new Promise<void>((resolve) => shared.waiting.push(resolve));
    } else {
        shared.running += 1;
    }
    try {
        const { client } = await shared.line;
        return await work(client);
    } finally {
        const next = shared.waiting.shift();
        if (next !== undefined) next();
        else shared.running -= 1;
        if (shared.running === 0) closeWhenIdle(key, shared);
    }
}

function open(key: string, login: Login): Shared {
    const shared: Shared = { line: dial(login), running: 0, waiting: [] };
    const forget = () => {
        if (lines.get(key) === shared) lines.delete(key);
    };
    lines.set(key, shared);
    shared.line.then(({ client }) => client.once("close", forget), forget);
    return shared;
}

function closeWhenIdle(key: string, shared: Shared): void {
    shared.closing = setTimeout(() => {
        if (lines.get(key) === shared) lines.delete(key);
        shared.line.then(
            (line) => {
                line.close();
            },
            () => undefined,
        );
    }, idle).unref();
}
