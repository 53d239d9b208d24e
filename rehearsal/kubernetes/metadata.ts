import type { Failure } from "../provider/stand-in";
import type { Value } from "../provider/values";
import { Unknown } from "../provider/values";
import type { Kind } from "./kinds";
import { keyProblem, labelValueProblem, namespaceProblem, nameProblem } from "./names";
import { at, entriesAt, shown, textAt } from "./path";

/** All annotations of an object together, in bytes: TotalAnnotationSizeLimitB of the API machinery. */
const annotationsLimit = 256 * 1024;

/** Names, labels and annotations of an object and of the pods it makes. */
export function metadataFailures(kind: Kind, inputs: Value): Failure[] {
    const name = at(inputs, "metadata.name");
    const namespace = textAt(inputs, "metadata.namespace");
    return [
        ...failures("metadata.name", [
            typeof name === "string" ? nameProblem(kind, name) : undefined,
        ]),
        ...failures("metadata.namespace", [
            namespace === undefined ? undefined : namespaceProblem(namespace),
        ]),
        ...labelFailures(inputs, "metadata.labels"),
        ...labelFailures(inputs, "spec.template.metadata.labels"),
        ...labelFailures(inputs, "spec.selector.matchLabels"),
        ...annotationFailures(inputs, "metadata.annotations"),
        ...annotationFailures(inputs, "spec.template.metadata.annotations"),
    ];
}

function labelFailures(inputs: Value, path: string): Failure[] {
    const problems = entriesAt(inputs, path).flatMap(([key, value]) => [
        keyProblem(key),
        typeof value === "string" ? labelValueProblem(key, value) : undefined,
    ]);
    return failures(path, problems);
}

function annotationFailures(inputs: Value, path: string): Failure[] {
    const entries = entriesAt(inputs, path).filter(([, value]) => value !== Unknown);
    const bytes = entries.reduce(
        (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(shown(value)),
        0,
    );
    return failures(path, [
        ...entries.map(([key]) => keyProblem(key.toLowerCase())),
        bytes > annotationsLimit
            ? `${bytes} bytes of annotations; all together take at most ${annotationsLimit}`
            : undefined,
    ]);
}

function failures(property: string, problems: readonly (string | undefined)[]): Failure[] {
    return problems.flatMap((reason) => (reason === undefined ? [] : [{ property, reason }]));
}
