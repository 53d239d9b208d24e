import type { SpawnPoint } from "../../components/model/carriers/spawn-points";
import { spawnPoints, spawnPointsOf, valuesAt } from "../../components/model/carriers/spawn-points";
import { ownerOf } from "../../components/model/matrix";
import { ownerLabels } from "../../components/model/tags";
import { differences } from "../carried";
import { placeOf } from "../place";
import type { Plain } from "../plain";
import { isPlain, textOf } from "../plain";
import type { Finding, ResourceRule } from "../rule";

type Keys = Readonly<Record<string, string>>;

/** What makes further resources by itself hands its owner on to them. */
export const spawnPointsHandOn: ResourceRule = {
    id: "OWN5",
    name: "spawn-points",
    why: "Machines, volumes, pods and load balancers that others make inherit no tag, and cost the most.",
    fix: "Write the owner there too: tagSpecifications, recoveryPointTags, template labels, parameters.",
    level: "mandatory",
    appliesTo: (type) => Object.hasOwn(spawnPoints, type),
    check(resource, { inventory }) {
        const { urn, type, inputs } = resource;
        const owner = inventory.ownerOf(resource);
        // Without an owner there is nothing to compare with: `inside-one-layer` has said so.
        if (owner === undefined) return [];
        const matrix = inventory.matrix();
        const points = spawnPointsOf(resource, matrix?.platform);
        const wrong = points.flatMap((point) => {
            const handed =
                point.layer === undefined || matrix === undefined
                    ? owner
                    : ownerOf(matrix, point.layer, owner.scope);
            // Nobody answers for that layer: `gate` has said so.
            if (handed === undefined) return [];
            const lacks = lacking(point, inputs, ownerLabels(handed));
            return lacks.length === 0
                ? []
                : [`${point.hands} (${point.path.join(".")}): ${lacks.join(", ")}`];
        });
        if (type === launchTemplate) wrong.push(...unnamedKinds(inputs));
        return wrong.map((what): Finding => {
            const message = `${type} hands no owner on to ${what}`;
            return { urn, ...placeOf(owner), message, fix: spawnPointsHandOn.fix };
        });
    },
};

/** What a spawn point lacks, in words; the other way, where there is one, serves as well. */
function lacking(point: SpawnPoint, inputs: Plain, keys: Keys): string[] {
    const first = lackingAt(point, valuesAt(inputs, point.path), keys);
    if (first.length === 0 || point.or === undefined) return first;
    return lackingAt(point, valuesAt(inputs, point.or), keys).length === 0 ? [] : first;
}

function lackingAt({ holds, path }: SpawnPoint, values: readonly unknown[], keys: Keys): string[] {
    switch (holds) {
        case "keys":
            return [...new Set(values.flatMap((value) => inMap(value, keys)))];
        case "propagate": {
            const travelling = values
                .filter(isPlain)
                .filter((each) => each["propagateAtLaunch"] === true);
            const found = new Map(travelling.map((each) => [each["key"], textOf(each["value"])]));
            return differences(keys, (key) => found.get(key));
        }
        case "pair":
            return inPairs(values, keys);
        case "pairs":
            return inPairs(
                values.flatMap((value) => textOf(value)?.split(",") ?? []),
                keys,
            );
        case "file":
            return [...new Set(values.flatMap((value) => inMap(labelsIn(textOf(value)), keys)))];
        case "flag":
            return values.includes(true) ? [] : [`${path.join(".")} is not true`];
        case "reference":
            return values.some((value) => value !== undefined) ? [] : [`no ${path.join(".")}`];
        case "nothing":
            return ["nothing it takes would; make them as resources of their own"];
    }
}

function inMap(value: unknown, keys: Keys): string[] {
    const map = isPlain(value) ? value : {};
    return differences(keys, (key) => textOf(map[key]));
}

/** The labels that a text of JSON names; what is no such text names none. */
function labelsIn(text: string | undefined): unknown {
    try {
        const parsed: unknown = JSON.parse(text ?? "");
        return isPlain(parsed) ? parsed["labels"] : undefined;
    } catch {
        return undefined;
    }
}

function inPairs(pairs: readonly unknown[], keys: Keys): string[] {
    const found = new Map(
        pairs.flatMap((pair): [string, string][] => {
            const [key = "", value] = (textOf(pair) ?? "").trim().split("=", 2);
            return value === undefined ? [] : [[key, value]];
        }),
    );
    return differences(keys, (key) => found.get(key));
}

const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";

/** What every machine of a launch template comes with. Tags reach only the kinds that are named. */
const kinds = ["instance", "volume", "network-interface"];

function unnamedKinds(inputs: Plain): string[] {
    const named = valuesAt(inputs, ["tagSpecifications", "[]", "resourceType"]);
    const unnamed = kinds.filter((kind) => !named.includes(kind));
    return unnamed.length === 0 ? [] : [`${unnamed.join(", ")}: no tagSpecifications name them`];
}
