import type { CommcareLayer } from "../layers";
import type { PlatformName } from "../roles";

/** Who opens connections and is no service of the catalogue. */
export type Outsider =
    /** Anybody in the Internet. */
    | "public"
    /** People who look after machines: through the cloud's session service, a bastion or a VPN, never the Internet. */
    | "administrators"
    /** Each machine of the cluster. */
    | "every-machine";

export type Protocol = "tcp" | "udp";

/** A port that a service listens on for others; what only its own machine reaches is no port here. */
export interface Port<Client extends string = string> {
    readonly port: number;
    readonly protocol: Protocol;
    /** Services and outsiders that open connections to it; its own name: its machines to one another. */
    readonly from: readonly (Client | Outsider)[];
    readonly carries: string;
    /** Closed where the cluster has that service. */
    readonly unless?: Client;
}

/** When its makers stop mending it. */
export interface Support {
    /**
     * The day after which no fix is promised, as in 2027-04-30. Null where nobody announced one: then the source says
     * what is promised instead.
     */
    readonly ends: string | null;
    readonly source: string;
}

/** Where a service can stand. */
export type Home =
    /** On a machine of the cluster, by commcare-cloud's roles. */
    | "machine"
    /** As a service of the cloud. */
    | "cloud"
    /** On each machine, without being asked for. */
    | "every-machine";

/** What keeps a service's data. */
export interface Data {
    /** Directory on a machine; `/opt/data` is the data disk. */
    readonly path: string | null;
    /** What the data is, and whether it can be had again. */
    readonly what: string;
    /** Copies that leave the machine; null only where the data can be had again. */
    readonly backup: string | null;
}

/** A service as a cloud has it. */
export interface InCloud {
    /** The version that is asked of it, where it is another one. */
    readonly version?: string;
    readonly support: Support;
    /** Where the stack file may choose another: the last day of each, by its major version. */
    readonly ends?: Readonly<Record<string, string>>;
}

/** One component of a running CommCare. */
export interface Service<Client extends string = string> {
    readonly title: string;
    /** Groups of commcare-cloud's inventory that its machines are in; empty where commcare-cloud knows none. */
    readonly groups: readonly string[];
    readonly homes: readonly Home[];
    /** What commcare-cloud installs; null: released with CommCare HQ itself, or by the cloud. */
    readonly version: string | null;
    readonly ports: readonly Port<Client>[];
    /** Null: it keeps nothing. */
    readonly data: Data | null;
    readonly layer: CommcareLayer;
    readonly support: Support;
    /** Where a cloud runs it: what is asked of that cloud, and its calendar, which may go on longer than the makers'. */
    readonly inCloud?: Readonly<Partial<Record<PlatformName, InCloud>>>;
    /** The service that does its work since it left CommCare HQ. */
    readonly replacedBy?: Client;
    /** The component of the roles document that it is, by the document's own name. */
    readonly named?: string;
}
