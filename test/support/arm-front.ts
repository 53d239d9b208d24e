import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A question to Resource Manager. */
export interface ArmQuestion {
    readonly method: string;
    /** Without its query, such as `/subscriptions/…/locations`. */
    readonly path: string;
    readonly query: URLSearchParams;
    readonly token: string | undefined;
    readonly body: unknown;
}

export interface ArmAnswer {
    readonly status: number;
    readonly body: object;
}

/** A refusal as Resource Manager words it. https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
export const refused = (status: number, code: string, message = code): ArmAnswer => ({
    status,
    body: { error: { code, message } },
});
export const answered = (body: object): ArmAnswer => ({ status: 200, body });

export interface ArmFront {
    readonly url: string;
    /** Every question since the last `asked.length = 0`, as `METHOD path`. */
    readonly asked: string[];
    /** Set anew by each test; what it leaves unanswered is not there (404). */
    answer: (question: ArmQuestion) => ArmAnswer | undefined;
    stop(): Promise<void>;
}

/** A Resource Manager that answers what a test says, in the shapes of Microsoft's REST reference. */
export async function startArmFront(): Promise<ArmFront> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
        void textOf(request).then((text) => {
            const { method = "GET", headers } = request;
            const { pathname: path, searchParams: query } = new URL(request.url ?? "", url);
            asked.push(`${method} ${path}`);
            const token = headers.authorization?.replace("Bearer ", "");
            const body: unknown = text === "" ? undefined : JSON.parse(text);
            const question = { method, path, query, token, body };
            const { status, body: said } =
                started.answer(question) ?? refused(404, "ResourceNotFound");
            response.writeHead(status, { "content-type": "application/json" });
            response.end(JSON.stringify(said));
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const stop = async (): Promise<void> => {
        // What was asked is still answered: the client would ask again and again.
        await new Promise((resolve) => {
            server.close(resolve);
            server.closeIdleConnections();
        });
    };
    const started: ArmFront = { url, asked, answer: () => undefined, stop };
    return started;
}

async function textOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
}
