import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificate } from "./certificates";

export interface PostSink {
    readonly port: number;
    /** Path and body of each post that came. */
    readonly posts: readonly { readonly path: string; readonly body: string }[];
    /** Shows another certificate from now on, also to whoever was connected. */
    readonly show: (certificate: Certificate) => void;
    readonly close: () => void;
}

/** Takes posts by HTTPS at an address of this machine. */
export async function postSink(address: string, certificate: Certificate): Promise<PostSink> {
    const posts: { path: string; body: string }[] = [];
    const server = createServer({ ...certificate }, (request, response) => {
        let body = "";
        request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        request.once("end", () => {
            posts.push({ path: request.url ?? "", body });
            response.end();
        });
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return {
        port: (server.address() as AddressInfo).port,
        posts,
        show: (other) => {
            server.setSecureContext({ ...other });
            server.closeAllConnections();
        },
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}
