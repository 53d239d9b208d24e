import type * as grpc from "@grpc/grpc-js";
import * as pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import * as providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { answer } from "./answer";
import { EngineLog } from "./engine-log";
import type { Fault } from "./fault";
import { injectFault } from "./fault";
import type { Ledger } from "./ledger";
import { keyOf } from "./ledger";
import { checkResponse, diffResponse, readConstruct, readStruct, structOf } from "./messages";
import type { Connected } from "./settings";
import { Settings } from "./settings";
import type { CloudObject, ResourceRequest, StandIn } from "./stand-in";
import { Refusal } from "./stand-in";
import { Turns } from "./turns";
import type { Props } from "./values";
import { same } from "./values";

/** What a stand-in is asked to make or to change. */
type Written = ResourceRequest & { readonly preview: boolean };

/** How something is made or changed: first beyond this process, where a stand-in reaches there, then in the account. */
interface Writing {
    readonly outside: ((asked: Written) => Promise<Props>) | undefined;
    readonly work: (asked: Written) => Pick<CloudObject, "id" | "realm" | "outputs">;
}

function identityOf(urn: string): { readonly type: string; readonly name: string } {
    const [, , kinds = "", name = ""] = urn.slice("urn:pulumi:".length).split("::");
    return { type: kinds.slice(kinds.lastIndexOf("$") + 1), name };
}

/** Where an object is put that a provider with these settings makes. */
function placeOf({ realm }: Connected): Pick<CloudObject, "realm"> {
    return realm === undefined ? {} : { realm };
}

/** Speaks the engine's provider protocol for one stand-in. */
export class StandInService {
    readonly #standIn: StandIn;
    readonly #ledger: Ledger;
    readonly #faults: readonly Fault[];
    readonly #settings = new Settings();
    readonly #turns = new Turns();
    readonly #log = new EngineLog();

    constructor(standIn: StandIn, ledger: Ledger, faults: readonly Fault[]) {
        this.#standIn = standIn;
        this.#ledger = ledger;
        this.#faults = faults;
    }

