import type { Socket } from "node:net";
import { createServer } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket, createServer as createSealedServer } from "node:tls";
import type { Certificate } from "./certificates";

/** A mail that somebody sent, as far as tests look at it. */
export interface Mail {
    readonly to: readonly string[];
    /** Headers and text, as they came. */
    readonly text: string;
}

/** A relay that takes mail by TLS and with a password alone. */
export interface Sealed {
    readonly certificate: Certificate;
    /** From the first byte; else by STARTTLS. */
    readonly atOnce?: boolean;
    readonly username: string;
    readonly password: string;
}

export interface MailSink {
    readonly port: number;
    readonly mails: readonly Mail[];
    /** Every line that came without TLS. */
    readonly clear: readonly string[];
    readonly close: () => Promise<void>;
}

/**
 * Takes all mail at an address of this machine, and delivers none. RFC 5321, 3207 and 4954, as much of them as a
 * client needs.
 */
export async function mailSink(address: string, sealed?: Sealed, port = 0): Promise<MailSink> {
    const mails: Mail[] = [];
    const clear: string[] = [];
    const open = new Set<Socket>();
    const take = (socket: Socket) => {
        open.add(socket.on("error", () => undefined));
        socket.write("220 sink\r\n");
        converse(socket, sealed, { clear, mails });
    };
    const server =
        sealed?.atOnce === true
            ? createSealedServer({ ...sealed.certificate }, take)
            : createServer(take);
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    const place = server.address();
    if (place === null || typeof place === "string") throw new Error("no port");
    const close = async () => {
        for (const socket of open) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
    };
    return { port: place.port, mails, clear, close };
}

/** One client's lines, until it goes or asks for TLS. */
function converse(
    stream: Duplex,
    sealed: Sealed | undefined,
    kept: { readonly clear: string[]; readonly mails: Mail[] },
): void {
    const secure = stream instanceof TLSSocket;
    let known = sealed === undefined;
    let [rest, to, text]: [string, string[], string | undefined] = ["", [], undefined];
    const say = (...lines: string[]) => stream.write(lines.map((line) => `${line}\r\n`).join(""));
    const onData = (chunk: Buffer) => {
        rest += chunk.toString("utf8");
        const lines = rest.split("\r\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
            if (!secure) kept.clear.push(line);
            if (text !== undefined && line !== ".") text += `${line}\n`;
            else if (text !== undefined) {
                kept.mails.push({ to, text });
                [to, text] = [[], undefined];
                say("250 taken");
            } else answer(line);
        }
    };
    const answer = (line: string) => {
        const [word = ""] = line.toUpperCase().split(" ");
        const [, recipient] = /^RCPT TO:<(.*)>/i.exec(line) ?? [];
        if (word === "EHLO" && sealed !== undefined) {
            say("250-sink", secure ? "250 AUTH PLAIN" : "250 STARTTLS");
        } else if (word === "STARTTLS" && sealed !== undefined) {
            say("220 go on");
            stream.off("data", onData);
            const { certificate } = sealed;
            const inner = new TLSSocket(stream, { isServer: true, ...certificate });
            inner.on("error", () => undefined); // whoever does not trust it
            converse(inner, sealed, kept);
        } else if (word === "AUTH") {
            const { username, password } = sealed ?? {};
            const right = Buffer.from(`\0${username ?? ""}\0${password ?? ""}`).toString("base64");
            known = secure && line === `AUTH PLAIN ${right}`;
            say(known ? "235 known" : "535 not known");
        } else if (word === "QUIT") say("221 bye");
        else if (!known && word !== "EHLO" && word !== "HELO") say("530 who are you");
        else if (word === "DATA") {
            text = "";
            say("354 go on");
        } else {
            if (recipient !== undefined) to.push(recipient);
            say("250 fine");
        }
    };
    stream.on("data", onData);
}
