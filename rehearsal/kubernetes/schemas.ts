import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { ErrorObject, ValidateFunction } from "ajv";

/** Which end of the supported range of Kubernetes versions. */
export type KubernetesEnd = "oldest" | "newest";

interface Extract {
    readonly version: string;
    /** "apps/v1/Deployment" → name of its definition. */
    readonly kinds: Readonly<Record<string, string>>;
    readonly definitions: Readonly<Record<string, object>>;
}

interface Published extends Readonly<Record<KubernetesEnd, Extract>> {
    /** Definitions that are the same in both. */
    readonly shared: Readonly<Record<string, object>>;
}

type Validator = (kind: string) => ValidateFunction | undefined;

/** ajv is loaded with the first object, not with this file: a run without Kubernetes does not wait for it. */
const load = createRequire(__filename);

let loaded: Published | undefined;
const validators = new Map<KubernetesEnd, Validator>();

/** The extract of scripts/scan-kubernetes-schemas.py, read on first use: it costs nothing at start-up. */
function published(): Published {
    const path = join(__dirname, "schemas.generated.json");
    loaded ??= JSON.parse(readFileSync(path, "utf8")) as Published;
    return loaded;
}

/** The Kubernetes versions, such as 1.32, that objects are held against: what Amazon EKS creates clusters of. */
export function supportedKubernetes(): Readonly<Record<KubernetesEnd, string>> {
    const { oldest, newest } = published();
    return { oldest: oldest.version, newest: newest.version };
}

/** The kinds whose schemas were extracted for a version, as group/version/Kind, sorted. */
export function knownKinds(end: KubernetesEnd): string[] {
    return Object.keys(published()[end].kinds);
}

const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const within = (bits: bigint) => (value: number) =>
    Number.isInteger(value) && BigInt(value) >= -(1n << bits) && BigInt(value) < 1n << bits;

/**
 * The formats of Kubernetes' OpenAPI document.
 *
 * @see https://github.com/OAI/OpenAPI-Specification/blob/main/versions/2.0.md#data-types
 */
const formats = {
    byte: base64,
    "date-time": dateTime,
    double: true,
    int32: { type: "number", validate: within(31n) },
    int64: { type: "number", validate: within(63n) },
} as const;

/** One ajv for a version; the validator of a kind is compiled when it is first asked for. */
function validatorFor(end: KubernetesEnd): Validator {
    const { Ajv2020 } = load("ajv/dist/2020") as typeof import("ajv/dist/2020");
    const { shared, [end]: extract } = published();
    // A validator runs some dozens of times: making it faster would take a third of what making it takes.
    const code = { optimize: false };
    const ajv = new Ajv2020({ strict: false, allErrors: true, formats, code });
    ajv.addSchema({ $defs: { ...shared, ...extract.definitions } }, end);
    return (kind) => {
        const name = Object.hasOwn(extract.kinds, kind) ? extract.kinds[kind] : undefined;
        return name === undefined ? undefined : ajv.getSchema(`${end}#/$defs/${name}`);
    };
}

/** A copy with null for what is not known yet, and the JSON pointers of where that is. */
function known(value: unknown, pointer: string, open: Set<string>): unknown {
    if (typeof value === "symbol") {
        open.add(pointer);
        return null;
    }
    if (Array.isArray(value)) {
        return (value as unknown[]).map((each, index) => known(each, `${pointer}/${index}`, open));
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");
    return Object.fromEntries(
        entries.map(([key, each]) => [key, known(each, `${pointer}/${escaped(key)}`, open)]),
    );
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : "";
}

function allowedOf(params: Readonly<Record<string, unknown>>): string {
    const { allowedValues, type, format } = params;
    if (Array.isArray(allowedValues)) {
        return `is none of ${allowedValues.filter((each) => each !== null).join(", ")}`;
    }
    const types = (Array.isArray(type) ? type : [type]).filter((each) => each !== "null");
    return format === undefined
        ? `is not of type ${types.join(" or ")}`
        : `is not of format ${textOf(format)}`;
}

/** "spec.template: …", with the path as people write it. Values are not repeated: Secrets pass here. */
function problemOf({ instancePath, keyword, message, params }: ErrorObject): string {
    const details = params as Readonly<Record<string, unknown>>;
    const inner = details["missingProperty"] ?? details["additionalProperty"];
    const steps = instancePath.split("/").slice(1);
    if (typeof inner === "string") steps.push(inner);
    const path = steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const where = path.reduce(
        (all, step) =>
            /^\d+$/.test(step) ? `${all}[${step}]` : all === "" ? step : `${all}.${step}`,
        "",
    );
    const what: Readonly<Record<string, string>> = {
        required: "is required and not given",
        additionalProperties: "is no field of this kind",
        type: allowedOf(details),
        enum: allowedOf(details),
        format: allowedOf(details),
    };
    return `${where === "" ? "the object" : where}: ${what[keyword] ?? message ?? keyword}`;
}

/**
 * What the published schema of a Kubernetes version says against an object: unknown fields, wrong types and
 * enumerations, missing required ones. Custom kinds, and kinds that were not extracted, are one problem each.
 *
 * @param object With apiVersion and kind. Symbols stand for what is not known yet and are passed over.
 * @returns problems as "path: what", sorted; none means that the version's API server takes its form. Names,
 * ranges and references are the server's own validation, which no schema has.
 * @see scripts/scan-kubernetes-schemas.py
 */
export function validateObject(
    object: Readonly<Record<string, unknown>>,
    end: KubernetesEnd,
): string[] {
    const kind = `${textOf(object["apiVersion"])}/${textOf(object["kind"])}`;
    const validator = validators.get(end) ?? validatorFor(end);
    validators.set(end, validator);
    const validate = validator(kind);
    if (validate === undefined) {
        const { version } = published()[end];
        return [`kind: ${kind} is no kind that is known of Kubernetes ${version}`];
    }
    const open = new Set<string>();
    if (validate(known(object, "", open))) return [];
    const found = (validate.errors ?? []).filter(({ instancePath }) => !open.has(instancePath));
    return [...new Set(found.map(problemOf))].sort();
}
