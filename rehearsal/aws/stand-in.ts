import { version } from "@pulumi/aws/package.json";
import type {
    CloudObject,
    Existing,
    Failure,
    ResourceRequest,
    StandIn,
} from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { isProps, same, Unknown } from "../provider/values";
import { regionOf } from "./account";
import { fillName, isAutonamed, namedByPrefix } from "./autoname";
import type { Admission, AwsType, Making } from "./aws-type";
import { refuse, shortName } from "./aws-type";
import { describedInputs, documentProblems, fillDocuments } from "./documents";
import type { Problem } from "./grammar";
import { grammarProblems, missingProblems, replacedBy } from "./grammar";
import { lookUp } from "./lookups";
import { grammarOf } from "./published";
import { checkReferences, checkUnique, heldBy, holdersIn } from "./references";
import { awsTypes } from "./types";

const holders = holdersIn(awsTypes);

function typeOf(token: string): AwsType {
    const known = Object.hasOwn(awsTypes, token) ? awsTypes[token] : undefined;
    return known ?? refuse("NotRehearsed", unknownType(token));
}

function unknownType(token: string): string {
    return `the rehearsal does not know ${token}; add it to a file of rehearsal/aws/types/`;
}

function isRegional(type: string): boolean {
    const grammar = grammarOf(type);
    return grammar === undefined || Object.hasOwn(grammar.properties, "region");
}

function* ownProblems(
    type: string,
    aws: AwsType,
    inputs: Props,
    region: string,
): Generator<Problem> {
    for (const property of aws.required ?? []) {
        if ((inputs[property] ?? null) === null)
            yield { property, reason: "is required and not given" };
    }
    yield* missingProblems(type, inputs);
    yield* grammarProblems(type, describedInputs(type, inputs, aws.documents ?? []));
    yield* documentProblems(inputs, aws.documents ?? []);
    yield* aws.inputProblems?.(inputs, region) ?? [];
}

/**
 * What replaces the resource: published immutable arguments, those that only we know of, and its region, whether
 * the argument moves it or the provider that it falls back to.
 *
 * @see https://hashicorp.github.io/terraform-provider-aws/enhanced-region-support
 */
function replacing(
    type: string,
    aws: AwsType,
    old: CloudObject,
    now: Props,
    region: string,
): readonly string[] {
    const published = replacedBy(type, old.inputs, now).filter((key) => key !== "region");
    const own = (aws.immutable ?? []).filter((key) => !same(old.inputs[key], now[key]));
    const moved = isRegional(type) && old.outputs["region"] !== region ? ["region"] : [];
    return [...published, ...own, ...moved];
}

/** A made-up output in a preview: what the inputs say stays, everything else is unknown. */
function blurred(value: Value | undefined, input: Value | undefined): Value {
    if (value === undefined || value === Unknown) return Unknown;
    if (input !== undefined && same(value, input)) return value;
    if (!isProps(value) || !isProps(input)) return Unknown;
    const entries = Object.entries(value).map(([key, each]): [string, Value] => [
        key,
        blurred(each, input[key]),
    ]);
    return Object.fromEntries(entries);
}

function blurredProps(made: Props, inputs: Props): Props {
    const entries = Object.entries(made).map(([key, each]): [string, Value] => [
        key,
        blurred(each, inputs[key]),
    ]);
    return Object.fromEntries(entries);
}

function certain(type: string, aws: AwsType, inputs: Props, region: string): Props {
    const tagged = grammarOf(type)?.outputs.includes("tagsAll") ?? "tags" in inputs;
    return {
        ...aws.defaults,
        ...inputs,
        ...(isRegional(type) ? { region } : {}),
        ...(tagged ? { tagsAll: inputs["tags"] ?? {} } : {}),
    };
}

function admit(aws: AwsType, admission: Admission, outputs: Props): void {
    checkReferences(admission, aws.references ?? []);
    checkUnique(admission, outputs, aws.unique ?? []);
    aws.admit?.(admission);
}

