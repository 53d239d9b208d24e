import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ConstructRequest, Difference, Failure } from "./stand-in";
import type { Props } from "./values";
import { decode, encode } from "./values";

/** Properties as the engine's protocol carries them; `secrets` names those at the top that are sealed. */
export function structOf(props: Props, secrets: ReadonlySet<string>): Struct {
    return Struct.fromJavaScript(encode(props, secrets));
}

/** The reverse of `structOf`; nothing at all has no properties. */
export function readStruct(struct: Struct | undefined): ReturnType<typeof decode> {
    return decode(struct?.toJavaScript() ?? {});
}

/** What a check has filled in, and what it has found wrong. */
export function checkResponse(inputs: Struct, failures: readonly Failure[]): proto.CheckResponse {
    const response = new proto.CheckResponse();
    response.setInputs(inputs);
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

/** What differs. Paths inside of arguments are what `replaceOnChanges` of a resource is held against. */
export function diffResponse(difference: Difference): proto.DiffResponse {
    const { changed, within, replaces, deleteBeforeReplace } = difference;
    const response = new proto.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    response.setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList([...changed]);
    response.setReplacesList([...replaces]);
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setHasdetaileddiff(within !== undefined);
    const { UPDATE, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
    for (const path of within ?? []) {
        const [argument = ""] = path.split(".");
        const found = new proto.PropertyDiff();
        found.setKind(replaces.includes(argument) ? UPDATE_REPLACE : UPDATE);
        found.setInputdiff(true);
        response.getDetaileddiffMap().set(path, found);
    }
    return response;
}

/** What a component is to be made of, but for the provider's own settings. */
export function readConstruct(request: proto.ConstructRequest): Omit<ConstructRequest, "config"> {
    const providers: Record<string, string> = {};
    request.getProvidersMap().forEach((reference, name) => {
        providers[name] = reference;
    });
    return {
        type: request.getType(),
        name: request.getName(),
        inputs: readStruct(request.getInputs()).props,
        parent: request.getParent(),
        monitorTarget: request.getMonitorendpoint(),
        project: request.getProject(),
        stack: request.getStack(),
        providers,
        dryRun: request.getDryrun(),
        aliases: request.getAliasesList(),
        dependencies: request.getDependenciesList(),
        protect: request.getProtect() ?? false,
    };
}
