import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../provider/stand-in";
import type { Props, Value } from "../../provider/values";
import { isProps } from "../../provider/values";
import { textAt } from "../path";
import type { KubernetesObject } from "../../helm/object";
import type { ObjectList } from "./object";

/** What scripts/scan-charts.mjs writes: one rendering of a released chart, without hooks. */
interface Recording {
    readonly version: string;
    readonly release: string;
    readonly namespace: string;
    /** Stands in values and objects for what is known only while deploying. */
    readonly address: string;
    readonly values: Props;
    /** Of definitions of kinds the descriptions are left out. */
    readonly objects: readonly KubernetesObject[];
}

export interface RecordedChart {
    /** The folder beside this file that holds the recording. */
    readonly folder: string;
    readonly version: string;
    /** Dotted way to the value that the recording has `address` for, if there is one. */
    readonly addressAt?: string;
}

/**
 * The objects of a chart as it was rendered once, with the values that Steward gives it. Values are held against
 * the recorded ones: other values would make other objects, which nobody here knows.
 */
export function recordedChart({ folder, version, addressAt }: RecordedChart): ObjectList {
    let loaded: Recording | undefined;
    // Read with the first such chart: most runs of the tests have none.
    const recording = (): Recording => {
        const path = join(__dirname, folder, "recorded.generated.json");
        loaded ??= JSON.parse(readFileSync(path, "utf8")) as Recording;
        return loaded;
    };
    const given = (values: Props) =>
        addressAt === undefined ? undefined : textAt(values, addressAt);
    return {
        versions: [version],
        problems(values) {
            const { values: recorded, address } = recording();
            const wanted = replaced(recorded, address, given(values) ?? address) as Props;
            return differences(values, wanted, "");
        },
        objects({ release, namespace, values }) {
            const { address, objects, ...of } = recording();
            if (release !== of.release || namespace !== of.namespace) {
                throw new Refusal(
                    `chart ${folder}: recorded as ${of.release} in ${of.namespace}, not as ` +
                        `${release} in ${namespace}; put helm on PATH to render it`,
                );
            }
            const all = objects as unknown as Value;
            return replaced(
                all,
                address,
                given(values) ?? address,
            ) as unknown as KubernetesObject[];
        },
    };
}

function replaced(value: Value, from: string, to: string): Value {
    if (typeof value === "string") return value.replaceAll(from, to);
    if (Array.isArray(value)) return value.map((each) => replaced(each, from, to));
    if (!isProps(value)) return value;
    return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, replaced(each, from, to)]),
    );
}

/** Where two sets of values differ, as "where: what". */
function differences(value: Value | undefined, wanted: Value | undefined, path: string): string[] {
    if (isProps(value) && isProps(wanted)) {
        const keys = [...new Set([...Object.keys(value), ...Object.keys(wanted)])];
        return keys.flatMap((key) =>
            differences(value[key], wanted[key], path === "" ? key : `${path}.${key}`),
        );
    }
    if (Array.isArray(value) && Array.isArray(wanted) && value.length === wanted.length) {
        return value.flatMap((each, at) => differences(each, wanted[at], `${path}[${String(at)}]`));
    }
    if (JSON.stringify(value) === JSON.stringify(wanted)) return [];
    return [`${path}: is not what was recorded; run scripts/scan-charts.mjs again`];
}
