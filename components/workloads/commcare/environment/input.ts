import type { CommcareClusterSpec } from "../../../model/spec";
import { bucketName } from "../../../model/commcare/bucket-names";
import { controlPlaces } from "../../../model/commcare/control-machine";
import { dataNames, internalName } from "../../../model/commcare/internal-names";

/** Where everything of a cluster is reached: what `up` prints, or names before it. */
export interface Addresses {
    /** Private IPv4 address or name of each machine, by its name. */
    readonly machines: Readonly<Record<string, string>>;
    /** Of each database of the cloud and each balancer, by name. */
    readonly endpoints: Readonly<Record<string, string>>;
    readonly redis: string;
    readonly redisBroker: string;
    readonly sharedDirectory: string;
    /** Bucket for attachments, and for snapshots of the search index. */
    readonly blobBucket: string;
    readonly searchBucket: string;
    /** Range of the network, whose load balancers the proxies trust. */
    readonly cidr: string;
}

/** What a platform's machines look like to Ansible. */
export interface HostSettings {
    /** The account that machines are born with. */
    readonly rootUser: string;
    /** The private key for it, on the control machine. */
    readonly rootKey: string;
    readonly privateInterface: string;
    readonly dataDevice: string;
    /** What encrypts disks: anything but ecryptfs, which locks data away at each restart. */
    readonly encryption: string;
}

/** Machines of EC2: Nitro names the card ens5, and the second disk /dev/sdf is found by commcare-cloud's own rule. */
export const awsHosts: HostSettings = {
    rootUser: "ubuntu",
    rootKey: `~/${controlPlaces.firstKey}`,
    privateInterface: "ens5",
    dataDevice: "/dev/sdf",
    encryption: "aws",
};

export interface EnvironmentInput {
    readonly spec: CommcareClusterSpec;
    readonly addresses: Addresses;
    readonly hosts: HostSettings;
}

/** Addresses before anything stands: the names that records of the private zone will have. */
export function plannedAddresses({ name, platform, workload }: CommcareClusterSpec): Addresses {
    const { machines, postgresql, balancers } = workload.plan;
    const named = (names: readonly { readonly name: string }[]) =>
        Object.fromEntries(names.map((each) => [each.name, internalName(name, each.name)]));
    const accountId =
        platform.kind === "aws" ? platform.aws.accountId : platform.azure.subscriptionId;
    const { network } = platform.kind === "aws" ? platform.aws : platform.azure;
    const holder = (slug: "redis" | "redis-broker" | "shared-directory", usual: string) =>
        machines.find(({ services }) => services.includes(slug))?.name ?? usual;
    return {
        machines: named(machines),
        endpoints: named([...postgresql, ...balancers]),
        redis: internalName(name, holder("redis", dataNames.redis)),
        redisBroker: internalName(name, holder("redis-broker", dataNames.redisBroker)),
        sharedDirectory: internalName(name, holder("shared-directory", dataNames.sharedDirectory)),
        blobBucket: bucketName(name, "blobs", accountId),
        searchBucket: bucketName(name, "search", accountId),
        cidr: network.cidr,
    };
}
