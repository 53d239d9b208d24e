import * as grpc from "@grpc/grpc-js";
import * as services from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { decode } from "../../../rehearsal/provider/values";
import type { Props } from "../../../rehearsal/provider/values";

export interface Registered {
    readonly type: string;
    readonly name: string;
    readonly parent: string;
    readonly custom: boolean;
    readonly provider: string;
    readonly protect: boolean | undefined;
    readonly dependencies: readonly string[];
    readonly retained: boolean | undefined;
    readonly props: Props;
    readonly secrets: readonly string[];
}

type Call<Request> = grpc.ServerUnaryCall<Request, never>;
type Reply = (error: Partial<grpc.ServiceError> | null, response?: unknown) => void;

/** The engine as a component sees it, without the engine: writes down what is registered. */
export class FakeMonitor {
    readonly registered: Registered[] = [];
    outputs: Props | undefined;
    address = "";
    /** Names that are not taken. */
    readonly refused = new Set<string>();
    readonly #server = new grpc.Server();

    async start(): Promise<void> {
        const { ResourceMonitorService } = services as unknown as {
            ResourceMonitorService: grpc.ServiceDefinition;
        };
        this.#server.addService(ResourceMonitorService, {
            registerResource: (call: Call<proto.RegisterResourceRequest>, reply: Reply) => {
                this.#register(call.request, reply);
            },
            registerResourceOutputs: (
                { request }: Call<proto.RegisterResourceOutputsRequest>,
                reply: Reply,
            ) => {
                this.outputs = decode(request.getOutputs()?.toJavaScript() ?? {}).props;
                reply(null, new Empty());
            },
        });
        const credentials = grpc.ServerCredentials.createInsecure();
        const port = await new Promise<number>((resolve, reject) => {
            this.#server.bindAsync("127.0.0.1:0", credentials, (error, bound) => {
                if (error === null) resolve(bound);
                else reject(error);
            });
        });
        this.address = `127.0.0.1:${port}`;
    }

    stop(): void {
        this.#server.forceShutdown();
    }

    #register(request: proto.RegisterResourceRequest, reply: Reply): void {
        const name = request.getName();
        if (this.refused.has(name)) {
            reply({ code: grpc.status.UNKNOWN, details: "not taken" });
            return;
        }
        const { props, secrets } = decode(request.getObject()?.toJavaScript() ?? {});
        this.registered.push({
            type: request.getType(),
            name,
            parent: request.getParent(),
            custom: request.getCustom(),
            provider: request.getProvider(),
            protect: request.getProtect(),
            dependencies: request.getDependenciesList(),
            retained: request.getRetainondelete(),
            props,
            secrets: [...secrets].sort(),
        });
        const response = new proto.RegisterResourceResponse();
        response.setUrn(`urn:${name}`);
        reply(null, response);
    }
}
