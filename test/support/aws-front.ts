import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A question to AWS, as it goes over the wire. */
export interface Question {
    readonly method: string;
    /** Path with its query, such as `/cluster-versions?includeAll=true`. */
    readonly path: string;
    /** The operation, of protocols that name it in a header or in the body: `GetServiceQuota`. */
    readonly operation: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

/** What is answered; the shapes are those of the services' API references. */
export interface Answer {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string;
}

export interface AwsFront {
    readonly url: string;
    /** Every question since the last `asked.length = 0`, as `METHOD path operation`. */
    readonly asked: string[];
    /** Answers before the service behind does; set anew by each test. */
    answer: (question: Question) => Answer | undefined;
    stop(): Promise<void>;
}

/**
 * A server in front of moto: for what moto does not know, and for the states it is never in. What is not
 * answered here goes on to `behind`, or without one is answered as unknown (501).
 */
export async function startAwsFront(behind?: string): Promise<AwsFront> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
        void reply(request).then(({ status = 200, headers, body }) => {
            response.writeHead(status, { ...headers });
            response.end(request.method === "HEAD" ? undefined : body);
        });
    });
    const reply = async (request: IncomingMessage): Promise<Answer> => {
        const body = await textOf(request);
        const { method = "GET", url: path = "/", headers } = request;
        const target = String(headers["x-amz-target"] ?? "").split(".")[1];
        const operation = target ?? new URLSearchParams(body).get("Action") ?? "";
        asked.push(`${method} ${path} ${operation}`);
        const answer = started.answer({ method, path, operation, headers, body });
        if (answer !== undefined) return answer;
        return behind === undefined ? { status: 501, body: "" } : forward(behind, request, body);
    };
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const stop = async (): Promise<void> => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    };
    const url = `http://127.0.0.1:${String(port)}`;
    const started: AwsFront = { url, asked, answer: () => undefined, stop };
    return started;
}

async function textOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
}

async function forward(behind: string, request: IncomingMessage, body: string): Promise<Answer> {
    const { method = "GET", url: path = "/" } = request;
    const headers = Object.entries(request.headers).filter(
        ([name]) => !["connection", "content-length", "expect", "transfer-encoding"].includes(name),
    );
    const answer = await fetch(`${behind}${path}`, {
        method,
        headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
        ...(body === "" ? {} : { body }),
    });
    const kept = ["content-type", "x-amz-bucket-region", "x-amzn-errortype"].flatMap((name) => {
        const value = answer.headers.get(name);
        return value === null ? [] : [[name, value] as const];
    });
    return { status: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}
