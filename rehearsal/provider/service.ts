import * as grpc from "@grpc/grpc-js";
import * as pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import * as providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Fault } from "./fault";
import { injectFault } from "./fault";
import type { Ledger } from "./ledger";
import { keyOf } from "./ledger";
import type { Cloud, CloudObject, ResourceRequest, StandIn } from "./stand-in";
import { Refusal } from "./stand-in";
import type { Props } from "./values";
import { decode, encode, same } from "./values";

type Reply<Res> = (error: grpc.ServiceError | null, response?: Res) => void;

const structOf = (props: Props, secrets: ReadonlySet<string>): Struct =>
    Struct.fromJavaScript(encode(props, secrets));

const read = (struct: Struct | undefined) => decode(struct?.toJavaScript() ?? {});

/** Speaks the engine's provider protocol for one stand-in. */
export class StandInService {
    readonly #standIn: StandIn;
    readonly #ledger: Ledger;
    readonly #fault: Fault | undefined;
    #config: Props = {};
    /** The realm that the provider's settings lead to, for what is put there. */
    #here: Pick<CloudObject, "realm"> = {};
    /** What stands in the account, as far as those settings let it see. */
    #cloud: Cloud;

    constructor(standIn: StandIn, ledger: Ledger, fault: Fault | undefined) {
        this.#standIn = standIn;
        this.#ledger = ledger;
        this.#cloud = ledger;
        this.#fault = fault;
    }

