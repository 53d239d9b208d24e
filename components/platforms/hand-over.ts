import { dataNames, internalName } from "../model/commcare/internal-names";
import type { CommcareClusterSpec } from "../model/spec";

/** Where everything of a cluster is reached: what `up` prints, or names before it. */
export interface Addresses {
    /** Private IPv4 address or name of each machine, by its name. */
    readonly machines: Readonly<Record<string, string>>;
    /** Of each database of the cloud and each balancer, by name. */
    readonly endpoints: Readonly<Record<string, string>>;
    readonly redis: string;
    readonly redisBroker: string;
    readonly sharedDirectory: string;
    /** Bucket for attachments, and for snapshots of the search index, where the cloud speaks S3. */
    readonly blobBucket?: string | undefined;
    readonly searchBucket?: string | undefined;
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
    /** What the zones of the plan are called, in its order. */
    readonly zones: readonly string[];
    /** Where the shared directory begins, of a service of the cloud, and how it is mounted. */
    readonly shared: { readonly path: string; readonly options: string };
    /** Variables of public.yml that only this platform has, or says otherwise. */
    readonly variables: Readonly<Record<string, unknown>>;
    /** Secrets that the platform made, by the variable they are asked for in: where each is read. */
    readonly secrets: Readonly<Record<string, string>>;
}

/** What a platform says to commcare-cloud: pure, and known before anything stands. */
export interface HandOver {
    readonly hosts: HostSettings;
    /** The names that records of the private zone will have. */
    readonly addresses: Addresses;
}

/** Names inside the cluster that are the same on every platform. */
export function insideNames({ name, workload }: CommcareClusterSpec) {
    const { machines, postgresql, balancers } = workload.plan;
    const named = (names: readonly { readonly name: string }[]) =>
        Object.fromEntries(names.map((each) => [each.name, internalName(name, each.name)]));
    const holder = (slug: "redis" | "redis-broker" | "shared-directory", usual: string) =>
        internalName(name, machines.find(({ services }) => services.includes(slug))?.name ?? usual);
    return {
        machines: named(machines),
        endpoints: named([...postgresql, ...balancers]),
        redis: holder("redis", dataNames.redis),
        redisBroker: holder("redis-broker", dataNames.redisBroker),
        sharedDirectory: holder("shared-directory", dataNames.sharedDirectory),
    };
}
