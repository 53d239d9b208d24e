import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Seconds from 1900, with which NTP counts, to 1970. */
const epoch = 2_208_988_800;

/**
 * Answers questions for the time as a server of stratum 1 would, with this machine's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4330
 */
export async function serveTime(
    address: string,
): Promise<{ asked: () => number; stop: () => void }> {
    const socket = createSocket("udp4");
    let asked = 0;
    socket.on("message", (question, { address: to, port }) => {
        asked += 1;
        const now = (at: number) => {
            const seconds = Date.now() / 1_000;
            answer.writeUInt32BE(Math.floor(seconds) + epoch, at);
            answer.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), at + 4);
        };
        const answer = Buffer.alloc(48);
        answer[0] = (4 << 3) | 4; // version 4, a server's answer
        answer[1] = 1;
        answer[2] = question[2] ?? 6;
        answer[3] = 0xec; // precise to a millisecond or so
        answer.write("LOCL", 12, "latin1");
        now(16);
        question.copy(answer, 24, 40, 48); // when it was asked, by who asks
        now(32);
        now(40);
        socket.send(answer, port, to);
    });
    socket.bind(123, address);
    await once(socket, "listening");
    return { asked: () => asked, stop: () => socket.close() };
}
