import * as grpc from "@grpc/grpc-js";
import * as clients from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Refusal } from "../provider/stand-in";

type Reply<Response> = (error: grpc.ServiceError | null, response: Response) => void;

/** The part of the generated client that is used; its own types are of another gRPC library. */
interface Client {
    registerResource(
        request: proto.RegisterResourceRequest,
        reply: Reply<proto.RegisterResourceResponse>,
    ): void;
    registerResourceOutputs(
        request: proto.RegisterResourceOutputsRequest,
        reply: Reply<unknown>,
    ): void;
    close(): void;
}

type ClientClass = new (address: string, credentials: grpc.ChannelCredentials) => Client;

/** The engine as a component sees it: something to register resources with. */
export class Monitor {
    readonly #client: Client;

    constructor(address: string) {
        const { ResourceMonitorClient } = clients as unknown as {
            ResourceMonitorClient: ClientClass;
        };
        this.#client = new ResourceMonitorClient(address, grpc.credentials.createInsecure());
    }

    /**
     * Registers a resource.
     *
     * @returns its URN.
     * @throws Refusal when the engine does not take it; the reason is among the engine's own messages.
     */
    register(request: proto.RegisterResourceRequest): Promise<string> {
        return new Promise((resolve, reject) => {
            this.#client.registerResource(request, (error, response) => {
                if (error === null) resolve(response.getUrn());
                else reject(new Refusal(`${request.getName()}: ${error.details}`));
            });
        });
    }

    registerOutputs(urn: string, outputs: Struct): Promise<void> {
        const request = new proto.RegisterResourceOutputsRequest();
        request.setUrn(urn);
        request.setOutputs(outputs);
        return new Promise((resolve, reject) => {
            this.#client.registerResourceOutputs(request, (error) => {
                if (error === null) resolve();
                else reject(new Refusal(error.details));
            });
        });
    }

    close(): void {
        this.#client.close();
    }
}
