import { valuesAt } from "../../components/model/carriers/spawn-points";
import { findLayer } from "../../components/model/layers";
import { placeOf } from "../place";
import type { ResourceRule } from "../rule";

const vaultType = "azure-native:keyvault:Vault";

/** What is gone with its resource, and the provider's own protection where it has one. */
const holdsData: ReadonlyMap<string, string | undefined> = new Map([
    ["aws:ebs/volume:Volume", undefined],
    ["aws:efs/fileSystem:FileSystem", undefined],
    ["aws:fsx/lustreFileSystem:LustreFileSystem", undefined],
    ["aws:fsx/openZfsFileSystem:OpenZfsFileSystem", undefined],
    ["aws:s3/bucket:Bucket", undefined],
    ["aws:s3/bucketV2:BucketV2", undefined],
    ["aws:rds/instance:Instance", "deletionProtection"],
    ["aws:rds/cluster:Cluster", "deletionProtection"],
    ["aws:docdb/cluster:Cluster", "deletionProtection"],
    ["aws:dynamodb/table:Table", "deletionProtectionEnabled"],
    ["aws:opensearch/domain:Domain", undefined],
    ["aws:elasticache/replicationGroup:ReplicationGroup", undefined],
    ["aws:backup/vault:Vault", undefined],
    ["aws:kms/key:Key", undefined], // without its key an encrypted disk is noise
    ["azure-native:compute:Disk", undefined],
    ["azure-native:storage:StorageAccount", undefined],
    ["azure-native:storage:FileShare", undefined],
    ["azure-native:storage:BlobContainer", undefined],
    ["azure-native:netapp:CapacityPoolVolume", undefined],
    ["azure-native:dbforpostgresql:Server", undefined],
    ["azure-native:dbforpostgresql:Database", undefined],
    ["azure-native:redisenterprise:RedisEnterprise", undefined],
    ["azure-native:redisenterprise:Database", undefined],
    ["azure-native:keyvault:Key", undefined], // as above
    [vaultType, undefined],
    ["azure-native:dataprotection:BackupVault", undefined],
    ["azure-native:recoveryservices:Vault", undefined],
    ["kubernetes:core/v1:PersistentVolume", undefined],
    ["kubernetes:core/v1:PersistentVolumeClaim", undefined],
]);

/** The same type of one API version is the same resource. */
const anyVersion = (type: string) => type.replace(/^(azure-native:\w+)\/v\d+\w*:/, "$1:");

/** In a layer whose data cannot be had again, what holds it is protected against deletion. */
export const dataProtected: ResourceRule = {
    id: "DAT2",
    name: "data-protected",
    why: "One wrong line in a stack file must not delete what nobody can make again.",
    fix: "Create it with `{ protect: true }`; `destroy --release LAYER` lifts that for one layer.",
    level: "mandatory",
    appliesTo: (type) => holdsData.has(anyVersion(type)),
    check(resource, { inventory }) {
        const { urn, type, protect, inputs } = resource;
        const matrix = inventory.matrix();
        const owner = inventory.ownerOf(resource);
        if (matrix === undefined || owner === undefined) return [];
        const finding = (what: string, fix: string) => {
            const message = `${type} holds data and ${what}`;
            return { urn, ...placeOf(owner), message, fix };
        };
        // In whichever layer it stands: whoever may delete a vault could else purge the keys of all disks at once.
        const purged =
            anyVersion(type) === vaultType &&
            !valuesAt(inputs, ["properties", "enablePurgeProtection"]).includes(true)
                ? [finding("may be purged", "write properties.enablePurgeProtection: true")]
                : [];
        if (findLayer(matrix.workload, owner.layer)?.data !== true) return purged;
        const own = holdsData.get(anyVersion(type));
        const held = protect || (own !== undefined && inputs[own] === true);
        // Off by default: only what asks to go without one has none. A value not known yet counts as asked.
        const { skipFinalSnapshot: skips = false } = inputs;
        return [
            ...purged,
            ...(held ? [] : [finding("may be deleted", dataProtected.fix)]),
            ...(skips === false || skips === null
                ? []
                : [finding("would go without a last copy", "write skipFinalSnapshot: false")]),
        ];
    },
};