    /** Registers every method that the engine calls. */
    addTo(server: grpc.Server): void {
        server.addService(
            (providerGrpc as unknown as { ResourceProviderService: grpc.ServiceDefinition })
                .ResourceProviderService,
            {
                handshake: answer(() => {
                    const response = new proto.ProviderHandshakeResponse();
                    response.setAcceptSecrets(true);
                    return response;
                }),
                attach: answer(() => new Empty()),
                cancel: answer(() => new Empty()),
                getPluginInfo: answer(() => {
                    const info = new pluginProto.PluginInfo();
                    info.setVersion(this.#standIn.version);
                    return info;
                }),
                checkConfig: answer((request: proto.CheckRequest) => {
                    const response = new proto.CheckResponse();
                    response.setInputs(request.getNews());
                    return response;
                }),
                diffConfig: answer((request: proto.DiffRequest) => this.#diffConfig(request)),
                configure: answer((request: proto.ConfigureRequest) => {
                    this.#config = read(request.getArgs()).props;
                    const realm = this.#standIn.realmOf?.(this.#config);
                    this.#here = realm === undefined ? {} : { realm };
                    this.#cloud = this.#ledger.within(realm);
                    const response = new proto.ConfigureResponse();
                    response.setAcceptsecrets(true);
                    response.setSupportspreview(true);
                    return response;
                }),
                invoke: answer((request: proto.InvokeRequest) => {
                    const { props } = read(request.getArgs());
                    const response = new proto.InvokeResponse();
                    const token = request.getTok();
                    const result = this.#standIn.invoke(token, props, this.#config, this.#cloud);
                    response.setReturn(structOf(result, new Set()));
                    return response;
                }),
                check: answer((request: proto.CheckRequest) => this.#check(request)),
                diff: answer((request: proto.DiffRequest) => this.#diff(request)),
                create: answer((request: proto.CreateRequest) => this.#create(request)),
                read: answer((request: proto.ReadRequest) => this.#read(request)),
                update: answer((request: proto.UpdateRequest) => this.#update(request)),
                delete: answer((request: proto.DeleteRequest) => this.#delete(request)),
                construct: (
                    call: grpc.ServerUnaryCall<proto.ConstructRequest, proto.ConstructResponse>,
                    reply: Reply<proto.ConstructResponse>,
                ) => {
                    this.#construct(call.request).then(
                        (response) => {
                            reply(null, response);
                        },
                        (error: unknown) => {
                            reply(asServiceError(error));
                        },
                    );
                },
            },
        );
    }

    #request(urn: string, inputs: Props): ResourceRequest {
        const [, , kinds = "", name = ""] = urn.slice("urn:pulumi:".length).split("::");
        const type = kinds.slice(kinds.lastIndexOf("$") + 1);
        return { urn, type, name, inputs, cloud: this.#cloud, config: this.#config };
    }

    #old(request: ResourceRequest, id: string, outputs: Props, inputs: Props): CloudObject {
        const kept = request.cloud.find(request.type, keyOf(request.urn, id));
        return kept ?? { type: request.type, id, urn: request.urn, inputs, outputs };
    }

    /** Settings of a provider may change in place: a new kubeconfig for a replaced endpoint, say. */
    #diffConfig(_request: proto.DiffRequest): proto.DiffResponse {
        const response = new proto.DiffResponse();
        response.setChanges(proto.DiffResponse.DiffChanges.DIFF_UNKNOWN);
        return response;
    }

    #check(request: proto.CheckRequest): proto.CheckResponse {
        const news = read(request.getNews());
        const olds = request.getOlds();
        const { inputs, failures } = this.#standIn.check({
            ...this.#request(request.getUrn(), news.props),
            old: olds === undefined ? undefined : read(olds).props,
        });
        const response = new proto.CheckResponse();
        response.setInputs(structOf(inputs, news.secrets));
        response.setFailuresList(
            failures.map(({ property, reason }) => {
                const failure = new proto.CheckFailure();
                failure.setProperty(property);
                failure.setReason(reason);
                return failure;
            }),
        );
        return response;
    }

    #diff(request: proto.DiffRequest): proto.DiffResponse {
        const asked = this.#request(request.getUrn(), read(request.getNews()).props);
        const oldInputs = read(request.getOldInputs()).props;
        const old: CloudObject = {
            type: asked.type,
            id: request.getId(),
            urn: asked.urn,
            inputs: oldInputs,
            outputs: read(request.getOlds()).props,
        };
        const { changed, replaces, deleteBeforeReplace } = this.#standIn.diff({ ...asked, old });
        const response = new proto.DiffResponse();
        const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
        response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
        response.setDiffsList([...changed]);
        response.setReplacesList([...replaces]);
        response.setDeletebeforereplace(deleteBeforeReplace);
        return response;
    }

    #secrets(type: string, ofInputs: ReadonlySet<string>): ReadonlySet<string> {
        return new Set([...ofInputs, ...(this.#standIn.secretOutputs?.(type) ?? [])]);
    }

    #create(request: proto.CreateRequest): proto.CreateResponse {
        const { props, secrets } = read(request.getProperties());
        const asked = this.#request(request.getUrn(), props);
        const preview = request.getPreview();
        if (!preview) injectFault(this.#fault, "create", asked.type, asked.name);
        const { id, outputs } = this.#standIn.create({ ...asked, preview });
        if (!preview) {
            const { type, urn } = asked;
            this.#ledger.put({ type, id, urn, inputs: props, outputs, ...this.#here });
        }
        const response = new proto.CreateResponse();
        response.setId(preview ? "" : id);
        response.setProperties(structOf(outputs, this.#secrets(asked.type, secrets)));
        return response;
    }

    #read(request: proto.ReadRequest): proto.ReadResponse {
        const { secrets } = read(request.getInputs());
        const { urn, type, cloud } = this.#request(request.getUrn(), {});
        const found = cloud.find(type, keyOf(urn, request.getId()));
        const response = new proto.ReadResponse();
        if (found === undefined) return response; // an empty id tells the engine that it is gone
        const sealed = this.#secrets(type, secrets);
        response.setId(found.id);
        response.setInputs(structOf(found.inputs, secrets));
        response.setProperties(structOf(found.outputs, sealed));
        return response;
    }

    #update(request: proto.UpdateRequest): proto.UpdateResponse {
        const { props, secrets } = read(request.getNews());
        const asked = this.#request(request.getUrn(), props);
        const preview = request.getPreview();
        if (!preview) injectFault(this.#fault, "update", asked.type, asked.name);
        const oldInputs = read(request.getOldInputs()).props;
        const old = this.#old(asked, request.getId(), read(request.getOlds()).props, oldInputs);
        const { outputs } = this.#standIn.update({ ...asked, old, preview });
        if (!preview) {
            this.#ledger.put({ ...old, urn: asked.urn, inputs: props, outputs, ...this.#here });
        }
        const response = new proto.UpdateResponse();
        response.setProperties(structOf(outputs, this.#secrets(asked.type, secrets)));
        return response;
    }

    #delete(request: proto.DeleteRequest): Empty {
        const asked = this.#request(request.getUrn(), read(request.getOldInputs()).props);
        injectFault(this.#fault, "delete", asked.type, asked.name);
        const outputs = read(request.getProperties()).props;
        const old = this.#old(asked, request.getId(), outputs, asked.inputs);
        const key = keyOf(asked.urn, old.id);
        const found = asked.cloud.find(asked.type, key);
        // One of the same key and other contents has already taken its place.
        if (found === undefined || (key !== old.id && !same(found.outputs, outputs))) {
            return new Empty();
        }
        this.#standIn.delete({ ...asked, old });
        this.#ledger.drop(asked.type, key, found.realm);
        return new Empty();
    }

    async #construct(request: proto.ConstructRequest): Promise<proto.ConstructResponse> {
        if (this.#standIn.construct === undefined) {
            throw new Refusal(`the rehearsal of ${this.#standIn.package} has no components`);
        }
        const providers: Record<string, string> = {};
        request.getProvidersMap().forEach((reference, name) => {
            providers[name] = reference;
        });
        const { urn, state } = await this.#standIn.construct({
            type: request.getType(),
            name: request.getName(),
            inputs: read(request.getInputs()).props,
            parent: request.getParent(),
            monitorTarget: request.getMonitorendpoint(),
            project: request.getProject(),
            stack: request.getStack(),
            providers,
            dryRun: request.getDryrun(),
            config: this.#config,
            aliases: request.getAliasesList(),
            dependencies: request.getDependenciesList(),
            protect: request.getProtect() ?? false,
        });
        const response = new proto.ConstructResponse();
        response.setUrn(urn);
        response.setState(structOf(state, new Set()));
        return response;
    }
}

/** Wraps a method that answers at once; a Refusal becomes the message that the user reads. */
function answer<Req, Res>(method: (request: Req) => Res) {
    return (call: grpc.ServerUnaryCall<Req, Res>, reply: Reply<Res>): void => {
        try {
            reply(null, method(call.request));
        } catch (error) {
            reply(asServiceError(error));
        }
    };
}

/** A refusal is the cloud's word; anything else is a defect of ours and keeps its stack trace. */
function asServiceError(error: unknown): grpc.ServiceError {
    const refused = error instanceof Refusal;
    const message = refused ? error.message : String((error as Error).stack ?? error);
    const code = refused ? grpc.status.FAILED_PRECONDITION : grpc.status.INTERNAL;
    return Object.assign(new Error(message), {
        code,
        details: message,
        metadata: new grpc.Metadata(),
    });
}
