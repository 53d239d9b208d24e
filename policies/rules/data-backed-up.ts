import type { BackedUp } from "../backup-selection";
import { selects } from "../backup-selection";
import { placeOf } from "../place";
import type { Plain } from "../plain";
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

/** Makes disks that nobody registers; those outlive their claim, so they are there to be kept. */
const storageClassType = "kubernetes:storage.k8s.io/v1:StorageClass";

const selectionType = "aws:backup/selection:Selection";

/** Every disk, file system and database of the stack, and every disk that a claim keeps, is in a selection that a backup plan copies. */
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
            .filter((resource) => examples.has(resource.type) || makesKeptDisks(resource))
            .filter((resource) => !selections.some((each) => selects(each, asBackedUp(resource))))
            .map((resource) => ({
                urn: resource.urn,
                ...placeOf(inventory.ownerOf(resource)),
                message: makesKeptDisks(resource)
                    ? "the disks that it makes are in no selection of a backup plan"
                    : `${resource.type} is in no selection of a backup plan`,
                fix: dataBackedUp.fix,
            }));
    },
};

function makesKeptDisks({ type, inputs }: Resource): boolean {
    return (
        type === storageClassType &&
        inputs["provisioner"] === "ebs.csi.aws.com" &&
        inputs["reclaimPolicy"] === "Retain"
    );
}

function asBackedUp(resource: Resource): BackedUp {
    const { urn, type, inputs, outputs } = resource;
    if (makesKeptDisks(resource)) {
        const arn = examples.get("aws:ebs/volume:Volume") ?? "";
        return { urn, arn, tags: tagsOfDisks(inputs["parameters"]) };
    }
    const arn = textOf(outputs["arn"]) ?? examples.get(type) ?? "";
    return { urn, arn, tags: isPlain(inputs["tags"]) ? inputs["tags"] : {} };
}

/**
 * The tags that the EBS driver writes on a disk, out of a class's `tagSpecification_1: "key=value"`.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
 */
function tagsOfDisks(parameters: unknown): Plain {
    if (!isPlain(parameters)) return {};
    const written = Object.keys(parameters)
        .filter((name) => name.startsWith("tagSpecification_"))
        .map((name) => textOf(parameters[name]) ?? "");
    return Object.fromEntries(
        written.map((each) => {
            const at = each.indexOf("=");
            return [each.slice(0, at), each.slice(at + 1)];
        }),
    );
}
