import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";

/** Azure answered, and it was no. */
export class ArmError extends Error {
    constructor(
        /** Such as 403. */
        readonly status: number,
        /** Azure's own, such as `AuthorizationFailed`. */
        readonly code: string,
        message: string,
    ) {
        super(message);
        this.name = "ArmError";
    }
}

/** What a list answers with, page by page. */
interface Page<Item> {
    readonly value?: readonly Item[];
    readonly nextLink?: string | null;
}

type Query = Readonly<Record<string, string>>;
type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Milliseconds for a question with its repetitions, and how many of these: what is not answered soon is reported, not waited for. */
const patience = { timeout: 40_000, maxRetries: 2 } as const;

export const publicCloud = "https://management.azure.com";

/**
 * Azure Resource Manager by plain REST: questions of a dozen services in one client. Paths begin with `/`, versions
 * are those of Microsoft's reference.
 *
 * @see https://learn.microsoft.com/rest/api/azure/
 */
export class Arm {
    readonly #token: string;
    readonly #endpoint: string;

    /**
     * @param token Of an hour or so, for the whole run.
     * @param endpoint Another than Azure's only in tests.
     */
    constructor(
        readonly subscriptionId: string,
        token: string,
        endpoint: string = publicCloud,
    ) {
        this.#token = token;
        this.#endpoint = endpoint;
    }

    /** The path of something of the subscription: `inSubscription("/resourcegroups")`. */
    inSubscription(path: string): string {
        return `/subscriptions/${this.subscriptionId}${path}`;
    }

    /** @throws ArmError for a refusal, and what the pipeline throws where nobody answers. */
    async get<Answer>(path: string, version: string, query: Query = {}): Promise<Answer> {
        return this.#ask<Answer>("GET", this.#url(path, version, query));
    }

    /** The same, and undefined for what is not there. */
    async find<Answer>(path: string, version: string): Promise<Answer | undefined> {
        try {
            return await this.get<Answer>(path, version);
        } catch (error) {
            if (error instanceof ArmError && error.status === 404) return undefined;
            throw error;
        }
    }

    /** All items of all pages. */
    async list<Item>(path: string, version: string, query: Query = {}): Promise<Item[]> {
        const found: Item[] = [];
        let next: string | null | undefined = this.#url(path, version, query);
        while (next !== undefined && next !== null && next !== "") {
            const page: Page<Item> = await this.#ask<Page<Item>>("GET", next);
            found.push(...(page.value ?? []));
            next = page.nextLink;
        }
        return found;
    }

    async post<Answer>(path: string, version: string, body: object): Promise<Answer> {
        return this.#ask<Answer>("POST", this.#url(path, version), body);
    }

    /** Asks for something to be made or changed; whether it stands is to be asked again. */
    async put(path: string, version: string, body: object): Promise<void> {
        await this.#ask("PUT", this.#url(path, version), body);
    }

    /** Asks for something to be deleted; one that is gone already is as well. */
    async remove(path: string, version: string): Promise<void> {
        try {
            await this.#ask("DELETE", this.#url(path, version));
        } catch (error) {
            if (!(error instanceof ArmError) || error.status !== 404) throw error;
        }
    }

    #url(path: string, version: string, query: Query = {}): string {
        const search = new URLSearchParams({ "api-version": version, ...query });
        return `${this.#endpoint}${path}?${search.toString()}`;
    }

    async #ask<Answer>(method: Method, url: string, body?: object): Promise<Answer> {
        // A page that lies elsewhere would be handed the token.
        if (new URL(url).origin !== new URL(this.#endpoint).origin) {
            throw new ArmError(0, "ForeignAddress", `Azure names another page at ${url}`);
        }
        const { status, bodyAsText } = await this.#send(method, url, body);
        const text = bodyAsText ?? "";
        if (status >= 200 && status < 300) return JSON.parse(text === "" ? "{}" : text) as Answer;
        throw refusal(status, text);
    }

    async #send(method: Method, url: string, body: object | undefined): Promise<PipelineResponse> {
        const rest = await import("@azure/core-rest-pipeline");
        const { maxRetries, timeout } = patience;
        const pipeline = rest.createPipelineFromOptions({
            retryOptions: { maxRetries },
            userAgentOptions: { userAgentPrefix: "steward" },
        });
        const headers = rest.createHttpHeaders({
            authorization: `Bearer ${this.#token}`,
            accept: "application/json",
            ...(body === undefined ? {} : { "content-type": "application/json" }),
        });
        const request: PipelineRequest = rest.createPipelineRequest({
            url,
            method,
            headers,
            // Not the client's own timeout, whose clock keeps the process alive where nobody answers.
            abortSignal: AbortSignal.timeout(timeout),
            allowInsecureConnection: this.#endpoint.startsWith("http:"),
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return pipeline.sendRequest(rest.createDefaultHttpClient(), request);
    }
}

/** @see https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors */
function refusal(status: number, text: string): ArmError {
    try {
        const read = JSON.parse(text) as {
            error?: { code?: string; message?: string };
            code?: string;
            message?: string;
        };
        const { code, message } = read.error ?? read;
        return new ArmError(status, code ?? `HTTP ${String(status)}`, message ?? "");
    } catch {
        return new ArmError(status, `HTTP ${String(status)}`, "");
    }
}
