import type { EC2Client, Filter, NetworkInterface, Volume } from "@aws-sdk/client-ec2";
import { ownerKeys } from "../../../components/model/tags";
import { inRegion } from "../doctor/aws-client";
import type { Caller } from "../doctor/check";
import { tagMap } from "../doctor/standing";
import type { Found } from "./found";
import { ownerIn } from "./found";
import type { Whereabouts } from "./whereabouts";

type Sdk = typeof import("@aws-sdk/client-ec2");

/** Loaded where it is used: no other command pays for it. */
export async function openEc2(
    { region }: Pick<Whereabouts, "region">,
    { credentials }: Pick<Caller, "credentials">,
): Promise<{ readonly sdk: Sdk; readonly client: EC2Client }> {
    const sdk = await import("@aws-sdk/client-ec2");
    return { sdk, client: new sdk.EC2Client({ ...inRegion(region), credentials }) };
}

export type Ec2 = Awaited<ReturnType<typeof openEc2>>;

const has = (key: string, value: string): Filter => ({ Name: `tag:${key}`, Values: [value] });

/** What carries the tags that we hand on. */
const ofCluster = (cluster: string): Filter[] => [
    has(ownerKeys.cluster, cluster),
    has(ownerKeys.managedBy, "steward"),
];

/** What Kubernetes' own controllers write on what they make. */
const ofKubernetes = (cluster: string): Filter => has(`kubernetes.io/cluster/${cluster}`, "owned");

/**
 * What stands in EC2 for a cluster and is not in its state. What goes with a machine, its own disk and its network
 * cards, is not named beside it.
 *
 * @throws what the SDK's client throws.
 */
export async function lookInEc2(where: Whereabouts, ec2: Ec2): Promise<Found[]> {
    const [machines, disks, snapshots, cards, groups] = await Promise.all([
        machinesOf(where, ec2),
        disksOf(where, ec2),
        snapshotsOf(where, ec2),
        interfacesOf(where, ec2),
        groupsOf(where, ec2),
    ]);
    return [...machines, ...disks, ...snapshots, ...cards, ...groups];
}

export async function machinesOf(
    { matrix, made }: Whereabouts,
    { sdk, client }: Ec2,
    more: readonly Filter[] = [],
): Promise<Found[]> {
    const alive = ["pending", "running", "stopping", "stopped"];
    const Filters = [
        ...ofCluster(matrix.cluster),
        ...more,
        { Name: "instance-state-name", Values: alive },
    ];
    const found: Found[] = [];
    for await (const { Reservations = [] } of sdk.paginateDescribeInstances(
        { client },
        { Filters },
    )) {
        for (const { InstanceId = "", InstanceType = "", Tags } of Reservations.flatMap(
            ({ Instances = [] }) => Instances,
        )) {
            if (made.has(InstanceId)) continue;
            const owner = ownerIn(tagMap(Tags), matrix);
            const why = `${InstanceType}, with its node group`;
            found.push({ kind: "machine", id: InstanceId, owner, fate: "goes", why, drains: true });
        }
    }
    return found;
}

async function disksOf({ matrix, made }: Whereabouts, { sdk, client }: Ec2): Promise<Found[]> {
    const volumes = new Map<string, Volume>();
    for (const Filters of [ofCluster(matrix.cluster), [ofKubernetes(matrix.cluster)]]) {
        for await (const { Volumes = [] } of sdk.paginateDescribeVolumes({ client }, { Filters })) {
            for (const each of Volumes) volumes.set(each.VolumeId ?? "", each);
        }
    }
    return [...volumes]
        .filter(([id, each]) => !made.has(id) && !goesWithMachine(each))
        .map(([id, { Size, Tags }]): Found => {
            const tags = tagMap(Tags);
            const owner = ownerIn(tags, matrix);
            const [space, claim] = ["namespace", "name"].map(
                (part) => tags[`kubernetes.io/created-for/pvc/${part}`],
            );
            const of = claim === undefined ? "" : ` of the claim ${space ?? ""}/${claim}`;
            const why = `${String(Size ?? 0)} GiB${of}`;
            return { kind: "disk", id, owner, fate: "stays", why, drains: owner !== null };
        });
}

