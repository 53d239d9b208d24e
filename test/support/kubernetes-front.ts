import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Objects by their path below `/api/v1`, such as `namespaces/prod/pods/jupyter-ada`. */
export type Objects = Map<string, object>;

export interface KubernetesFront {
    readonly url: string;
    readonly objects: Objects;
    /** Every question, as `METHOD path`. */
    readonly asked: string[];
    /** A kubeconfig that gets its token from a command, as ours does. */
    readonly kubeconfig: string;
    /** Paths that stay although they were deleted, as a claim in use does. */
    readonly held: Set<string>;
    stop(): Promise<void>;
}

const token = "k8s-aws-v1.example";

/** As much of a Kubernetes API as lists and deletes objects: by kind, by label, two to a page. */
export async function startKubernetesFront(): Promise<KubernetesFront> {
    const objects: Objects = new Map();
    const [asked, held] = [[] as string[], new Set<string>()];
    const server = createServer((request, response) => {
        const { method = "GET", headers } = request;
        const url = new URL(request.url ?? "/", "http://api");
        const path = url.pathname.replace("/api/v1/", "");
        asked.push(`${method} ${path}`);
        const reply = (status: number, body: object) => {
            response.writeHead(status, { "content-type": "application/json" });
            response.end(JSON.stringify(body));
        };
        if (headers.authorization !== `Bearer ${token}`) {
            reply(401, {});
        } else if (path.startsWith("namespaces/")) {
            const there = objects.get(path);
            if (method === "DELETE" && !held.has(path)) objects.delete(path);
            reply(there === undefined ? 404 : 200, there ?? {});
        } else {
            const start = Number(url.searchParams.get("continue") ?? 0);
            const all = [...objects]
                .filter(([each]) => each.split("/")[2] === path)
                .map(([, object]) => object)
                .filter((each) => isLabelled(each, url.searchParams.get("labelSelector")));
            const more = start + 2 < all.length ? { continue: String(start + 2) } : {};
            reply(200, { items: all.slice(start, start + 2), metadata: more });
        }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}`;
    const kubeconfig = JSON.stringify({
        clusters: [{ name: "eks", cluster: { server: url } }],
        users: [
            {
                name: "deployer",
                user: {
                    exec: {
                        command: process.execPath,
                        args: ["-p", JSON.stringify(JSON.stringify({ status: { token } }))],
                    },
                },
            },
        ],
    });
    const stop = async (): Promise<void> => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    };
    return { url, objects, asked, kubeconfig, held, stop };
}

/** `a=b`, or `a in (b,c)`. */
function isLabelled(object: object, selector: string | null): boolean {
    if (selector === null) return true;
    const { labels = {} } = (object as { metadata: { labels?: Record<string, string> } }).metadata;
    const [, key = "", one, several = ""] = /^(\S+?)(?:=(\S+)| in \((.*)\))$/.exec(selector) ?? [];
    return [...(one === undefined ? [] : [one]), ...several.split(",")].includes(
        labels[key] ?? "?",
    );
}