    /** Registers every method that the engine calls. */
    addTo(server: grpc.Server): void {
        server.addService(
            (providerGrpc as unknown as { ResourceProviderService: grpc.ServiceDefinition })
                .ResourceProviderService,
            {
                handshake: answer((request: proto.ProviderHandshakeRequest) => {
                    this.#log.attach(request.getEngineAddress());
                    const response = new proto.ProviderHandshakeResponse();
                    response.setAcceptSecrets(true);
                    return response;
                }),
                attach: answer((request: pluginProto.PluginAttach) => {
                    this.#log.attach(request.getAddress());
                    return new Empty();
                }),
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
                diffConfig: answer(() => {
                    const response = new proto.DiffResponse();
                    // Settings may change in place: a new kubeconfig for a replaced endpoint, say.
                    response.setChanges(proto.DiffResponse.DiffChanges.DIFF_UNKNOWN);
                    return response;
                }),
                configure: answer((request: proto.ConfigureRequest, peer) => {
                    const config = readStruct(request.getArgs()).props;
                    const realm = this.#standIn.realmOf?.(config);
                    this.#settings.keep(peer, { config, realm, cloud: this.#ledger.within(realm) });
                    const response = new proto.ConfigureResponse();
                    response.setAcceptsecrets(true);
                    response.setSupportspreview(true);
                    return response;
                }),
                invoke: this.#configured((request: proto.InvokeRequest, asker) =>
                    this.#invoke(request, asker),
                ),
                check: this.#configured((request: proto.CheckRequest, asker) =>
                    this.#check(request, asker),
                ),
                diff: this.#configured((request: proto.DiffRequest, asker) =>
                    this.#diff(request, asker),
                ),
                create: this.#configured((request: proto.CreateRequest, asker) =>
                    this.#create(request, asker),
                ),
                read: this.#configured((request: proto.ReadRequest, asker) =>
                    this.#read(request, asker),
                ),
                update: this.#configured((request: proto.UpdateRequest, asker) =>
                    this.#update(request, asker),
                ),
                delete: this.#configured((request: proto.DeleteRequest, asker) =>
                    this.#delete(request, asker),
                ),
                construct: this.#configured((request: proto.ConstructRequest, asker) =>
                    this.#construct(request, asker),
                ),
            },
        );
    }

    /** A method that needs the settings of the provider resource that the engine asks for. */
    #configured<Req, Res>(method: (request: Req, asker: Connected) => Res | Promise<Res>) {
        return answer((request: Req, peer) => method(request, this.#settings.of(peer)));
    }

    #request(urn: string, inputs: Props, { config, cloud }: Connected): ResourceRequest {
        return { urn, ...identityOf(urn), inputs, cloud, config };
    }

    #old(request: ResourceRequest, id: string, outputs: Props, inputs: Props): CloudObject {
        const kept = request.cloud.find(request.type, keyOf(request.urn, id));
        return kept ?? { type: request.type, id, urn: request.urn, inputs, outputs };
    }

    #invoke(request: proto.InvokeRequest, asker: Connected): proto.InvokeResponse {
        const { props } = readStruct(request.getArgs());
        const result = this.#standIn.invoke(request.getTok(), props, asker.config, asker.cloud);
        const response = new proto.InvokeResponse();
        response.setReturn(structOf(result, new Set()));
        return response;
    }

    #check(request: proto.CheckRequest, asker: Connected): proto.CheckResponse {
        const news = readStruct(request.getNews());
        const olds = request.getOlds();
        const { inputs, failures } = this.#standIn.check({
            ...this.#request(request.getUrn(), news.props, asker),
            old: olds === undefined ? undefined : readStruct(olds).props,
        });
        return checkResponse(structOf(inputs, news.secrets), failures);
    }

    #diff(request: proto.DiffRequest, asker: Connected): proto.DiffResponse {
        const asked = this.#request(request.getUrn(), readStruct(request.getNews()).props, asker);
        const oldInputs = readStruct(request.getOldInputs()).props;
        const old: CloudObject = {
            type: asked.type,
            id: request.getId(),
            urn: asked.urn,
            inputs: oldInputs,
            outputs: readStruct(request.getOlds()).props,
        };
        return diffResponse(this.#standIn.diff({ ...asked, old }));
    }

    #secrets(type: string, ofInputs: ReadonlySet<string>): ReadonlySet<string> {
        return new Set([...ofInputs, ...(this.#standIn.secretOutputs?.(type) ?? [])]);
    }

    async #create(request: proto.CreateRequest, asker: Connected): Promise<proto.CreateResponse> {
        const { outside } = this.#standIn;
        const made = await this.#write("create", request, request.getProperties(), asker, {
            outside: outside && ((asked) => outside.create(asked, this.#log.about(asked.urn))),
            work: (asked) => this.#standIn.create(asked),
        });
        const response = new proto.CreateResponse();
        response.setId(request.getPreview() ? "" : made.id);
        response.setProperties(made.properties);
        return response;
    }

    /** What making and changing have in common: a fault that a test asked for, the ledger, and the answer's secrets. */
    async #write(
        verb: "create" | "update",
        request: proto.CreateRequest | proto.UpdateRequest,
        news: Struct | undefined,
        asker: Connected,
        { outside, work }: Writing,
    ): Promise<{ readonly id: string; readonly properties: Struct }> {
        const { props, secrets } = readStruct(news);
        const preview = request.getPreview();
        const asked = { ...this.#request(request.getUrn(), props, asker), preview };
        const { type, urn, name } = asked;
        if (!preview) await injectFault(this.#faults, verb, type, name);
        if (!preview) await this.#turns.take(this.#standIn.exclusive?.(asked));
        const done =
            preview || outside === undefined ? undefined : await this.#told(outside(asked));
        const written = work(asked);
        const made = { ...written, outputs: { ...written.outputs, ...done } };
        if (!preview) this.#ledger.put({ ...made, type, urn, inputs: props, ...placeOf(asker) });
        return {
            id: made.id,
            properties: structOf(made.outputs, this.#secrets(type, secrets)),
        };
    }

    /** Nothing that was said comes after the end of the work. */
    async #told(work: Promise<Props>): Promise<Props> {
        try {
            return await work;
        } finally {
            await this.#log.said;
        }
    }

    #read(request: proto.ReadRequest, asker: Connected): proto.ReadResponse {
        const { secrets } = readStruct(request.getInputs());
        const { urn, type, cloud } = this.#request(request.getUrn(), {}, asker);
        const found = cloud.find(type, keyOf(urn, request.getId()));
        const response = new proto.ReadResponse();
        if (found === undefined) return response; // an empty id tells the engine that it is gone
        const sealed = this.#secrets(type, secrets);
        response.setId(found.id);
        response.setInputs(structOf(found.inputs, secrets));
        response.setProperties(structOf(found.outputs, sealed));
        return response;
    }

    async #update(request: proto.UpdateRequest, asker: Connected): Promise<proto.UpdateResponse> {
        const outputs = readStruct(request.getOlds()).props;
        const inputs = readStruct(request.getOldInputs()).props;
        const { outside } = this.#standIn;
        const oldOf = (asked: Written) => this.#old(asked, request.getId(), outputs, inputs);
        const { properties } = await this.#write("update", request, request.getNews(), asker, {
            outside:
                outside &&
                ((asked) =>
                    outside.update({ ...asked, old: oldOf(asked) }, this.#log.about(asked.urn))),
            work: (asked) => {
                const old = oldOf(asked);
                return { ...old, ...this.#standIn.update({ ...asked, old }) };
            },
        });
        const response = new proto.UpdateResponse();
        response.setProperties(properties);
        return response;
    }

    async #delete(request: proto.DeleteRequest, asker: Connected): Promise<Empty> {
        const asked = this.#request(
            request.getUrn(),
            readStruct(request.getOldInputs()).props,
            asker,
        );
        await injectFault(this.#faults, "delete", asked.type, asked.name);
        const outputs = readStruct(request.getProperties()).props;
        const old = this.#old(asked, request.getId(), outputs, asked.inputs);
        const key = keyOf(asked.urn, old.id);
        const found = asked.cloud.find(asked.type, key);
        // One of the same key and other contents has already taken its place.
        if (found === undefined || (key !== old.id && !same(found.outputs, outputs))) {
            return new Empty();
        }
        const { outside } = this.#standIn;
        if (outside !== undefined) await outside.delete({ ...asked, old });
        this.#standIn.delete({ ...asked, old });
        for (const each of this.#standIn.leaves?.({ ...asked, old }) ?? []) this.#ledger.put(each);
        this.#ledger.drop(asked.type, key, found.realm);
        return new Empty();
    }

    async #construct(
        request: proto.ConstructRequest,
        asker: Connected,
    ): Promise<proto.ConstructResponse> {
        if (this.#standIn.construct === undefined) {
            throw new Refusal(`the rehearsal of ${this.#standIn.package} has no components`);
        }
        const asked = { ...readConstruct(request), config: asker.config };
        const { urn, state } = await this.#standIn.construct(asked);
        const response = new proto.ConstructResponse();
        response.setUrn(urn);
        response.setState(structOf(state, new Set()));
        return response;
    }
}