const goesWithMachine = ({ Attachments = [] }: Volume): boolean =>
    Attachments.length > 0 && Attachments.every((each) => each.DeleteOnTermination === true);

async function snapshotsOf({ matrix, made }: Whereabouts, { sdk, client }: Ec2): Promise<Found[]> {
    const found: Found[] = [];
    const pages = sdk.paginateDescribeSnapshots(
        { client },
        { OwnerIds: ["self"], Filters: ofCluster(matrix.cluster) },
    );
    for await (const { Snapshots = [] } of pages) {
        for (const { SnapshotId = "", VolumeId = "", Tags } of Snapshots) {
            if (made.has(SnapshotId)) continue;
            const tags = tagMap(Tags);
            const copied = Object.keys(tags).some((key) => key.startsWith("aws:backup:"));
            const why = `copy of ${VolumeId}${copied ? ", until its time in the vault is over" : ""}`;
            const owner = ownerIn(tags, matrix);
            found.push({
                kind: "snapshot",
                id: SnapshotId,
                owner,
                fate: "stays",
                why,
                drains: false,
            });
        }
    }
    return found;
}

/** Interfaces in the network of the cluster that go neither with a machine nor with what the engine made. */
async function interfacesOf(where: Whereabouts, { sdk, client }: Ec2): Promise<Found[]> {
    const { vpcIds } = where;
    if (vpcIds.length === 0) return [];
    const Filters = [{ Name: "vpc-id", Values: [...vpcIds] }];
    const found = new Map<string, Found>();
    for await (const { NetworkInterfaces = [] } of sdk.paginateDescribeNetworkInterfaces(
        { client },
        { Filters },
    )) {
        for (const each of NetworkInterfaces.map((card) => judgeInterface(card, where))) {
            if (each !== undefined) found.set(`${each.kind} ${each.id}`, each);
        }
    }
    return [...found.values()];
}

function judgeInterface(
    {
        NetworkInterfaceId: id = "",
        Description = "",
        Status,
        Attachment,
        Groups,
        TagSet,
    }: NetworkInterface,
    { matrix, made, descriptions }: Whereabouts,
): Found | undefined {
    if (Attachment?.InstanceId !== undefined || made.has(id) || descriptions.has(Description)) {
        return undefined;
    }
    const ofOurs = (Groups ?? []).some(({ GroupId = "" }) => made.has(GroupId));
    if (/^(RDSNetworkInterface$|ElastiCache\b)/.test(Description) && ofOurs) return undefined;
    const balancer = /^ELB (.+)$/.exec(Description)?.[1];
    if (balancer !== undefined) {
        const why = "its interfaces hold subnets and security groups";
        return {
            kind: "load balancer",
            id: balancer,
            owner: null,
            fate: "blocks",
            why,
            drains: false,
        };
    }
    const tags = tagMap(TagSet);
    const owner = ownerIn(tags, matrix);
    const leftBehind =
        Status === "available" &&
        (owner !== null || tags["cluster.k8s.amazonaws.com/name"] === matrix.cluster);
    const why = leftBehind
        ? "left behind by a machine, and holds its subnet"
        : `${Description === "" ? "somebody's" : Description}, and holds its subnet`;
    return { kind: "network interface", id, owner, fate: "blocks", why, drains: leftBehind };
}

/** Security groups that Kubernetes made for its load balancers; the one that EKS made goes with the cluster. */
async function groupsOf({ matrix, made, vpcIds }: Whereabouts, { sdk, client }: Ec2) {
    if (vpcIds.length === 0) return [];
    const Filters = [{ Name: "vpc-id", Values: [...vpcIds] }, ofKubernetes(matrix.cluster)];
    const found: Found[] = [];
    for await (const { SecurityGroups = [] } of sdk.paginateDescribeSecurityGroups(
        { client },
        { Filters },
    )) {
        for (const { GroupId = "", GroupName = "", Tags } of SecurityGroups) {
            if (made.has(GroupId) || GroupName.startsWith(`eks-cluster-sg-${matrix.cluster}-`))
                continue;
            const owner = ownerIn(tagMap(Tags), matrix);
            const why = `${GroupName}, and holds the network`;
            const kind = "security group";
            found.push({ kind, id: GroupId, owner, fate: "blocks", why, drains: true });
        }
    }
    return found;
}