function create({ type, inputs, cloud, config, preview }: ResourceRequest & { preview: boolean }) {
    const aws = typeOf(type);
    const region = regionOf(inputs, config);
    const named = { ...inputs, ...namedByPrefix(inputs, aws.autoname) };
    const base = { inputs: named, region, cloud };
    const known = certain(type, aws, named, region);
    if (preview) {
        const making: Making = { ...base, id: "" };
        const made = { ...aws.made?.(making), ...aws.computed?.(making) };
        const prefixed = blurredProps(namedByPrefix(inputs, aws.autoname), {});
        return { id: "", outputs: { ...known, ...prefixed, ...blurredProps(made, inputs) } };
    }
    admit(aws, { ...base, type }, known);
    const id = aws.id(base);
    if (aws.setting !== true && cloud.find(type, id) !== undefined) {
        const what = `there is a ${shortName(type)} ${id} already`;
        refuse("EntityAlreadyExists", `${what}; change the existing one, or delete it first`);
    }
    const making: Making = { ...base, id };
    return { id, outputs: { ...known, ...aws.made?.(making), ...aws.computed?.(making) } };
}

function update({ type, inputs, cloud, config, old, preview }: Existing & { preview: boolean }) {
    const aws = typeOf(type);
    const region = regionOf(inputs, config);
    const fixed = replacing(type, aws, old, inputs, region);
    if (!preview && fixed.length > 0) {
        const what = `${fixed.join(", ")}: a ${shortName(type)} cannot change this in place`;
        refuse("InvalidParameterValue", `${what}; replace ${old.id}`);
    }
    const kept = Object.entries(old.outputs).filter(([key]) => !(key in old.inputs));
    const making: Making = { id: old.id, inputs, region, cloud, old };
    const known = { ...Object.fromEntries(kept), ...certain(type, aws, inputs, region) };
    if (!preview) admit(aws, { type, inputs, region, cloud, old }, known);
    const computed = aws.computed?.(making) ?? {};
    return {
        outputs: { ...known, ...(preview ? settled(computed, inputs, old.outputs) : computed) },
    };
}

/** In a preview of an update an output that would stay as it is stays known. */
function settled(computed: Props, inputs: Props, old: Props): Props {
    const entries = Object.entries(computed).map(([key, value]): [string, Value] => [
        key,
        same(value, old[key]) ? value : blurred(value, inputs[key]),
    ]);
    return Object.fromEntries(entries);
}

/** Stands in for @pulumi/aws: an empty account that refuses what AWS refuses. Nothing leaves the machine. */
export const awsStandIn: StandIn = {
    package: "aws",
    version,
    check({ type, name, inputs, old, config }) {
        const aws = Object.hasOwn(awsTypes, type) ? awsTypes[type] : undefined;
        if (aws === undefined) {
            return { inputs, failures: [{ property: "", reason: unknownType(type) }] };
        }
        const named = fillName(name, fillDocuments(inputs, aws.documents ?? []), old, aws.autoname);
        const region = regionOf(inputs, config);
        const problems = [...named.problems, ...ownProblems(type, aws, named.inputs, region)];
        // Without a property, for the engine prints the value of one that it is told of.
        const failures = problems.map(({ property, reason }): Failure => ({
            property: "",
            reason: `${property}: ${reason}`,
        }));
        return { inputs: named.inputs, failures };
    },
    diff({ type, name, inputs, old, config }) {
        const aws = typeOf(type);
        const keys = new Set([...Object.keys(inputs), ...Object.keys(old.inputs)]);
        const given = [...keys].filter((key) => !same(inputs[key], old.inputs[key]));
        const replaces = replacing(type, aws, old, inputs, regionOf(inputs, config));
        const changed = [...new Set([...given, ...replaces])];
        const nameStays =
            aws.autoname !== undefined &&
            same(inputs[aws.autoname.property], old.inputs[aws.autoname.property]) &&
            !isAutonamed(name, inputs, aws.autoname);
        const first = aws.deleteBeforeReplace === true || nameStays;
        return { changed, replaces, deleteBeforeReplace: replaces.length > 0 && first };
    },
    create,
    update,
    delete({ type, cloud, old }) {
        const aws = typeOf(type);
        aws.release?.(old, cloud);
        const held = heldBy(cloud, old, holders);
        if (held === undefined) return;
        const { holder, path } = held;
        refuse(
            aws.inUse ?? "DependencyViolation",
            `${shortName(type)} ${old.id} cannot be deleted: ${shortName(holder.type)} ${holder.id} ` +
                `refers to it (${path}); delete that first`,
        );
    },
    leaves: ({ type, old }) => typeOf(type).leaves?.(old) ?? [],
    invoke: lookUp,
    secretOutputs(type) {
        return (Object.hasOwn(awsTypes, type) ? awsTypes[type]?.secrets : undefined) ?? [];
    },
};
