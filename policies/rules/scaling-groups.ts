import { ownerLabels } from "../../components/model/tags";
import { differences } from "../carried";
import { placeOf } from "../place";
import { isPlain, textOf } from "../plain";
import type { Resource } from "../resource";
import type { Finding, StackRule } from "../rule";

export const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
const tagType = "aws:autoscaling/tag:Tag";

/**
 * The scaling group that EKS makes for a node group carries the owner. EKS hands no tag on to it; a tag of it is a
 * resource by itself, which can only be seen when all are there.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
export const scalingGroups: StackRule = {
    id: "OWN10",
    name: "scaling-groups",
    why: "What starts and stops the machines inherits no tag of the node group that it was made for.",
    fix: "Make an aws.autoscaling.Tag for each key of the owner on the scaling group of the node group.",
    level: "mandatory",
    checkStack({ inventory }) {
        const all = [...inventory.all()];
        const tags = all.filter(({ type }) => type === tagType);
        return all
            .filter(({ type }) => type === nodeGroupType)
            .flatMap((group): Finding[] => {
                const owner = inventory.ownerOf(group);
                if (owner === undefined) return [];
                const found = tagsOf(group, tags);
                const lacks = differences(ownerLabels(owner), (key) => found.get(key));
                if (lacks.length === 0) return [];
                const message = `${group.type} hands no owner on to its scaling group: ${lacks.join(", ")}`;
                return [{ urn: group.urn, ...placeOf(owner), message, fix: scalingGroups.fix }];
            });
    },
};

/** What the tags say that were made for the scaling group of a node group. */
function tagsOf({ urn }: Resource, tags: readonly Resource[]): ReadonlyMap<string, string> {
    const own = tags.filter(({ dependencies }) =>
        dependencies["autoscalingGroupName"]?.includes(urn),
    );
    return new Map(
        own.flatMap(({ inputs: { tag } }): [string, string][] => {
            const { key, value } = isPlain(tag) ? tag : {};
            const [name, text] = [textOf(key), textOf(value)];
            return name === undefined || text === undefined ? [] : [[name, text]];
        }),
    );
}
