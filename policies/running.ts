import type { ServiceSlug } from "../components/model/commcare/services";
import { serviceSlugs, serviceTag } from "../components/model/commcare/services";
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
