import * as pulumi from "@pulumi/pulumi";

/** A resource as it was registered. */
export interface Recorded {
    readonly type: string;
    readonly name: string;
    /** Inputs, their outputs resolved; what no cloud has said yet is missing. */
    readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Recording {
    /** In the order of registration. */
    readonly resources: readonly Recorded[];
    /** Answers to look-ups, by token. */
    readonly calls: readonly { readonly token: string; readonly inputs: object }[];
}

export interface Answers {
    /** What a resource of a type has beside its inputs once it stands. */
    readonly outputs?: Readonly<Record<string, (resource: Recorded) => object>>;
    /** Makes a resource as a cloud would, refusals included; undefined for one that is not of that cloud. */
    readonly create?: (resource: Recorded) => { id: string; state: object } | undefined;
    /** What a look-up answers, by token; one that is not here throws. */
    readonly calls?: Readonly<
        Record<string, (inputs: Readonly<Record<string, unknown>>) => object>
    >;
}

const { stackTraceLimit } = Error;

/**
 * Has everything that is constructed from here on recorded instead of deployed.
 *
 * Proves what the program asks for; not what the engine, a provider or a cloud makes of it, and not the
 * `transforms` of a layer, which the SDK's mocks do not run. Until it is `settled`, errors have no stack: the SDK takes
 * one for every promise, and jest looks each of its lines up in a source map, two thirds of what a construction takes.
 */
export async function recordResources({
    outputs = {},
    calls = {},
    create,
}: Answers = {}): Promise<Recording> {
    const resources: Recorded[] = [];
    const asked: { token: string; inputs: object }[] = [];
    Error.stackTraceLimit = 0;
    await pulumi.runtime.setMocks(
        {
            newResource: ({ type, name, inputs }) => {
                const recorded = { type, name, inputs: inputs as Recorded["inputs"] };
                resources.push(recorded);
                const stands = create?.(recorded);
                if (stands !== undefined) return stands;
                const made = { arn: `arn:of:${name}`, name };
                const state = { ...made, ...recorded.inputs, ...outputs[type]?.(recorded) };
                return { id: `${name}-id`, state };
            },
            call: ({ token, inputs }) => {
                asked.push({ token, inputs: inputs as object });
                const answer = calls[token];
                if (answer === undefined) throw new Error(`nothing answers ${token}`);
                return answer(inputs as Readonly<Record<string, unknown>>);
            },
        },
        "steward",
        "test",
        false,
    );
    return { resources, calls: asked };
}

/** Waits until everything that was constructed is registered. */
export async function settled(): Promise<void> {
    await pulumi.runtime.disconnect();
    Error.stackTraceLimit = stackTraceLimit;
}
