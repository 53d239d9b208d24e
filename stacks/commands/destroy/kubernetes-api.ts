import { execFile } from "node:child_process";
import { request as plain } from "node:http";
import { request as secure } from "node:https";
import { promisify } from "node:util";
import type { Problem } from "../../../components/model/problem";
import { valuesAt } from "../../../components/model/carriers/spawn-points";
import { isPlain, textOf } from "../../../policies/plain";

/** Kubernetes cannot be asked: `path: what; what to do`. */
export class KubernetesProblem extends Error {
    constructor(readonly problem: Problem) {
        super(problem.message);
    }
}

/** The part of an object that is read. */
export interface KubernetesObject {
    readonly metadata?: {
        readonly name?: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
    };
    readonly spec?: unknown;
    readonly status?: unknown;
}

/** Milliseconds. */
const patience = 15_000;

const noAnswer = (message: string): KubernetesProblem =>
    new KubernetesProblem({
        path: "Kubernetes",
        message,
        fix: "reach its API from here, as for `up`, and run this again",
    });

/**
 * The API of a cluster by plain HTTPS, with the kubeconfig of its state: a token comes from the command that the
 * kubeconfig names, as the engine gets it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export class KubernetesApi {
    readonly #server: string;
    readonly #authority: string | undefined;
    readonly #token: string;

    private constructor(server: string, authority: string | undefined, token: string) {
        this.#server = server;
        this.#authority = authority;
        this.#token = token;
    }

    /** @throws KubernetesProblem for a kubeconfig that names no server or gets no token. */
    static async open(kubeconfig: string): Promise<KubernetesApi> {
        const { parse } = require("yaml") as typeof import("yaml");
        const read = (parse(kubeconfig) ?? {}) as object;
        const at = (...path: string[]) => valuesAt(read, path)[0];
        const server = textOf(at("clusters", "[]", "cluster", "server"));
        const authority = textOf(at("clusters", "[]", "cluster", "certificate-authority-data"));
        const exec = at("users", "[]", "user", "exec");
        if (server === undefined || !isPlain(exec)) throw noAnswer("its kubeconfig is not ours");
        const args = Array.isArray(exec["args"]) ? exec["args"].map(String) : [];
        const ca = authority && Buffer.from(authority, "base64").toString();
        return new KubernetesApi(server, ca, await tokenOf(String(exec["command"]), args));
    }

    /** All objects of a collection, such as `/api/v1/pods`. */
    async list(path: string, query: Readonly<Record<string, string>> = {}) {
        const found: KubernetesObject[] = [];
        let token = "";
        do {
            const more = token === "" ? {} : { continue: token };
            const search = new URLSearchParams({ limit: "500", ...query, ...more });
            const { status, body } = await this.#send("GET", `${path}?${search.toString()}`);
            if (status !== 200) throw noAnswer(`answers ${String(status)} for ${path}`);
            const page = JSON.parse(body) as {
                items?: KubernetesObject[];
                metadata?: { continue?: string };
            };
            found.push(...(page.items ?? []));
            token = page.metadata?.continue ?? "";
        } while (token !== "");
        return found;
    }

    /** Asks for an object to be deleted; one that is gone already is as well. */
    async remove(path: string): Promise<void> {
        const { status } = await this.#send("DELETE", path);
        if (![200, 202, 404].includes(status)) {
            throw noAnswer(`answers ${String(status)} to deleting ${path}`);
        }
    }

    async isThere(path: string): Promise<boolean> {
        const { status } = await this.#send("GET", path);
        if (![200, 404].includes(status)) throw noAnswer(`answers ${String(status)} for ${path}`);
        return status === 200;
    }

    #send(method: string, path: string): Promise<{ status: number; body: string }> {
        const url = new URL(path, this.#server);
        const options = {
            method,
            timeout: patience,
            headers: { authorization: `Bearer ${this.#token}`, accept: "application/json" },
        };
        return new Promise((resolve, reject) => {
            const sent =
                url.protocol === "http:"
                    ? plain(url, options)
                    : secure(url, { ...options, ca: this.#authority });
            sent.once("timeout", () => sent.destroy(new Error("ETIMEDOUT")));
            sent.once("error", (error: NodeJS.ErrnoException) => {
                reject(noAnswer(`does not answer at ${url.host} (${error.code ?? error.message})`));
            });
            sent.once("response", (response) => {
                let body = "";
                response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
                response.once("end", () => {
                    resolve({ status: response.statusCode ?? 0, body });
                });
            });
            sent.end();
        });
    }
}

/** Runs the command; what it says is not repeated, since it may quote what it read. */
async function tokenOf(command: string, args: readonly string[]): Promise<string> {
    try {
        const { stdout } = await promisify(execFile)(command, [...args], { timeout: patience });
        const { status } = JSON.parse(stdout) as { status?: { token?: string } };
        if (status?.token !== undefined) return status.token;
    } catch {
        // Said below, whatever kept it from answering.
    }
    throw noAnswer(`\`${command} ${args.join(" ")}\` gives no token`);
}
