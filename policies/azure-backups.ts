import { valuesAt } from "../components/model/carriers/spawn-points";
import { textOf } from "./plain";
import type { Resource } from "./resource";

const diskType = "azure-native:compute:Disk";
const machineType = "azure-native:compute:VirtualMachine";
const shareType = "azure-native:storage:FileShare";
const itemType = "azure-native:recoveryservices:ProtectedItem";
const workflowType = "azure-native:logic:Workflow";

/** What Azure Backup is told to copy: one thing each. */
const copies: ReadonlySet<string> = new Set([
    itemType,
    "azure-native:dataprotection:BackupInstance",
]);

/** What one of Azure's resources lacks of copies. */
export interface Uncopied {
    readonly resource: Resource;
    readonly message: string;
    readonly fix: string;
}

const readsFrom = (reader: Resource, urn: string): boolean =>
    Object.values(reader.dependencies).some((urns) => urns.includes(urn));

/** Whether a share speaks NFS, which Azure Backup does not cover. */
const speaksNfs = ({ type, inputs }: Resource): boolean =>
    type === shareType && inputs["enabledProtocols"] === "NFS";

/** The account that a share lies in is what both of them read. */
function accountsOf(share: Resource): readonly string[] {
    return share.dependencies["accountName"] ?? [];
}

/**
 * Disks that nothing copies, neither themselves nor with the machine that has them; shares that nothing takes
 * snapshots of; and shares of NFS that somebody takes for copied. A server of PostgreSQL copies itself, for seven
 * days at least.
 *
 * @see https://learn.microsoft.com/azure/backup/azure-file-share-support-matrix
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-backup-restore
 */
export function uncopiedOnAzure(all: readonly Resource[]): readonly Uncopied[] {
    const takers = all.filter(({ type }) => copies.has(type));
    const isTaken = ({ urn }: Resource) => takers.some((taker) => readsFrom(taker, urn));
    const machines = all.filter((each) => each.type === machineType && isTaken(each));
    const disks = all
        .filter(({ type }) => type === diskType)
        .filter((disk) => !isTaken(disk) && !machines.some((each) => readsFrom(each, disk.urn)))
        .map((resource) => ({
            resource,
            message: `${diskType} is copied by nothing`,
            fix: "name it, or the machine that has it, in a dataprotection.BackupInstance or recoveryservices.ProtectedItem",
        }));
    const workflows = all.filter(({ type }) => type === workflowType);
    const hasSnapshots = (share: Resource) =>
        workflows.some((each) =>
            [share.urn, ...accountsOf(share)].some((urn) => readsFrom(each, urn)),
        );
    const shares = all
        .filter(({ type }) => type === shareType)
        .filter((share) => (speaksNfs(share) ? !hasSnapshots(share) : !isTaken(share)))
        .map((resource) => ({
            resource,
            message: `${shareType} is copied by nothing`,
            fix: speaksNfs(resource)
                ? "let a logic.Workflow take snapshots of it: Azure Backup does not cover NFS"
                : "name it in a recoveryservices.ProtectedItem",
        }));
    return [...disks, ...shares, ...takenForCopied(all)];
}

/** Items of a vault that name a share of NFS: the service refuses them, or copies nothing. */
function takenForCopied(all: readonly Resource[]): readonly Uncopied[] {
    const shares = all.filter(speaksNfs);
    return all
        .filter(({ type }) => type === itemType)
        .filter((item) => shares.some((share) => names(item, share)))
        .map((resource) => ({
            resource,
            message: `${itemType} names a share of NFS, which Azure Backup does not cover`,
            fix: "remove it, and let a logic.Workflow take snapshots of the share",
        }));
}

/** By what it was made from, or by the name of the share and its account. */
function names(item: Resource, share: Resource): boolean {
    if (readsFrom(item, share.urn)) return true;
    const [kind] = valuesAt(item.inputs, ["properties", "protectedItemType"]);
    if (kind !== "AzureFileShareProtectedItem") return false;
    const [, ...parts] = (textOf(item.inputs["protectedItemName"]) ?? "").split(";");
    const same = parts.at(-1) === textOf(share.inputs["shareName"]);
    return same && accountsOf(share).some((urn) => readsFrom(item, urn));
}
