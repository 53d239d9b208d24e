import { dataNames, internalName } from "../model/commcare/internal-names";
import type { AnyCommcareSpec } from "../model/spec";

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
    /** Range of the network, where load balancers stand in it: the proxies trust them. */
    readonly cidr?: string | undefined;
}

/** Variables of a machine's line in the inventory. */
export type MachineVariables = Readonly<Record<string, string | number>>;

/** What a platform's machines look like to Ansible. */
export interface HostSettings {
    /** The account that Ansible comes in as before it has one of its own. */
    readonly rootUser: string;
    /** The private key for it, on the control machine. */
    readonly rootKey: string;
    /** The card of the private network, where commcare-cloud's own firewall is to trust it. */
    readonly privateInterface?: string;
    /** Where commcare-cloud finds the disk for data; without it something else has mounted one. */
    readonly dataDevice?: string;
    /** What encrypts disks: anything but ecryptfs, which locks data away at each restart. */
    readonly encryption: string;
    /** What the zones of the plan are called, in its order. */
    readonly zones: readonly string[];
    /** What single machines have besides, by name. */
    readonly ofMachine?: Readonly<Record<string, MachineVariables>>;
    /** Lines of known_hosts for every machine, where their keys are known before anything stands. */
    readonly knownHosts?: readonly string[];
    /** What proxy.yml says of the site's certificate. */
    readonly certificate: Readonly<Record<string, unknown>>;
    /** Where the shared directory begins, of a service of the cloud, and how it is mounted. */
    readonly shared?: { readonly path: string; readonly options: string };
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

/** The world's certificate is the load balancer's; behind it nginx shows one of its own making. */
export const behindBalancer = { fake_ssl_cert: true } as const;

/** Names inside the cluster that are the same on every cloud. */
export function insideNames({ name, workload }: AnyCommcareSpec) {
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
