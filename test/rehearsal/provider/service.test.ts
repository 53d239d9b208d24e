import * as grpc from "@grpc/grpc-js";
import * as providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { awsStandIn } from "../../../rehearsal/aws/stand-in";
import type { Fault } from "../../../rehearsal/provider/fault";
import { Ledger } from "../../../rehearsal/provider/ledger";
import { StandInService } from "../../../rehearsal/provider/service";
import type { StandIn } from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";

const topic = "urn:pulumi:dev::steward::aws:sns/topic:Topic::alerts";
const { ResourceProviderClient } = providerGrpc as unknown as {
    ResourceProviderClient: new (
        address: string,
        credentials: grpc.ChannelCredentials,
        options: grpc.ClientOptions,
    ) => grpc.Client & Record<string, Method>;
};

type Method = (
    request: unknown,
    reply: (error: grpc.ServiceError | null, response: unknown) => void,
) => void;

const struct = (props: Props) => Struct.fromJavaScript(props);

/** One end of the provider protocol, as each provider resource of the engine has one. */
class Connection {
    readonly #client: grpc.Client & Record<string, Method>;

    constructor(address: string) {
        // The engine's connections share nothing, and neither do these.
        this.#client = new ResourceProviderClient(address, grpc.credentials.createInsecure(), {
            "grpc.use_local_subchannel_pool": 1,
        });
    }

    ask<Response>(method: string, request: unknown): Promise<Response> {
        return new Promise((resolve, reject) => {
            this.#client[method]?.(request, (error, response) => {
                if (error === null) resolve(response as Response);
                else reject(error);
            });
        });
    }

    configure(settings: Props): Promise<unknown> {
        const request = new proto.ConfigureRequest();
        request.setArgs(struct(settings));
        return this.ask("configure", request);
    }

    async create(inputs: Props): Promise<string> {
        const request = new proto.CreateRequest();
        request.setUrn(topic);
        request.setProperties(struct(inputs));
        return (await this.ask<proto.CreateResponse>("create", request)).getId();
    }

    close(): void {
        this.#client.close();
    }
}

const servers: grpc.Server[] = [];
const connections: Connection[] = [];
afterEach(() => {
    for (const connection of connections.splice(0)) connection.close();
    for (const server of servers.splice(0)) server.forceShutdown();
});

/** Serves the stand-in of AWS with an empty account; each call connects anew. */
async function served(...faults: readonly Fault[]): Promise<() => Connection> {
    return servedBy(awsStandIn, faults);
}

async function servedBy(
    standIn: StandIn,
    faults: readonly Fault[] = [],
): Promise<() => Connection> {
    const server = new grpc.Server();
    servers.push(server);
    new StandInService(standIn, new Ledger(), faults).addTo(server);
    const credentials = grpc.ServerCredentials.createInsecure();
    const port = await new Promise<number>((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", credentials, (error, bound) => {
            if (error === null) resolve(bound);
            else reject(error);
        });
    });
    return () => {
        const connection = new Connection(`127.0.0.1:${String(port)}`);
        connections.push(connection);
        return connection;
    };
}

const arn = (region: string) => `arn:aws:sns:${region}:123456789012:alerts`;

describe("a stand-in, served", () => {
    it("answers each provider resource by that one's settings", async () => {
        const connect = await served();
        const [costs, cluster] = [connect(), connect()];
        await costs.configure({ region: "us-east-1" });
        await cluster.configure({ region: "us-east-2" });

        expect(await costs.create({ name: "alerts" })).toBe(arn("us-east-1"));
        expect(await cluster.create({ name: "alerts" })).toBe(arn("us-east-2"));
    });

    it("makes nothing up for a connection that was never configured", async () => {
        const connect = await served();
        await connect().configure({ region: "us-east-1" });

        await expect(connect().create({ name: "alerts" })).rejects.toMatchObject({
            code: grpc.status.INTERNAL,
            details: expect.stringContaining("was never configured") as string,
        });
    });

    it("lets one writer at a time in where the service takes no more", async () => {
        const connect = await servedBy({ ...awsStandIn, exclusive: () => "topics" });
        const aws = connect();
        await aws.configure({ region: "us-east-1" });
        const both = ["alerts", "costs"].map((name) => aws.create({ name }));

        const said = await Promise.allSettled(both);
        expect(said.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
        expect(await aws.create({ name: "costs" })).toBe(
            arn("us-east-1").replace("alerts", "costs"),
        );
    });

    it("tells what the cloud refuses from what went wrong, without a stack trace", async () => {
        const connect = await served();
        const aws = connect();
        await aws.configure({ region: "us-east-1" });
        await aws.create({ name: "alerts" });

        await expect(aws.create({ name: "alerts" })).rejects.toMatchObject({
            code: grpc.status.FAILED_PRECONDITION,
            details:
                "InvalidParameter: name: alerts is taken by another sns Topic in us-east-1; " +
                "choose another name, or import that one",
        });
    });

    it("hands on what a check finds, the property left out", async () => {
        const connect = await served();
        const aws = connect();
        await aws.configure({ region: "us-east-1" });
        const request = new proto.CheckRequest();
        request.setUrn(topic);
        request.setNews(struct({ name: "no name" }));

        const response = await aws.ask<proto.CheckResponse>("check", request);
        expect(response.getInputs()?.toJavaScript()).toEqual({ name: "no name" });
        const failures = response.getFailuresList();
        expect(failures.map((each) => [each.getProperty(), each.getReason()])).toEqual([
            ["", expect.stringMatching(/^name: is not 1 to 256 ASCII letters/)],
        ]);
    });

    it("takes no component apart where it has none", async () => {
        const connect = await served();
        const aws = connect();
        await aws.configure({ region: "us-east-1" });

        await expect(aws.ask("construct", new proto.ConstructRequest())).rejects.toMatchObject({
            code: grpc.status.FAILED_PRECONDITION,
            details: "the rehearsal of aws has no components",
        });
    });

    it.each<[Partial<Fault>, boolean]>([
        [{}, true],
        [{ type: "*", name: "*" }, true],
        [{ type: "aws:sns/subscription:Subscription" }, false],
        [{ name: "budget" }, false],
        [{ operation: "delete" }, false],
    ])("fails on purpose for %j: %s", async (fault, fails) => {
        const type = "aws:sns/topic:Topic";
        const connect = await served({ type, name: "alerts", operation: "create", ...fault });
        const aws = connect();
        await aws.configure({ region: "us-east-1" });

        const failure = `rehearsed fault: create of ${type} alerts was made to fail`;
        const created = aws.create({ name: "alerts" });
        if (fails) await expect(created).rejects.toMatchObject({ details: failure });
        else expect(await created).toBe(arn("us-east-1"));
    });
});
