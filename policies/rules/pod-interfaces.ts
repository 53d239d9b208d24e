import { ownerOf } from "../../components/model/matrix";
import { ownerLabels } from "../../components/model/tags";
import { differences } from "../carried";
import { placeOf } from "../place";
import { isPlain, textOf } from "../plain";
import type { Resource } from "../resource";
import type { Finding, ResourceRule } from "../rule";

/** Where the add-on is told what to write on the interfaces that it makes. */
export const interfaceTags = "env.ADDITIONAL_ENI_TAGS";

/** Whether a resource is the add-on that gives pods their addresses. */
export const givesAddresses = ({ type, inputs }: Pick<Resource, "type" | "inputs">): boolean =>
    type === "aws:eks/addon:Addon" && inputs["addonName"] === "vpc-cni";

/**
 * Network interfaces that nodes make for their pods carry the owner of the machines, who is not that of the add-on.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s#additional_eni_tags-v160
 */
export const podInterfaces: ResourceRule = {
    id: "OWN9",
    name: "pod-interfaces",
    why: "One that a lost node leaves behind holds its subnet, and nobody knows whose it is.",
    fix: "Write the tags of the machines as ADDITIONAL_ENI_TAGS into the settings of vpc-cni.",
    level: "mandatory",
    appliesTo: (type) => type === "aws:eks/addon:Addon",
    check(resource, { inventory }) {
        const matrix = inventory.matrix();
        if (matrix === undefined || !givesAddresses(resource)) return [];
        const owner = ownerOf(matrix, "node-pools") ?? inventory.ownerOf(resource);
        if (owner === undefined) return [];
        const tags = readTags(textOf(resource.inputs["configurationValues"]));
        const lacks = differences(ownerLabels(owner), (key) => textOf(tags[key]));
        if (lacks.length === 0) return [];
        const message = `vpc-cni hands no owner on to network interfaces (${interfaceTags}): ${lacks.join(", ")}`;
        const finding: Finding = {
            urn: resource.urn,
            ...placeOf(owner),
            message,
            fix: podInterfaces.fix,
        };
        return [finding];
    },
};

/** JSON in JSON: the add-on takes its tags as a text. */
function readTags(configuration: string | undefined): Readonly<Record<string, unknown>> {
    const values = parsed(configuration);
    const env = isPlain(values) ? values["env"] : undefined;
    const tags = parsed(isPlain(env) ? textOf(env["ADDITIONAL_ENI_TAGS"]) : undefined);
    return isPlain(tags) ? tags : {};
}

function parsed(text: string | undefined): unknown {
    try {
        return text === undefined ? undefined : JSON.parse(text);
    } catch {
        return undefined; // no JSON holds no tags
    }
}
