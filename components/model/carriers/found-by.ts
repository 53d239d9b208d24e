import type { SpawnPoint } from "./spawn-points";

/** Something that a resource makes and that the cloud lets nobody hand a tag on to: how it is found instead. */
export interface FoundBy {
    /** What comes into being, in the words of a report. */
    readonly hands: string;
    /** What leads from it to the resource, whose layer owns it. */
    readonly by: string;
    /** Its description in EC2, with `{property}` of the resource's state: an interface that says it is known by it. */
    readonly description?: string;
    /** As of a spawn point. */
    readonly when?: SpawnPoint["when"];
}

const inside = (hands: string, holder: string): FoundBy => ({
    hands,
    by: `the ${holder} that holds them`,
});

const card = (description: string, when?: SpawnPoint["when"]): FoundBy => ({
    hands: "network interfaces",
    by: `their description, \`${description}\``,
    description,
    ...(when === undefined ? {} : { when }),
});

/**
 * What Azure makes for a resource. Tags of a resource stay on it; a policy of its group may copy those of the group,
 * later. An interface of an endpoint, and what a vault keeps, can be changed by nobody but the service.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-overview#private-endpoint-properties
 * @see https://learn.microsoft.com/azure/backup/backup-during-vm-creation#azure-backup-resource-group-for-virtual-machines
 */
const ofAzure: Readonly<Record<string, readonly FoundBy[]>> = {
    "azure-native:compute:VirtualMachine": [
        { hands: "the disk of its system", by: "its `managedBy`, which is the machine's id" },
    ],
    "azure-native:network:PrivateEndpoint": [
        { hands: "a network interface", by: "its `privateEndpoint`, which is the endpoint's id" },
    ],
    "azure-native:network:VirtualNetwork": [
        {
            hands: "a network watcher for the region",
            by: "its group, `NetworkWatcherRG`, which is the subscription's",
        },
    ],
    "azure-native:storage:BlobContainer": [inside("objects", "container")],
    "azure-native:storage:FileShare": [inside("files and snapshots", "share")],
    "azure-native:containerregistry:Registry": [inside("images", "registry")],
    "azure-native:operationalinsights:Workspace": [inside("tables", "workspace")],
    "azure-native:dbforpostgresql:Server": [inside("copies", "server")],
    "azure-native:dataprotection:BackupInstance": [
        {
            hands: "recovery points, and snapshots beside them",
            by: "the vault that keeps them, and their tag `CreatedBy`",
        },
    ],
    "azure-native:recoveryservices:ProtectedItem": [
        {
            hands: "recovery points",
            by: "the vault that keeps them, and for a week the group `AzureBackupRG_<region>_1`",
        },
    ],
};

/**
 * What AWS makes for a resource in its own name. Its interfaces take no tags of ours when they are made, and may not
 * be changed or deleted by us: they go with the resource that asked for them.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html Control plane: `Amazon EKS <cluster>`
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html Tag of what is restored on trial
 */
export const foundBy: Readonly<Record<string, readonly FoundBy[]>> = {
    "aws:eks/cluster:Cluster": [
        card("Amazon EKS {name}"),
        { hands: "a security group", by: "its tag `aws:eks:cluster-name`" },
    ],
    "aws:ec2/natGateway:NatGateway": [card("Interface for NAT Gateway {id}")],
    "aws:ec2/vpcEndpoint:VpcEndpoint": [
        card("VPC Endpoint Interface {id}", { path: ["vpcEndpointType"], is: "Interface" }),
    ],
    "aws:efs/mountTarget:MountTarget": [card("EFS mount target for {fileSystemId} ({id})")],
    "aws:lb/loadBalancer:LoadBalancer": [card("ELB {arnSuffix}")],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
        {
            hands: "network interfaces",
            by: "their security group, which is the caches' own (`ElastiCache` and a node is all they say)",
        },
    ],
    "aws:rds/instance:Instance": [
        {
            hands: "network interfaces",
            by: "their security group, which is the database's own (`RDSNetworkInterface` is all they say)",
        },
    ],
    "aws:cloudwatch/logGroup:LogGroup": [inside("log streams", "log group")],
    "aws:s3/bucket:Bucket": [inside("objects", "bucket")],
    "aws:ecr/repository:Repository": [inside("images", "repository")],
    "aws:backup/restoreTestingPlan:RestoreTestingPlan": [
        {
            hands: "disks restored on trial, for an hour",
            by: "their tag `awsbackup-restore-test`, which AWS Backup writes and cleans up by",
        },
    ],
    ...ofAzure,
    "kubernetes:storage.k8s.io/v1:StorageClass": [
        {
            hands: "volume objects (PersistentVolume)",
            by: "their claim (`claimRef`), whose labels say it; the disk behind has tags",
        },
    ],
};
