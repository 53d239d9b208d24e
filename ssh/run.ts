import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "ssh2";
import { SshFailure, Unreached } from "./failure";
import { over } from "./lines";
import type { Login } from "./login";

export interface Order {
    readonly login: Login;
    /** For the user's shell on the host. */
    readonly command: string;
    /** The host refuses what its AcceptEnv does not name, and then nothing runs. */
    readonly environment: Readonly<Record<string, string>>;
    /** Given to the command where the host allows it. */
    readonly previous: Readonly<Record<string, string>>;
    readonly stdin: string;
    /** Is told each line of standard output as it comes. */
    readonly heard?: (line: string) => void;
}

interface Ended {
    readonly stdout: string;
    readonly stderr: string;
    /** Both, in the order in which they came. */
    readonly said: string;
    readonly code: number | null;
    readonly signal: string | undefined;
}

export interface Answer {
    /** Without the newline at its end. */
    readonly stdout: string;
    readonly stderr: string;
}

/**
 * Runs a command on a host, for as long as it takes.
 *
 * @throws Unreached when the host cannot be entered, or is gone before it answers; SshFailure when it refuses a
 * variable, or the command fails, with what it said; what is on standard input is in no message.
 */
export async function run(order: Order): Promise<Answer> {
    return over(order.login, (client) => runOn(client, order));
}

/** The same over a connection that is there already. */
export async function runOn(client: Client, order: Order): Promise<Answer> {
    const { command, environment, previous, stdin, heard } = order;
    const { host } = order.login;
    await mustTake(client, environment, host);
    const all = { ...environment, ...previous };
    const ended = await channel(client, command, all, stdin, host, heard);
    const { code, signal, stdout, stderr, said } = ended;
    if (code !== 0) {
        const how =
            code === null
                ? `was ended by SIG${signal ?? "?"}`
                : `exited with status ${String(code)}`;
        // Without the command, which is as long as a page: the resource says which it is.
        throw new SshFailure(`${host}: ${how}: ${said.trim() || "it said nothing"}`);
    }
    return { stdout: stdout.replace(/\n$/, ""), stderr: stderr.replace(/\n$/, "") };
}

/** A request for a variable has no answer here, so the host is asked what came of it. */
async function mustTake(client: Client, environment: Order["environment"], host: string) {
    const names = Object.keys(environment);
    if (names.length === 0) return;
    const ask = names.map((name) => `\${${name}+set}`).join(",");
    const { stdout } = await channel(client, `echo "${ask}"`, environment, "", host);
    const refused = names.filter((_, at) => stdout.trim().split(",")[at] !== "set");
    if (refused.length > 0) {
        throw new SshFailure(
            `${host}: could not set environment variable ${refused.join(", ")}; name it in AcceptEnv of the host's sshd, or set it in the command itself`,
        );
    }
}

/** Milliseconds between two tries to open a channel, and how often: sshd counts a session until it has buried it. */
const reopening = { wait: 20, tries: 250 } as const;

/** Opens a channel; when the host has none to give, nothing ran, and it may be asked again. */
async function channel(...asked: Parameters<typeof channelOnce>): Promise<Ended> {
    for (let tries = 1; ; tries++) {
        try {
            return await channelOnce(...asked);
        } catch (error) {
            if (!(error instanceof ChannelRefused) || tries === reopening.tries) throw error;
        }
        await sleep(reopening.wait);
    }
}

class ChannelRefused extends SshFailure {}

function channelOnce(
    client: Client,
    command: string,
    env: Readonly<Record<string, string>>,
    stdin: string,
    host: string,
    heard?: Order["heard"],
): Promise<Ended> {
    return new Promise((resolve, reject) => {
        const broken = () => {
            reject(new Unreached(`${host}: the connection broke while a command ran`));
        };
        client.once("close", broken);
        client.exec(command, { env: { ...env } }, (error, stream) => {
            if (error !== undefined) {
                client.off("close", broken);
                reject(new ChannelRefused(`${host}: ${error.message}`));
                return;
            }
            const text = { stdout: "", stderr: "", said: "" };
            let code: number | null = null;
            let signal: string | undefined;
            const keep = (which: "stdout" | "stderr") => (chunk: string) => {
                text[which] += chunk;
                text.said += chunk;
            };
            stream.setEncoding("utf8").on("data", keep("stdout"));
            if (heard !== undefined) createInterface({ input: stream }).on("line", heard);
            stream.stderr.setEncoding("utf8").on("data", keep("stderr"));
            stream.on("exit", (status: number | null, name?: string) => {
                code = status;
                signal = name?.replace(/^SIG/, "");
            });
            stream.on("close", () => {
                client.off("close", broken);
                if (code === null && signal === undefined) broken();
                else resolve({ ...text, code, signal });
            });
            stream.on("error", () => undefined); // a command that does not read its input
            stream.end(stdin);
        });
    });
}
