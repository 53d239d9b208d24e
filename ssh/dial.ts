import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectConfig, ServerHostKeyAlgorithm } from "ssh2";
import { Client } from "ssh2";
import { Unreached } from "./failure";
import type { Login } from "./login";

/** Milliseconds before the second try, and at most between two of them; each wait is half as long again. */
const waits = { first: 100, most: 5_000, factor: 1.5 } as const;

/** What a host is asked whether it is still there, and after how many silent questions it is not. */
const life = { keepaliveInterval: 5_000, keepaliveCountMax: 3 } as const;

/** A connection, and those that it goes through. */
export interface Line {
    readonly client: Client;
    close(): void;
}

/**
 * Enters a machine. What the host shows has to be the pinned key before anything of ours is sent, the user's name
 * included; each failure is a try, also this one, as with the provider of @pulumi/command.
 *
 * @throws Unreached with the last failure, when the tries are used up.
 */
export async function dial(login: Login): Promise<Line> {
    const { proxy, host, port } = login;
    if (proxy === undefined) return lineOf(await withRetries(login, () => enter(login)));
    const door = await dial(proxy);
    try {
        const through = () => forward(door.client, host, port).then((sock) => enter(login, sock));
        return lineOf(await withRetries(login, through), door);
    } catch (error) {
        door.close();
        throw error;
    }
}

function lineOf(client: Client, door?: Line): Line {
    return {
        client,
        close: () => {
            client.end();
            door?.close();
        },
    };
}

async function withRetries<T>(login: Login, attempt: () => Promise<T>): Promise<T> {
    let wait: number = waits.first;
    for (let failures = 1; ; failures++) {
        try {
            return await attempt();
        } catch (error) {
            const { dialErrorLimit: limit, host } = login;
            if (limit >= 0 && failures > limit) {
                const tries = failures === 1 ? "1 try" : `${String(failures)} tries`;
                throw new Unreached(`${host}: no connection after ${tries}: ${wordFailure(error)}`);
            }
        }
        await sleep(wait);
        wait = Math.min(wait * waits.factor, waits.most);
    }
}

function wordFailure(error: unknown): string {
    const { message, code } = error as NodeJS.ErrnoException;
    if (/Host denied|verification failed/.test(message)) {
        return "the host key is another one than `hostKey`; nothing was sent";
    }
    return message === "" ? (code ?? "no answer") : message;
}

function enter(login: Login, sock?: Duplex): Promise<Client> {
    const client = new Client();
    return new Promise((resolve, reject) => {
        const fail = (error: Error) => {
            client.destroy();
            reject(error);
        };
        client.once("error", fail);
        client.once("close", () => {
            reject(new Error("the host closed the connection"));
        });
        client.once("ready", () => {
            client.off("error", fail);
            client.on("error", () => undefined); // told by the channels that break
            client.setNoDelay(true); // else each command waits 40 ms for an answer that waits for it
            resolve(client);
        });
        try {
            client.connect(settingsOf(login, sock));
        } catch (error) {
            fail(error as Error); // a private key that is none
        }
    });
}

function settingsOf(login: Login, sock?: Duplex): ConnectConfig {
    const { host, port, user, hostKey, privateKey, privateKeyPassword, password, agent } = login;
    return {
        ...(sock === undefined ? { host, port } : { sock }),
        username: user,
        readyTimeout: login.perDialTimeout * 1_000,
        ...life,
        ...(privateKey === undefined ? {} : { privateKey }),
        ...(privateKeyPassword === undefined ? {} : { passphrase: privateKeyPassword }),
        ...(password === undefined ? {} : { password }),
        ...(agent === undefined ? {} : { agent }),
        ...(hostKey === undefined ? {} : pinnedTo(hostKey)),
    };
}

/** Signatures of RSA come in three kinds, by one kind of key. */
const signatures: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
    "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

function pinnedTo(hostKey: string): Partial<ConnectConfig> {
    const [kind = "", encoded = ""] = hostKey.trim().split(/\s+/);
    const pinned = Buffer.from(encoded, "base64");
    return {
        // A host may have several keys: it is asked for the one that is known.
        algorithms: { serverHostKey: [...(signatures[kind] ?? [kind as ServerHostKeyAlgorithm])] },
        hostVerifier: (shown: Buffer) => pinned.length > 0 && shown.equals(pinned),
    };
}

function forward(client: Client, host: string, port: number): Promise<Duplex> {
    return new Promise((resolve, reject) => {
        client.forwardOut("127.0.0.1", 0, host, port, (error, channel) => {
            if (error === undefined) resolve(channel);
            else reject(error);
        });
    });
}
