import type { BackedUp } from "../backup-selection";
import { selects } from "../backup-selection";
import { placeOf } from "../place";
import { isPlain, textOf } from "../plain";
import type { Resource } from "../resource";
import type { StackRule } from "../rule";

/** Disks, file systems and databases that AWS Backup copies, with an ARN as each has it. */
const examples: ReadonlyMap<string, string> = new Map([
    ["aws:ebs/volume:Volume", "arn:aws:ec2:region:account:volume/vol-unknown"],
    [
        "aws:efs/fileSystem:FileSystem",
        "arn:aws:elasticfilesystem:region:account:file-system/fs-unknown",
    ],
    ["aws:rds/instance:Instance", "arn:aws:rds:region:account:db:unknown"],
    ["aws:rds/cluster:Cluster", "arn:aws:rds:region:account:cluster:unknown"],
]);

const selectionType = "aws:backup/selection:Selection";

/** Every disk, file system and database of the stack is in a selection that a backup plan copies. */
export const dataBackedUp: StackRule = {
    id: "DAT3",
    name: "data-backed-up",
    why: "A disk outside every selection is found missing on the day it is needed.",
    fix: "Tag it as the selection asks, or name it in `resources` of an aws.backup.Selection.",
    level: "mandatory",
    checkStack({ inventory }) {
        const all = [...inventory.all()];
        const selections = all.filter(({ type }) => type === selectionType);
        return all
            .filter((resource) => examples.has(resource.type))
            .filter((resource) => !selections.some((each) => selects(each, asBackedUp(resource))))
            .map((resource) => ({
                urn: resource.urn,
                ...placeOf(inventory.ownerOf(resource)),
                message: `${resource.type} is in no selection of a backup plan`,
                fix: dataBackedUp.fix,
            }));
    },
};

function asBackedUp({ urn, type, inputs, outputs }: Resource): BackedUp {
    const arn = textOf(outputs["arn"]) ?? examples.get(type) ?? "";
    return { urn, arn, tags: isPlain(inputs["tags"]) ? inputs["tags"] : {} };
}
