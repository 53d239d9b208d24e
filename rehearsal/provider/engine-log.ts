import * as grpc from "@grpc/grpc-js";
import * as engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/engine_pb";

/** Says one line about a resource that is being worked on. */
export type Tell = (line: string) => void;

/** What a stand-in says while it works: shown to whoever deploys, and kept nowhere, as a provider's status lines are. */
export class EngineLog {
    #client: engineGrpc.IEngineClient | undefined;
    /** One after the other: calls of their own may overtake one another. */
    #said: Promise<void> = Promise.resolve();

    /** @param address Where the engine that asks listens; each run of it has another. */
    attach(address: string): void {
        if (address === "") return;
        this.#client = new engineGrpc.EngineClient(address, grpc.credentials.createInsecure());
    }

    /** Lines about the resource with this URN. */
    about(urn: string): Tell {
        return (line) => {
            const request = new proto.LogRequest();
            request.setSeverity(proto.LogSeverity.INFO);
            request.setMessage(line);
            request.setUrn(urn);
            request.setEphemeral(true);
            this.#said = this.#said.then(() => this.#send(request));
        };
    }

    /** Resolves when everything so far has been said. */
    get said(): Promise<void> {
        return this.#said;
    }

    #send(request: proto.LogRequest): Promise<void> {
        const client = this.#client;
        if (client === undefined) return Promise.resolve();
        return new Promise((resolve) => {
            client.log(request, () => {
                resolve(); // an engine that is gone hears nothing, and that is no failure of the work
            });
        });
    }
}
