import type { ServiceSlug } from "../components/model/commcare/services";
import { serviceSlugs, serviceTag } from "../components/model/commcare/services";
import type { Chosen } from "../components/model/commcare/ending-support";
import { oldestPostgresql } from "../components/model/commcare/ending-support";
import { isPlain, textOf } from "./plain";
import type { Resource } from "./resource";

/** The services of CommCare that stand on machines of a stack, by the tags of the machines; none where none says so. */
export function servicesOnMachines(resources: Iterable<Pick<Resource, "inputs">>): ServiceSlug[] {
    const named = new Set<string>();
    for (const { inputs } of resources) {
        const tags = inputs["tags"];
        const text = isPlain(tags) ? textOf(tags[serviceTag]) : undefined;
        for (const word of text?.split(" ") ?? []) named.add(word);
    }
    return serviceSlugs.filter((slug) => named.has(slug));
}

/** By the type of a database of the cloud, the argument that says its version. */
const versionKeys: Readonly<Record<string, string>> = {
    "aws:rds/instance:Instance": "engineVersion",
    "azure-native:dbforpostgresql:Server": "version",
};

/** Versions that databases of the cloud were asked for. */
export function chosenVersions(resources: Iterable<Pick<Resource, "type" | "inputs">>): Chosen {
    const versions = [...resources].flatMap(({ type, inputs }) => {
        const key = versionKeys[type];
        return key === undefined ? [] : (textOf(inputs[key]) ?? []);
    });
    return oldestPostgresql(versions);
}
