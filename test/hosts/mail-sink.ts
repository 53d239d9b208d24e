import type { Server, Socket } from "node:net";
import { createServer } from "node:net";

/** A mail that somebody sent, as far as tests look at it. */
export interface Mail {
    readonly to: readonly string[];
    /** Headers and text, as they came. */
    readonly text: string;
}

export interface MailSink {
    readonly port: number;
    readonly mails: readonly Mail[];
    readonly close: () => void;
}

/** Takes all mail at an address of this machine, and delivers none. RFC 5321, as much of it as a client needs. */
export async function mailSink(address: string): Promise<MailSink> {
    const mails: Mail[] = [];
    const open = new Set<Socket>();
    const server: Server = createServer((socket) => {
        open.add(socket.setEncoding("utf8").on("error", () => undefined));
        const say = (line: string) => socket.write(`${line}\r\n`);
        let rest = "";
        let to: string[] = [];
        let text: string | undefined;
        say("220 sink");
        socket.on("data", (chunk: string) => {
            rest += chunk;
            const lines = rest.split("\r\n");
            rest = lines.pop() ?? "";
            for (const line of lines) {
                if (text !== undefined && line !== ".") text += `${line}\n`;
                else if (text !== undefined) {
                    mails.push({ to, text });
                    [to, text] = [[], undefined];
                    say("250 taken");
                } else if (/^DATA$/i.test(line)) {
                    text = "";
                    say("354 go on");
                } else {
                    const [, recipient] = /^RCPT TO:<(.*)>/i.exec(line) ?? [];
                    if (recipient !== undefined) to.push(recipient);
                    say(/^QUIT$/i.test(line) ? "221 bye" : "250 fine");
                }
            }
        });
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const place = server.address();
    if (place === null || typeof place === "string") throw new Error("no port");
    const close = () => {
        server.close();
        for (const socket of open) socket.destroy();
    };
    return { port: place.port, mails, close };
}
