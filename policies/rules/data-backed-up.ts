import { uncopiedOnAzure } from "../azure-backups";
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

/** Makes disks that nobody registers. */
const storageClassType = "kubernetes:storage.k8s.io/v1:StorageClass";

/** What a host has whose data nothing copies off it. */
const noBackupsType = "steward:vms:NoBackups";

const selectionType = "aws:backup/selection:Selection";

/** Every disk, file system and database of the stack, and every disk that a claim keeps, is in something that copies it. */
export const dataBackedUp: StackRule = {
    id: "DAT3",
    name: "data-backed-up",
    why: "A disk outside every selection is found missing on the day it is needed.",
    fix: "Tag it as the selection asks, or name it in an aws.backup.Selection; on Azure protect it in a vault; on hosts name a repository.",
    level: "mandatory",
    checkStack({ inventory }) {
        const all = [...inventory.all()];
        const selections = all.filter(({ type }) => type === selectionType);
        const finding = (resource: Resource, message: string, fix: string) => ({
            urn: resource.urn,
            ...placeOf(inventory.ownerOf(resource)),
            message,
            fix,
        });
        const unselected = all
            .filter((resource) => examples.has(resource.type) || makesKeptDisks(resource))
            .filter((resource) => !selections.some((each) => selects(each, asBackedUp(resource))))
            .map((each) => {
                const what = makesKeptDisks(each)
                    ? "the disks that it makes are"
                    : `${each.type} is`;
                return finding(each, `${what} in no selection of a backup plan`, dataBackedUp.fix);
            });
        const unkept = all
            .filter(keepsNoBackups)
            .map((each) =>
                finding(
                    each,
                    `${each.type} keeps no backups of its own`,
                    "write backupRetentionPeriod, in days",
                ),
            );
        const uncopied = uncopiedOnAzure(all).map(({ resource, message, fix }) =>
            finding(resource, message, fix),
        );
        const onHosts = all
            .filter(({ type }) => type === noBackupsType)
            .map((each) =>
                finding(
                    each,
                    "nothing copies the data of this host off it",
                    "name a repository in steward:vms.backups, or exempt it in steward:exemptions with the reason",
                ),
            );
        return [...unselected, ...unkept, ...uncopied, ...onHosts];
    },
};

/**
 * Without it a database can be had back only as it was at the last daily copy. The provider's default is none; an
 * instance of a cluster, or a copy of another instance, takes that one's.
 */
function keepsNoBackups({ type, inputs }: Resource): boolean {
    if (type !== "aws:rds/instance:Instance" || inputs["replicateSourceDb"] !== undefined)
        return false;
    const { backupRetentionPeriod: days } = inputs;
    return typeof days !== "number" || days < 1;
}

/** A class whose disks outlive their claim, so that they are there to be kept. */
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
